"""The product's settings; only the limits per address are lifted: all load comes from one."""

from motcua.project.settings import *  # noqa: F403

TRUSTED_PROXIES = 1  # so that a load may come from many addresses (`web.get`)
# The limiter runs, and never says no: what it costs is measured.
RATE_LIMITS = dict.fromkeys(("address", "account", "writing"), (10**9, 10**9))
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
