"""Dated rules that plans of the time were held to: what each asks, and how a plan stands to it."""
