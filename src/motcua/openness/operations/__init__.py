"""Writes of openness."""
