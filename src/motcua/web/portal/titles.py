"""What the pack calls the papers that are issued."""

from functools import lru_cache

from motcua.kernel.packs import pack_root, read_yaml
from motcua.web.shell.sentences import pick


def paper_title(form: str) -> str:
    """A slip by its number ("01") or a paper by its template."""
    titles = _titles(str(pack_root()))
    return pick(titles.get(f"slip-{form}", titles.get(form, {}))) or form


@lru_cache(maxsize=4)
def _titles(root: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = read_yaml(pack_root() / "papers" / "papers.yaml")[0]
    return found if root else {}
