"""Reads of the registers: only with a purpose, and never without an act."""
