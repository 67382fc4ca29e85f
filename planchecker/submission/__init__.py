"""Submission templates: Word forms to write a plan in, whose answers planchecker reads back exactly."""
