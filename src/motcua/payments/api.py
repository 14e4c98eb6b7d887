"""The door of payments."""

__all__: list[str] = []
