"""Pure decisions of the registers: no Django, no clock, no random."""
