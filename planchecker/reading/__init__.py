"""Reading: a file in, a `Plan` out. The only part of planchecker that knows file formats."""

from planchecker.reading.reader import read

__all__ = ["read"]
