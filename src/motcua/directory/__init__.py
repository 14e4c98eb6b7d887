"""The state: areas, bodies, units, posts, calendars and competence, each with its dates."""
