"""Where django-allauth meets our accounts: sign-up, lockout and the acts of sign-in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.acts.api import record
from motcua.identity import lockout, operations, queries
from motcua.identity.models import Account
from motcua.kernel.actors import GUEST


def display_name(account: Account) -> str:
    return account.full_name


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")


def _speak(response: HttpResponse, language: str) -> None:
    """The account's language, for a visitor who chose none."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_taken": _("This user name is already in use. Choose another one."),
        "username_password_mismatch": _("The name or the password is not correct."),
        "email_password_mismatch": _("The name or the password is not correct."),
        "too_many_login_attempts": _(
            "Too many wrong attempts. Wait a quarter of an hour, or reset your password."
        ),
    }

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        """A new citizen: level 1, everything declared."""
        data = form.cleaned_data
        user.full_name = data["full_name"]
        user.personal_number = data["personal_number"]
        user.phone = data["phone"]
        user.language = get_language() or settings.LANGUAGE_CODE
        user.level = 1
        with transaction.atomic():
            super().save_user(request, user, form, commit=False)
            operations.named(user)
            if commit:
                user.save()
                record(
                    queries.actor_of(user),
                    "account.created",
                    object=("account", user.id),
                    subjects=(user.id,),
                    detail={"level": 1},
                )
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        if lockout.is_closed(_typed(credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, _request: HttpRequest, **credentials: Any) -> None:
        typed = _typed(credentials)
        with transaction.atomic():
            lockout.count_failure(typed)
            if found := lockout.account_named(typed):
                record(GUEST, "account.sign-in-failed", object=("account", found.id))

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            lockout.forget(user.id)
            record(queries.actor_of(user), "account.signed-in", object=("account", user.id))
        self._take_post(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            _speak(response, user.language)
        return response

    def _take_post(self, request: HttpRequest, user: Account) -> None:
        """An officer with one post begins in it; with several, in the oldest one."""
        request.session.pop("on_behalf_of", None)
        if posts := queries.current_posts(user.id):
            request.session["post"] = str(posts[0].id)
        else:
            request.session.pop("post", None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/desk/" if request.session.get("post") else "/my/"

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Account):
            record(
                queries.actor_of(request.user),
                "account.signed-out",
                object=("account", request.user.id),
            )
        super().logout(request)


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are kept encrypted with a key derived from the signing key."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": user.full_name}


def _cipher() -> Any:
    import base64

    from cryptography.fernet import Fernet

    key = salted_hmac("identity.mfa", "secrets", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
