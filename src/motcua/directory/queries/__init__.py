"""Reads of the directory; most of them from memory."""
