"""Proof that the tables agree with one another: see `invariants` (SQL) and `samples` (engine)."""
