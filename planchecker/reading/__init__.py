"""Reading: a file in, a `Plan` out. The only part of planchecker that knows file formats."""

from planchecker.reading.reader import file_bytes, read, read_bytes

__all__ = ["file_bytes", "read", "read_bytes"]
