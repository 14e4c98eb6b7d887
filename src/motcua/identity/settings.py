"""What the project must set for sign-in to work; `project.settings` imports all of it.

Django checks passwords; django-allauth carries the pages, the passkeys and the limits by address;
the lockout by name is ours (`lockout.py`), so that all processes count together.
"""

import os

AUTH_USER_MODEL = "identity.Account"
IDENTITY_APPS = ["allauth", "allauth.account", "allauth.mfa", "django.contrib.humanize"]
IDENTITY_MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
AUTHENTICATION_BACKENDS = ["motcua.identity.backends.Backend"]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _VALIDATION + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "personal_number", "email")},
    },
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "motcua.identity.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "motcua.identity.forms.SignInForm",
    "signup": "motcua.identity.forms.SignUpForm",
    "change_password": "motcua.identity.forms.NewPasswordForm",
    "set_password": "motcua.identity.forms.FirstPasswordForm",
    "reset_password": "motcua.identity.forms.ForgottenPasswordForm",
    "reset_password_from_key": "motcua.identity.forms.ResetByLinkForm",
}
ACCOUNT_USERNAME_MIN_LENGTH = 4
ACCOUNT_USERNAME_VALIDATORS = "motcua.identity.forms.USERNAME_VALIDATORS"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = os.environ.get("MOTCUA_EMAIL_VERIFICATION", "optional")
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[MotCua] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser: computers are shared
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_USER_DISPLAY = "motcua.identity.adapters.display_name"
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "30/m/ip",
    "login_failed": "30/m/ip",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}

MFA_ADAPTER = "motcua.identity.adapters.MfaAdapter"
MFA_FORMS = {"add_webauthn": "motcua.identity.forms.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "MotCua"
MFA_TOTP_TOLERANCE = 1
# Passkeys need https, except on localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not os.environ.get(
    "MOTCUA_ORIGIN", "http://localhost:8000"
).startswith("https:")

SMS_CHANNEL = "motcua.identity.channels.FileSms"  # where text messages go; a file in the demo
LOCKOUT_FAILURES = 5
LOCKOUT_MINUTES = 15
