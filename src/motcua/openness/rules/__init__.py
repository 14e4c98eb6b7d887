"""Pure decisions of openness: no Django, no clock."""
