"""Every example of every service of the country runs through the real engine."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motcua.catalogue import api as catalogue
from motcua.kernel.packs import pack_root
from tests.documents.samples import text_of


def test_every_example_comes_out_as_it_says() -> None:
    out = StringIO()
    call_command("pack", "test", stdout=out)
    assert " 0 failed" in out.getvalue()


def test_a_wrong_expectation_fails_the_command(tmp_path: Path) -> None:
    copy = shutil.copytree(pack_root(), tmp_path / "pack")
    path = next(copy.rglob("former-id-confirmation.yaml"))
    path.write_text(path.read_text().replace("due: 2026-03-03 17:00", "due: 2026-03-04 17:00"))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pack", "--pack", str(copy), "test", "former-id-confirmation", stdout=out)
    assert "expected 2026-03-04 17:00, came 2026-03-03 17:00" in out.getvalue()


def test_an_unknown_action_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    copy = shutil.copytree(pack_root(), tmp_path / "pack")
    path = next(copy.rglob("former-id-confirmation.yaml"))
    path.write_text(path.read_text().replace("do: propose}", "do: suggest}"))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pack", "--pack", str(copy), "test", "former-id-confirmation", stdout=out)
    assert "`do` may be: accept, " in out.getvalue()


def test_a_refused_step_says_why_in_a_sentence(tmp_path: Path) -> None:
    copy = shutil.copytree(pack_root(), tmp_path / "pack")
    path = next(copy.rglob("marital-status-certificate.yaml"))
    path.write_text(path.read_text().replace(", within: 1 working day}", "}"))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pack", "--pack", str(copy), "test", "marital-status-certificate", stdout=out)
    assert "Say by when the opinion is needed." in out.getvalue()


def test_the_paper_of_an_example_can_be_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    service = "marital-status-certificate"
    call_command("pack", "paper", service, "--example", "5", "--out", str(file), stdout=StringIO())
    text = text_of(file.read_bytes())
    assert "Vũ Minh Quân" in text
    assert "Phường Ngọc Hà, Thành phố Hà Nội" in text
    assert "Claire Martin" in text
    assert "BẢN NHÁP" in text


def test_the_paper_of_every_service_can_be_drawn(tmp_path: Path) -> None:
    issuing = [p for _, p in catalogue.Pack(pack_root()).compiled() if p.pays is None]
    for procedure in issuing:
        file = tmp_path / f"{procedure.service}.pdf"
        call_command("pack", "paper", procedure.service, "--out", str(file), stdout=StringIO())
        assert file.read_bytes().startswith(b"%PDF")


def test_a_paper_needs_an_example_that_exists() -> None:
    with pytest.raises(CommandError, match="examples 1 to 6"):
        call_command("pack", "paper", "marital-status-certificate", "--example", "8")


def test_a_service_that_only_pays_has_no_paper() -> None:
    with pytest.raises(CommandError, match="a receipt is all"):
        call_command("pack", "paper", "road-fine-payment")


def test_the_papers_of_tables_print_rows_and_sums(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    call_command("pack", "paper", "customs-declaration", "--out", str(file), stdout=StringIO())
    text = text_of(file.read_bytes())
    assert "61091010" in text
    assert "34.590.505" in text  # duty and value added tax together


def test_an_unknown_service_has_no_diagram() -> None:
    with pytest.raises(CommandError, match="does not exist"):
        call_command("pack", "diagram", "teleportation")
