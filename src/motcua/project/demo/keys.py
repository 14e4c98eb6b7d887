"""Software that the demo connects, so that the examples of the API run at once.

The secrets are shown once in real life; the demo keeps them in a file of its state that only its
owner reads.
"""

from pathlib import Path

from django.conf import settings

from motcua.identity import api as identity
from motcua.kernel.actors import Actor

OWNERS = {"lan": "Sổ tay của Lan", "chair": "Phần mềm của phường Ba Đình"}
LENT = "registrar"  # the chair's software works at this officer's post


def make_keys() -> int:
    """A key of lan and one of the ward; how many."""
    lines = []
    for username, name in OWNERS.items():
        actor = _actor(username)
        post_id = _actor(LENT).post_id if actor.kind == "officer" else None
        made = identity.create_application(actor, name=name, post_id=post_id)
        issued = identity.issue_key(actor, made.id, scopes=identity.scopes_for(made.kind))
        lines.append(f"{username:15} {issued.secret}")
    file = _file()
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n")
    return len(lines)


def hints(address: str) -> str:
    """The keys of the demo, for its welcome."""
    if not _file().exists():
        return ""
    lines = "\n".join(f"    {line}" for line in _file().read_text().splitlines())
    return (
        f"\n  Keys for the API at {address}/api/ (chair: works at the registrar's post)\n{lines}\n"
    )


def _file() -> Path:
    return Path(settings.STATE) / "demo-keys"


def _actor(username: str) -> Actor:
    account = identity.account_by_username(username)
    assert account is not None
    posts = identity.current_posts(account.id)
    return identity.actor_of(account, posts[0].id if posts else None)
