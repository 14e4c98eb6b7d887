"""Openness: who saw my data, and what one may do about it."""
