"""The door of openness: the data tracker, questions about an access, copies of one's data."""

__all__: list[str] = []
