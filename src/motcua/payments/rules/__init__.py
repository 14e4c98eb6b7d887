"""Pure decisions of payments: no Django, no clock, no random."""
