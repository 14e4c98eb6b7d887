"""Measurements, each a ratio against its limit or its peer in the same run; see README.md."""
