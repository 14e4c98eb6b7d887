"""The house keeps its shape: floors, sizes, words. There is no list of exemptions."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "motcua").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FLOORS = [
    "kernel", "acts", "directory", "identity", "registers", "exchange", "documents", "payments",
    "catalogue", "dossiers", "openness", "web", "project",
]  # fmt: skip
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "managers"}


def written(path: Path) -> bool:
    return "migrations" not in path.parts


def test_imports_keep_to_the_floors() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_foreign_keys_keep_to_the_floors() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("motcua."):
            continue
        own = FLOORS.index(model.__module__.split(".")[1])
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model.__module__.split(".")
                if target[0] == "motcua" and FLOORS.index(target[1]) > own:
                    wrong.append(f"{model.__name__}.{field.name}")
    assert not wrong


def test_another_room_is_entered_through_its_door() -> None:
    wrong = []
    for path in filter(written, SOURCES):
        room = path.relative_to(ROOT / "src" / "motcua").parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                parts = node.module.split(".")
                foreign = parts[0] == "motcua" and len(parts) > 1 and parts[1] != room
                if foreign and room != "project" and parts[1] not in ("kernel", "project", "web"):
                    # types of rules are plain data and may travel
                    inside = parts[2:3] or [alias.name for alias in node.names]
                    if not set(inside) <= {"api", "rules"}:
                        wrong.append(f"{path.relative_to(ROOT)}: {node.module}")
    assert not wrong


def test_screens_do_not_touch_the_tables() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src" / "motcua" / "web").rglob("*.py")
        if ".objects" in path.read_text() or "connection.cursor" in path.read_text()
    ]
    assert not wrong


@pytest.mark.parametrize(("files", "limit"), [(SOURCES, 500), (TESTS, 600)], ids=["src", "tests"])
def test_files_stay_small(files: list[Path], limit: int) -> None:
    long = {str(p.relative_to(ROOT)): n for p in files if written(p) and (n := lines(p)) > limit}
    assert not long


def test_packs_and_templates_stay_small() -> None:
    files = [*(ROOT / "packs").rglob("*.yaml"), *(ROOT / "src").rglob("*.html")]
    assert not {str(p.relative_to(ROOT)): n for p in files if (n := lines(p)) > 200}


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(path: Path) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]


def test_functions_stay_short() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{f.name}": size
        for path in [*filter(written, SOURCES), *TESTS]
        for f in functions(path)
        if (size := (f.end_lineno or 0) - f.lineno + 1) > 50
    }
    assert not long


def test_functions_take_few_positional_parameters() -> None:
    many = []
    for path in filter(written, SOURCES):
        for f in functions(path):
            names = [a.arg for a in [*f.args.posonlyargs, *f.args.args]]
            # Who asks comes first by custom and is not counted.
            own = [n for n in names if n not in ("self", "cls", "actor", "request", "context")]
            if len(own) > 3:
                many.append(f"{path.relative_to(ROOT)}:{f.name}{tuple(own)}")
    assert not many


def test_no_room_for_leftovers() -> None:
    assert not [p for p in SOURCES if p.stem in FORBIDDEN_NAMES or p.parent.name in FORBIDDEN_NAMES]


def test_every_room_has_a_readme() -> None:
    rooms = [ROOT / "src" / "motcua" / room for room in FLOORS]
    assert not [room.name for room in rooms if not (room / "README.md").exists()]


def test_every_table_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    ours = [m.__name__ for m in apps.get_models() if m.__module__.startswith("motcua.")]
    assert not [name for name in ours if f"**{name}**" not in glossary]
