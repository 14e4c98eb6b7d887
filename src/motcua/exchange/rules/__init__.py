"""Pure decisions of exchange: no Django, no clock, no random."""
