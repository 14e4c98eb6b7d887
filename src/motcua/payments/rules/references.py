"""How a bill is named towards gateways and banks.

A reference is the bill's code without dashes and the number of the attempt: "7K2M9QXA0B3CD4EF03".
A transfer's content is "MC" and the code: 18 letters and digits, which every bank lets through.
"""

import re

MARK = "MC"
_LETTERS = "0-9A-HJKMNP-TV-Z"
_REFERENCE = re.compile(rf"([{_LETTERS}]{{16}})([0-9]{{2,4}})")
_WINDOW = re.compile(rf"(?=([{_LETTERS}]{{16}}))")
MOST_WINDOWS = 200


def reference_of(code: str, nth: int) -> str:
    """What a gateway calls the attempt `nth` on the bill `code`."""
    return f"{code.replace('-', '')}{nth:02d}"


def read_reference(reference: str) -> tuple[str, int] | None:
    """(code, nth), or None when it is not one of ours."""
    found = _REFERENCE.fullmatch(reference)
    return (dashed(found[1]), int(found[2])) if found else None


def content_of(code: str) -> str:
    """What a bank transfer says to pay the bill `code`."""
    return MARK + code.replace("-", "")


def codes_in(content: str) -> tuple[str, ...]:
    """The bill codes that a transfer's content may name, the marked one first."""
    squeezed = re.sub(r"[^0-9A-Z]", "", content.upper())
    windows = [(found.start(), found[1]) for found in _WINDOW.finditer(squeezed)][:MOST_WINDOWS]
    marked = [code for at, code in windows if squeezed[:at].endswith(MARK)]
    others = [code for at, code in windows if not squeezed[:at].endswith(MARK)]
    return tuple(dict.fromkeys(dashed(code) for code in [*marked, *others]))


def dashed(letters: str) -> str:
    """ "7K2M9QXA0B3CD4EF" -> "7K2M-9QXA-0B3C-D4EF"."""
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
