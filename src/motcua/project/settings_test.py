"""Settings of the tests: the same product, a PostgreSQL that need not survive a power cut."""

import os
import tempfile
from base64 import b64encode
from pathlib import Path

os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-tests")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and the live server

from motcua.project.settings import *  # noqa: F403
from motcua.project.settings import DATABASES, ROOT, STORAGES, TEMPLATES, _database

if "DATABASE_URL" not in os.environ:
    from motcua.project.postgres import Cluster

    TEST_CLUSTER = Cluster(ROOT / ".state" / "test-postgres", durable=False)
    DATABASES["default"] = _database(TEST_CLUSTER.url.format(name="motcua"))
    DATABASES["default"]["CONN_MAX_AGE"] = 0

TESTING = True
STATE = Path(tempfile.mkdtemp(prefix="motcua-test-"))
MOTCUA_FILES = STATE / "files"
MOTCUA_KEYS = ROOT / ".state" / "test-keys"
MOTCUA_DATA_KEYS = "tests:" + b64encode(b"only-for-tests, thirty-two bytes").decode()
MOTCUA_SMS_FILE = STATE / "sms.log"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MOTCUA_WEBHOOK_NETWORKS = ["127.0.0.0/8", "::1/128"]
MOTCUA_GATEWAYS = ["motcua.payments.gateways.sandbox.Sandbox"]
MOTCUA_GATEWAY_SECRET = "only-for-tests"  # noqa: S105
STORAGES["default"]["OPTIONS"] = {"location": MOTCUA_FILES}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
RATE_LIMITS_ON = False  # the tests of the limits switch them on


class _Undefined(str):
    """An undefined template variable fails the test instead of printing nothing."""

    __slots__ = ()

    def __contains__(self, _key: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise NameError(f"undefined template variable: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")
ACCOUNT_RATE_LIMITS = False
