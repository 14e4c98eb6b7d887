"""Settings of the processes that a test starts and kills: the tests' own, with shared state."""

import os
from pathlib import Path

from motcua.project.settings_test import *  # noqa: F403

STATE = Path(os.environ["MOTCUA_STATE"])
MOTCUA_FILES = STATE / "files"
MOTCUA_KEYS = Path(os.environ["MOTCUA_KEYS"])
MOTCUA_SMS_FILE = STATE / "sms.log"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = STATE / "mail"
