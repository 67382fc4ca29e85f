"""A grammar of the field's figures: quantities and times, each with its place and what it is about."""
