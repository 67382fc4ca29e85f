"""Judging: candidates in, a verdict with reasons and gaps out."""
