"""Many plans at once: what was handed in, checked under limits, kept, and laid out as a decision pack."""
