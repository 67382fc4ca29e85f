"""Evaluation: verdicts against gold plans, beside controls."""
