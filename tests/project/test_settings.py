"""What operators read is complete."""

import re
from pathlib import Path

from django.core.management import get_commands

from motcua.project.management.commands.refusals import page

ROOT = Path(__file__).resolve().parents[2]


def test_every_variable_is_in_the_operators_guide() -> None:
    guide = (ROOT / "docs" / "guides" / "operate.md").read_text()
    sources = [*(ROOT / "src").rglob("*.py"), ROOT / "tests" / "conftest.py"]
    names = {n for p in sources for n in re.findall(r'environ[^"\n]*"([A-Z_]+)"', p.read_text())}
    ours = {n for n in names if n.startswith("MOTCUA_") or n == "DATABASE_URL"}
    assert ours
    assert not {name for name in ours if f"`{name}`" not in guide}


def test_every_command_is_documented() -> None:
    text = "".join(p.read_text() for p in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    commands = [name for name, app in get_commands().items() if app.startswith("motcua")]
    assert commands
    said = [name.replace("_", "-") for name in commands]  # as people type them
    assert not [name for name in said if f"motcua {name}" not in text]


def test_every_refusal_code_is_documented() -> None:
    assert (ROOT / "docs" / "refusals.md").read_text() == page()
