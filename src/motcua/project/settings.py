"""Settings, from the environment; without any, a complete demo on this machine.

Every variable is described in docs/guides/operate.md, and a test holds that page complete.
"""

import os
import secrets
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from motcua.identity.settings import *  # noqa: F403 - sign-in is described where it lives
from motcua.identity.settings import IDENTITY_APPS, IDENTITY_MIDDLEWARE

ROOT = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("MOTCUA_STATE", ROOT / ".state"))
DEMO = "DATABASE_URL" not in os.environ
DEBUG = False
TESTING = False


# Set by web processes: no reader waits longer for one statement. Imports and migrations may.
STATEMENT_TIMEOUT_S = int(os.environ.get("MOTCUA_STATEMENT_TIMEOUT_S", "0"))


def _secret() -> str:
    """The signing key: from the environment, or made once for the demo."""
    if key := os.environ.get("MOTCUA_SECRET_KEY"):
        return key
    if not DEMO:
        raise SystemExit("Set MOTCUA_SECRET_KEY: with DATABASE_URL the demo's own key is not used.")
    return _made_once(STATE / "secret-key")


def _made_once(file: Path) -> str:
    """A secret of the demo, which nobody else may read."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _data_keys() -> str:
    """What sensitive fields are sealed with: "id:base64,...", the first seals. Never in a backup
    of the database; the demo's key is made once."""
    keys = os.environ.get("MOTCUA_DATA_KEYS", "")
    if keys or not DEMO:
        return keys
    file = STATE / "data-keys"  # not beside the signing keys, which a backup takes along
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(f"demo:{b64encode(secrets.token_bytes(32)).decode()}")
    return file.read_text()


def _gateway_secret() -> str:
    """What the payment gateway and we sign with; the sandbox's is made once for the demo."""
    secret = os.environ.get("MOTCUA_GATEWAY_SECRET", "")
    return secret or (_made_once(STATE / "sandbox" / "secret") if DEMO else "")


def _database(url: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/name?host=/socket/folder&sslmode=...`"""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    # Compiling a statement by key over many partitions takes longer than running it.
    patience = f" -c statement_timeout={STATEMENT_TIMEOUT_S}s" if STATEMENT_TIMEOUT_S else ""
    query.setdefault("options", f"-c jit=off{patience}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # Closing the connection after each request costs nine times the throughput.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 0, **query},
        "TEST": {"NAME": os.environ.get("MOTCUA_TEST_DB", "test_motcua")},
    }


def _demo_url() -> str:
    from motcua.project.postgres import Cluster

    return Cluster(STATE / "postgres").url.format(name="motcua")


SECRET_KEY = _secret()
DATABASES: dict[str, dict[str, Any]] = {
    "default": _database(os.environ.get("DATABASE_URL") or _demo_url())
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # only Django's own tables; ours name theirs

MOTCUA_PACK = Path(os.environ.get("MOTCUA_PACK", ROOT / "packs" / "vietnam"))
MOTCUA_FILES = Path(os.environ.get("MOTCUA_FILES", STATE / "files"))
MOTCUA_KEYS = Path(os.environ.get("MOTCUA_KEYS", STATE / "keys"))
MOTCUA_DATA_KEYS = _data_keys()
MOTCUA_ORIGIN = os.environ.get("MOTCUA_ORIGIN", "http://localhost:8000")
MOTCUA_SMS_FILE = Path(os.environ.get("MOTCUA_SMS_FILE", STATE / "sms.log"))
MOTCUA_UPLOAD_MAX_BYTES = int(os.environ.get("MOTCUA_UPLOAD_MAX_BYTES", str(10 * 1024 * 1024)))
# Networks besides the open internet that webhooks may reach; plain http on this machine alone.
_networks = os.environ.get("MOTCUA_WEBHOOK_NETWORKS", "127.0.0.0/8,::1/128" if DEMO else "")
MOTCUA_WEBHOOK_NETWORKS = [one for one in _networks.split(",") if one]
# Registers that another node keeps: its address, and the key with which we ask there.
_sources = os.environ.get("MOTCUA_SOURCE_KEYS", "")
MOTCUA_SOURCE_KEYS = dict(one.split("=", 1) for one in _sources.split(",") if "=" in one)

# The classes of the connected payment gateways, the first one offered; none, no online payment.
_sandbox = "motcua.payments.gateways.sandbox.Sandbox"
MOTCUA_GATEWAYS = [
    path for path in os.environ.get("MOTCUA_GATEWAYS", _sandbox if DEMO else "").split(",") if path
]
MOTCUA_GATEWAY_URL = os.environ.get("MOTCUA_GATEWAY_URL", "http://localhost:8101")
MOTCUA_GATEWAY_SECRET = _gateway_secret()

# Looks at records of registers: how many in an hour, and how long an emergency stays open.
MOTCUA_READS_PER_HOUR = int(os.environ.get("MOTCUA_READS_PER_HOUR", "600"))
MOTCUA_READS_PER_HOUR_OF_SOFTWARE = int(
    os.environ.get("MOTCUA_READS_PER_HOUR_OF_SOFTWARE", "20000")
)
MOTCUA_EMERGENCY_MINUTES = int(os.environ.get("MOTCUA_EMERGENCY_MINUTES", "15"))
MOTCUA_EMERGENCIES_PER_DAY = int(os.environ.get("MOTCUA_EMERGENCIES_PER_DAY", "3"))

_origin = urlsplit(MOTCUA_ORIGIN)
SECURE = _origin.scheme == "https"
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
if _origin.hostname and _origin.hostname not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_origin.hostname)
CSRF_TRUSTED_ORIGINS = [MOTCUA_ORIGIN]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # forms; files are counted apart
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a table of a form: 200 rows of many boxes
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
FILE_UPLOAD_TEMP_DIR = os.environ.get("MOTCUA_UPLOAD_TEMP") or None

INSTALLED_APPS = [
    "motcua.kernel",
    "motcua.acts",
    "motcua.directory",
    "motcua.identity",
    "motcua.registers",
    "motcua.exchange",
    "motcua.documents",
    "motcua.payments",
    "motcua.catalogue",
    "motcua.dossiers",
    "motcua.openness",
    "motcua.web.shell",
    "motcua.web.public",
    "motcua.web.paying",
    "motcua.web.portal",
    "motcua.web.desk",
    "motcua.web.api",
    "motcua.web.doors",
    "motcua.web.tracker",
    "motcua.project",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    *IDENTITY_APPS,
]

MIDDLEWARE = [
    "motcua.web.shell.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.web.api.middleware.Machines",
    "motcua.web.doors.middleware.Doors",
    "motcua.web.shell.middleware.Guards",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.web.shell.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "motcua.web.shell.middleware.RateLimits",
    *IDENTITY_MIDDLEWARE,
    "motcua.web.shell.middleware.Refusals",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.shell.context.page",
            ],
        },
    }
]

ROOT_URLCONF = "motcua.project.urls"
WSGI_APPLICATION = "motcua.project.wsgi.application"
CSRF_FAILURE_VIEW = "motcua.web.shell.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "motcua.identity.sessions"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = "motcua.project.formats"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MOTCUA_FILES},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

EMAIL_BACKEND = os.environ.get(
    "MOTCUA_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = STATE / "mail"
EMAIL_HOST = os.environ.get("MOTCUA_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("MOTCUA_EMAIL_PORT", "25"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("MOTCUA_EMAIL_FROM", "motcua@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"motcua": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
