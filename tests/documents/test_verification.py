"""Verification: what is true of a file and what is not, and whether strangers' tools agree."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdf
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from motcua.documents import api
from motcua.documents.pdf.render import render
from motcua.documents.pdf.sign import sign
from motcua.kernel import clock, jobs
from motcua.kernel.ids import new_id
from tests.documents.samples import BODY, CLERK, WORDS, pdf

AT = datetime(2026, 2, 13, 8, tzinfo=UTC)


def sealed(**changes: Any) -> tuple[api.PaperCard, bytes]:
    about = {"template": "blank", "data": WORDS, "body_id": BODY, "object": ("dossier", new_id())}
    paper_id = api.issue_paper(CLERK, **{**about, **changes})
    jobs.run_due()
    return api.paper(paper_id), api.open_paper(CLERK, paper_id, purpose="test").content


def holds(found: api.Verification) -> dict[str, bool]:
    return {one.code: one.holds for one in found.findings}


@pytest.mark.django_db
def test_the_issued_file_is_genuine_in_every_respect() -> None:
    card, content = sealed(series="XN")
    found = api.verify(content)
    assert found.verdict == "genuine"
    assert set(holds(found)) == {
        "known", "signed", "intact", "whole", "trusted", "issuer", "current",
    }  # fmt: skip
    assert all(holds(found).values())
    assert found.paper is not None
    assert found.paper.number == card.number
    assert found.signature is not None
    assert found.signature.signer == WORDS["body"]
    assert found.signature.body_id == BODY


@pytest.mark.django_db
def test_the_signature_bears_the_time_of_the_administration() -> None:
    with clock.at(AT):
        _, content = sealed()
    signature = api.verify(content).signature
    assert signature is not None
    assert signature.signed_at == AT


@pytest.mark.django_db
def test_a_paper_issued_unsigned_is_genuine_by_the_register_alone() -> None:
    _, content = sealed(template="slip-01", sign=False)
    found = api.verify(content)
    assert found.verdict == "genuine"
    assert holds(found) == {"known": True, "signed": False, "current": True}


@pytest.mark.django_db
def test_a_replaced_paper_is_no_longer_in_force() -> None:
    card, content = sealed()
    sealed(replaces=card.id)
    found = api.verify(content)
    assert found.verdict == "superseded"
    assert not holds(found)["current"]
    facts = api.verify_code(card.code)
    assert facts is not None
    assert (facts.state, facts.superseded_at is not None) == ("superseded", True)


@pytest.mark.django_db
@profile(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject, genuine: tuple[Any, bytes]) -> None:
    _, content = genuine
    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != content[at]))
    found = api.verify(content[:at] + bytes([byte]) + content[at + 1 :])
    assert found.verdict in ("altered", "unreadable")
    assert not holds(found)["known"]


@pytest.fixture
def genuine(db: None) -> tuple[Any, bytes]:
    return sealed()


@pytest.mark.django_db
def test_a_paper_with_something_added_behind_is_altered() -> None:
    import io

    _, content = sealed()
    writer = pypdf.PdfWriter(io.BytesIO(content), incremental=True)
    writer.add_metadata({"/Subject": "another"})
    out = io.BytesIO()
    writer.write(out)
    found = api.verify(out.getvalue())
    assert found.verdict == "altered"
    assert found.signature is not None
    assert (found.signature.intact, found.signature.whole) == (True, False)


@pytest.mark.django_db
def test_an_unsigned_copy_that_carries_the_code_is_altered() -> None:
    card, _ = sealed()
    found = api.verify(render("blank", {**WORDS, "code": card.code}, at=AT))
    assert found.verdict == "altered"
    assert found.paper is not None
    assert found.paper.code == card.code


@pytest.mark.django_db
def test_another_body_with_a_good_certificate_is_not_registered() -> None:
    content, _ = sign(pdf(), body_id=new_id(), body_name="Sở Y tế", at=AT)
    found = api.verify(content)
    assert found.verdict == "not-registered"
    assert holds(found)["trusted"]


@pytest.mark.django_db
def test_a_strangers_authority_is_a_stranger(settings: Any, tmp_path: Path) -> None:
    ours, settings.MOTCUA_KEYS = settings.MOTCUA_KEYS, tmp_path / "theirs"
    content, _ = sign(pdf(), body_id=BODY, body_name=WORDS["body"], at=AT)
    settings.MOTCUA_KEYS = ours
    found = api.verify(content)
    assert found.verdict == "stranger"
    assert found.signature is not None
    assert (found.signature.intact, found.signature.trusted) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (b"", "unreadable"),
        (b"MZ", "unreadable"),
        (b"%PDF-1.7\n", "unreadable"),
        (pdf(), "unsigned"),
    ],
)
def test_other_files(content: bytes, verdict: str) -> None:
    assert api.verify(content).verdict == verdict


@pytest.mark.django_db
@profile(max_examples=50, deadline=None)
@given(st.binary(max_size=2000))
def test_no_upload_breaks_the_verification(content: bytes) -> None:
    assert api.verify(b"%PDF-1.7\n" + content).verdict in ("unreadable", "unsigned")


@pytest.mark.django_db
def test_the_public_facts_of_a_code_hold_no_personal_data() -> None:
    card, _ = sealed(template="birth-certificate", series="GKS")
    facts = api.verify_code(card.code)
    assert facts is not None
    assert facts.title["fr"] == "Acte de naissance"
    assert facts.body == WORDS["body"]
    said = str(facts)
    assert "Nguyễn" not in said
    assert "H26" not in said
    assert api.verify_code("0000-0000-0000-0000") is None


@pytest.mark.django_db
def test_pdfsig_accepts_the_signature_and_refuses_changed_bytes(tmp_path: Path) -> None:
    _tool("pdfsig")
    _, content = sealed()
    report = _pdfsig(tmp_path, content)
    assert "Signature is Valid." in report
    assert "Total document signed" in report
    assert "ETSI.CAdES.detached" in report
    at = content.index(b"/Producer") if b"/Producer" in content else 1000
    changed = content[: at + 2] + b"X" + content[at + 3 :]
    assert "Signature is Valid." not in _pdfsig(tmp_path, changed)


@pytest.mark.django_db
def test_pdfsig_trusts_the_certificate_once_it_knows_the_authority(tmp_path: Path) -> None:
    _tool("pdfsig")
    _tool("certutil")
    _, content = sealed()
    assert "Certificate is Trusted." not in _pdfsig(tmp_path, content)
    store = tmp_path / "nss"
    store.mkdir()
    root = tmp_path / "authority.crt"
    root.write_bytes(api.authority_certificate())
    database = ["-d", f"sql:{store}"]
    _run("certutil", "-N", *database, "--empty-password")
    _run("certutil", "-A", *database, "-n", "root", "-t", "CT,C,C", "-i", str(root))
    assert "Certificate is Trusted." in _pdfsig(tmp_path, content, "-nssdir", f"sql:{store}")


def test_keys_are_private_and_one_certificate_serves_a_body(settings: Any, tmp_path: Path) -> None:
    settings.MOTCUA_KEYS = tmp_path / "keys"
    body: UUID = new_id()
    serials = {sign(pdf(), body_id=body, body_name="Ủy ban", at=AT)[1] for _ in range(2)}
    assert len(serials) == 1
    files = [path for path in settings.MOTCUA_KEYS.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)


def _tool(name: str) -> None:
    if shutil.which(name) is None:
        missing = f"{name} is not installed (poppler-utils, libnss3-tools)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)


def _pdfsig(folder: Path, content: bytes, *more: str) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(content)
    return _run("pdfsig", *more, str(file))


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr
