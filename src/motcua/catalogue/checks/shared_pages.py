"""MC004: shared pages are used by some service."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC004"
TITLE = "A shared page is used by nobody"


def check(pack: Pack) -> Iterator[Finding]:
    used = {
        page.get("use")
        for file in pack.services
        for page in _pages(file.data)
        if isinstance(page, dict)
    }
    for name in pack.shared.pages:
        if name not in used:
            message = "no service uses this page."
            fix = "Use it in a service, or delete the file."
            yield Finding(
                rule=RULE, file=f"{name}.yaml", line=1, message=message, fix=fix, level="warning"
            )


def _pages(data: object) -> list[object]:
    form = data.get("form") if isinstance(data, dict) else None
    return form if isinstance(form, list) else []
