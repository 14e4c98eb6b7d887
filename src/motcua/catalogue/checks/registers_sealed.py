"""MC082: what the law calls sensitive is encrypted at rest (Law 91/2025/QH15).

The words are those of titles: health, religion, opinions, sexual life, genes, bodily features,
crimes. Whoever knows that a field is not sensitive renames it, or seals it all the same.
"""

import re
from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.texts import fold

RULE = "MC082"
TITLE = "A sensitive field is not sealed"
_SENSITIVE = re.compile(
    r"\b(ton giao|tin nguong|suc khoe|benh an|benh tat|ten benh|chan doan|nguyen nhan"
    r"|sinh trac|van tay|khuon mat|mong mat|gen"
    r"|chinh kien|quan diem chinh tri|tinh duc|gioi tinh thu ba|tien an|toi pham|hiv)\b"
)


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.register_files:
        for kind in file.register.facts if file.register else ():
            for field in kind.fields:
                title = fold(field.title.get("vi", ""))
                if field.sealed or not _SENSITIVE.search(title):
                    continue
                place = ("facts", kind.fact, "fields", field.field)
                message = f'"{field.title["vi"]}" reads like sensitive personal data.'
                fix = "Add `sealed: true`."
                yield file.finding(RULE, place, message, fix=fix, level="warning")
