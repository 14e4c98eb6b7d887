"""The judgement of a verification in words: what is true of the file, and what is not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.documents.cards import Finding, Verification

_VERDICTS = {
    "genuine": _("This is the original file, as it was issued. It has not been changed."),
    "superseded": _(
        "This is the original file, but it is no longer in force: a later paper replaces it."
    ),
    "doubtful": _(
        "This is the file that was issued, but its signature no longer holds. Ask the body that "
        "issued it."
    ),
    "altered": _(
        "This file was changed after it was signed, or it is a copy made in another way. "
        "Do not rely on it."
    ),
    "not-registered": _(
        "The signature is good, but the register does not know this file. Ask the body that "
        "signed it."
    ),
    "stranger": _("This file was signed by somebody whom our authority does not know."),
    "unsigned": _("This file has no electronic signature, and the register does not know it."),
    "unreadable": _("This file cannot be checked: it is not a PDF, or it is damaged."),
}
_FINDINGS = {
    ("known", True): _("The register has exactly this file, byte for byte."),
    ("known", False): _("The register does not have exactly this file."),
    ("signed", True): _("The file carries an electronic signature."),
    ("signed", False): _("The file carries no electronic signature."),
    ("intact", True): _("Nothing that was signed has been changed."),
    ("intact", False): _("Something was changed after the signature."),
    ("whole", True): _("The signature covers the whole file."),
    ("whole", False): _("Something was added to the file after the signature, or left out of it."),
    ("trusted", True): _("The certificate of the signature comes from our authority."),
    ("trusted", False): _("The certificate of the signature does not come from our authority."),
    ("issuer", True): _("The body that signed the file is the body that issued the paper."),
    ("issuer", False): _("The body that signed the file is not the body that issued the paper."),
    ("current", True): _("No later paper replaces this one."),
    ("current", False): _("A later paper replaces this one."),
}
LIMITS = (
    _(
        "This check shows who issued the file and that it is unchanged. It does not show that the "
        "person who presents it is the person named in it."
    ),
    _(
        "The certificates come from a demonstration authority: papers of this system have no legal "
        "effect."
    ),
)
_STATES = {
    "pending": _("This paper is being signed."),
    "failed": _("This paper could not be made yet. It will be tried again."),
    "sealed": _("This paper was issued and is in force."),
    "superseded": _("This paper was issued, and a later paper replaces it."),
}


def verdict_sentence(verification: Verification) -> Any:
    """The judgement, as a lazy translation."""
    return _VERDICTS[verification.verdict]


def finding_sentence(finding: Finding) -> Any:
    """What one check found, as a lazy translation."""
    return _FINDINGS[finding.code, finding.holds]


def state_sentence(state: str) -> Any:
    """What the state of a paper means for its reader, as a lazy translation."""
    return _STATES[state]
