"""The plan against itself: one module a kind of slip, each a function from a plan to slips."""
