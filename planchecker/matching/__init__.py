"""Matching: passages and a checklist in, candidates per part out; no verdicts."""
