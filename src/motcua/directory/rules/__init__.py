"""Pure decisions of the directory: no Django, no clock, no random."""
