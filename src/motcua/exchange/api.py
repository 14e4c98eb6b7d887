"""The door of exchange: each request once."""

from motcua.exchange.operations.once import Answer, fingerprint_of, once

__all__ = ["Answer", "fingerprint_of", "once"]
