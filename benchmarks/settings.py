"""The product's settings; only the limits per address are lifted: all load comes from one."""

from motcua.project.settings import *  # noqa: F403

TRUSTED_PROXIES = 1  # so that a load may come from many addresses (`web.get`)
# The limiter runs, and never says no: what it costs is measured.
_LIFTED = ("address", "account", "writing", "api-key", "api-guest")
RATE_LIMITS = dict.fromkeys(_LIFTED, (10**9, 10**9))
MOTCUA_READS_PER_HOUR_OF_SOFTWARE = 10**9  # counted all the same
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
