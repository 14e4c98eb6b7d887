"""The forms of sign-in and sign-up: django-allauth's, with our fields and words."""

import re
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from motcua.identity.lockout import account_named
from motcua.identity.operations import PERSONAL_NUMBER
from motcua.kernel import texts

# Never twelve digits: a name must not pass for somebody else's personal number.
USERNAME_VALIDATORS = [
    RegexValidator(
        r"^[A-Za-z][A-Za-z0-9._-]*$",
        _("Begin with a letter; then only letters without accents, digits, dots and dashes."),
    )
]
_PHONE = re.compile(r"\+?[0-9]{9,15}")


class _Plain:
    """Our words for passwords, and no placeholders: labels say it."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = _(
                "At least ten characters, not only digits, and nothing that is easy to guess."
            )


class SignInForm(_Plain, LoginForm):
    """By user name, e-mail address or verified personal number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("Personal number, user name or e-mail")
        login.widget.attrs = {"autocomplete": "username webauthn", "autocapitalize": "none"}
        self.fields["password"].help_text = ""

    def user_credentials(self) -> dict[str, Any]:
        credentials: dict[str, Any] = super().user_credentials()
        login = self.cleaned_data["login"]
        if PERSONAL_NUMBER.fullmatch(login) and (found := account_named(login)):
            credentials["username"] = found.username
        return credentials


class SignUpForm(_Plain, SignupForm):
    """A citizen's account of level 1: what is written here is declared, not yet verified."""

    field_order = [
        "full_name", "username", "personal_number", "phone", "email", "password1", "password2",
    ]  # fmt: skip

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As on your identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    personal_number = forms.CharField(
        label=_("Personal number"),
        required=False,
        max_length=20,
        help_text=_("The 12 digits on your identity card. A one-stop desk verifies it later."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=25,
        help_text=_("For text messages about your applications."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("At least four letters or digits, without accents.")
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _("To recover your account and to receive news.")

    def clean_full_name(self) -> str:
        return texts.normalise(self.cleaned_data["full_name"])

    def clean_personal_number(self) -> str:
        number = re.sub(r"[\s.]", "", self.cleaned_data["personal_number"])
        if number and not PERSONAL_NUMBER.fullmatch(number):
            raise forms.ValidationError(_("A personal number has exactly 12 digits."))
        return number

    def clean_phone(self) -> str:
        phone = re.sub(r"[\s.()-]", "", self.cleaned_data["phone"])
        if phone and not _PHONE.fullmatch(phone):
            raise forms.ValidationError(_("Enter a telephone number such as 0912 345 678."))
        return phone


class NewPasswordForm(_Plain, ChangePasswordForm):
    """Changing one's password."""


class FirstPasswordForm(_Plain, SetPasswordForm):
    """Giving a password to an account that had none."""


class ForgottenPasswordForm(_Plain, ResetPasswordForm):
    """Asking for the mail with the link."""


class ResetByLinkForm(_Plain, ResetPasswordKeyForm):
    """The new password, after the link."""


class PasskeyForm(AddWebAuthnForm):
    """A new passkey signs in by itself, unless its owner wants it as a second step only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        way = self.fields["passwordless"]
        way.initial = True
        way.label = _("Sign in with this passkey alone")
        way.help_text = _("Without a password. Needs a fingerprint, a face or a PIN.")
