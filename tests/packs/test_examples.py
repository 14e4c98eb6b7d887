"""Every example of every service of the country runs through the real engine."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_every_example_comes_out_as_it_says() -> None:
    out = StringIO()
    call_command("pack", "test", stdout=out)
    assert " 0 failed" in out.getvalue()


def test_a_wrong_expectation_fails_the_command(tmp_path: Path) -> None:
    import shutil

    from motcua.kernel.packs import pack_root

    copy = shutil.copytree(pack_root(), tmp_path / "pack")
    path = next(copy.rglob("former-id-confirmation.yaml"))
    path.write_text(path.read_text().replace("due: 2026-03-03 17:00", "due: 2026-03-04 17:00"))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pack", "--pack", str(copy), "test", "former-id-confirmation", stdout=out)
    assert "expected 2026-03-04 17:00, came 2026-03-03 17:00" in out.getvalue()


def test_an_unknown_service_has_no_diagram() -> None:
    with pytest.raises(CommandError, match="does not exist"):
        call_command("pack", "diagram", "teleportation")
