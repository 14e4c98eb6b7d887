"""Uploads: what may come in, what may not, and that each refusal says what to do."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.acts.models import Act
from motcua.documents import api
from motcua.documents.pdf.inspect import check_pdf
from motcua.documents.rules.names import kept_name
from motcua.documents.rules.uploads import EXTENSIONS, Fault, check_content
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal, sentence_of
from tests.documents.samples import (
    CLERK,
    Given,
    archive,
    jpeg,
    launching,
    pdf,
    pdf_with_a_compressed_script,
    png,
    scripted,
)

GOOD = {"pdf": pdf(), "jpeg": jpeg(), "png": png()}
BAD = [
    ("nothing", b"", "empty"),
    ("a renamed programme", b"MZ\x90\x00" + b"\0" * 500, "type-not-accepted"),
    ("a renamed script", b"#!/bin/sh\nrm -rf /\n", "type-not-accepted"),
    ("a page of HTML", b"<html><script>alert(1)</script>", "type-not-accepted"),
    ("a picture with scripts", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type-not-accepted"),
    ("a ZIP bomb or a DOCX", archive(), "type-not-accepted"),
    ("text before the PDF", b"x" + pdf(), "type-not-accepted"),
    ("half a PDF", pdf()[: len(pdf()) // 2], "incomplete"),
    ("half a PNG", png()[:-20], "incomplete"),
    ("half a JPEG", jpeg()[:40], "incomplete"),
    ("a PDF with an archive behind it", pdf() + archive(), "two-files-in-one"),
    ("a PNG with an archive behind it", png() + archive(), "two-files-in-one"),
    ("a JPEG with an archive behind it", jpeg() + archive(), "two-files-in-one"),
    ("a PNG with a tail", png() + b"MZ-programme", "two-files-in-one"),
    ("a PNG that unpacks to gigabytes", png(60_000, 60_000), "picture-too-large"),
    ("a JPEG that unpacks to gigabytes", jpeg(65_000, 65_000), "picture-too-large"),
    ("a PNG of no size", png(0, 5), "damaged"),
    ("a PDF with a script", pdf(scripted), "active-content"),
    ("a PDF that starts a programme", pdf(launching), "active-content"),
    ("a PDF with a file in it", pdf(lambda w: w.add_attachment("a.exe", b"MZ")), "active-content"),
    ("a locked PDF", pdf(lambda w: w.encrypt("secret", algorithm="RC4-128")), "locked"),
    ("a PDF of nothing", b"%PDF-1.7\nstartxref\n0\n%%EOF\n", "damaged"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_is_kept_byte_for_byte(kind: str) -> None:
    card = api.store_upload(CLERK, Given(GOOD[kind], "Giấy chứng sinh.exe"), purpose="evidence")
    opened = api.open_file(CLERK, card.id, purpose="appraisal")
    assert opened.content == GOOD[kind]
    assert opened.card.name == f"Giấy chứng sinh.{EXTENSIONS[kind]}"
    assert opened.card.media_type.endswith(kind)


@pytest.mark.django_db
@pytest.mark.parametrize(("_what", "content", "code"), BAD, ids=[one[0] for one in BAD])
def test_a_bad_file_is_refused_with_advice(_what: str, content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        api.store_upload(CLERK, Given(content), purpose="evidence")
    assert caught.value.code == f"documents.{code}"
    sentence = str(sentence_of(caught.value.code).text) % caught.value.params
    assert sentence.endswith(".")
    assert not Act.objects.filter(verb="file.stored").exists()


@pytest.mark.django_db
def test_a_file_that_says_it_is_too_large_is_not_read() -> None:
    upload = Given(b"x" * 5_000, size=200 * 1024 * 1024)
    with pytest.raises(Refusal, match=r"documents\.too-large"):
        api.store_upload(CLERK, upload, purpose="evidence")
    assert upload.read == 0


@pytest.mark.django_db
def test_a_file_that_hides_its_size_is_read_up_to_the_limit_only() -> None:
    upload = Given(b"x" * 1_000_000)
    with pytest.raises(Refusal, match=r"documents\.too-large") as caught:
        api.store_upload(CLERK, upload, purpose="evidence", max_bytes=2_500)
    assert upload.read == 3
    assert caught.value.params["max_mb"] == "0.00238419"


@pytest.mark.django_db
def test_a_kind_that_this_place_does_not_accept_is_refused() -> None:
    with pytest.raises(Refusal, match="type-not-accepted"):
        api.store_upload(CLERK, Given(png()), purpose="evidence", accepts=("pdf",))


@pytest.mark.django_db
def test_storing_and_opening_are_acts() -> None:
    dossier = new_id()
    card = api.store_upload(CLERK, Given(png()), purpose="evidence", dossier_id=dossier)
    api.open_file(CLERK, card.id, purpose="appraisal", dossier_id=dossier)
    rows = Act.objects.filter(object_id=card.id).order_by("id")
    assert [(row.verb, row.purpose, row.dossier_id) for row in rows] == [
        ("file.stored", "evidence", dossier),
        ("file.opened", "appraisal", dossier),
    ]


@pytest.mark.django_db
def test_opening_without_a_purpose_or_a_file_is_refused() -> None:
    with pytest.raises(Refusal, match="purpose-missing"):
        api.open_file(CLERK, new_id(), purpose="")
    with pytest.raises(Refusal, match="file-not-found"):
        api.open_file(CLERK, new_id(), purpose="appraisal")


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once_and_known_twice(settings: Any) -> None:
    first, second = (
        api.store_upload(CLERK, Given(png(), name), purpose="evidence") for name in "ab"
    )
    assert first.id != second.id
    assert first.sha256 == second.sha256
    assert len(list(settings.MOTCUA_FILES.rglob(first.sha256))) == 1
    assert set(api.files([first.id, second.id, new_id()])) == {first.id, second.id}


def test_a_phone_may_put_its_own_data_behind_a_picture() -> None:
    assert check_content(jpeg() + b"MotionPhoto_Data" + b"\0\1\2" * 50) == "jpeg"


@given(st.binary(max_size=3000))
def test_random_bytes_never_break_the_check(content: bytes) -> None:
    with pytest.raises(Fault):
        check_content(content)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_damaged_file_is_judged_without_a_crash(kind: str, data: st.DataObject) -> None:
    content = bytearray(GOOD[kind])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    damaged = bytes(content[: data.draw(st.integers(0, len(content)))])
    fault = _fault_of(damaged)
    assert fault is None or sentence_of(fault)


def _fault_of(content: bytes) -> str | None:
    try:
        if check_content(content) == "pdf":
            check_pdf(content)
    except Fault as fault:
        return fault.code
    return None


@given(st.text(max_size=300))
def test_a_kept_name_is_a_plain_short_name(name: str) -> None:
    kept = kept_name(name, "pdf")
    assert kept.endswith(".pdf")
    assert 4 < len(kept) <= 124
    assert kept.isprintable()
    assert not set('/\\<>:"|?*') & set(kept)


def test_a_kept_name_has_no_folders_and_one_form() -> None:
    assert kept_name("C:\\x\\..\\Giấy chứng sinh.PDF.exe", "pdf") == "Giấy chứng sinh.PDF.pdf"
    assert kept_name("../../etc/passwd", "png") == "passwd.png"
    assert kept_name("\u202egnp.exe", "png") == "gnp.png"


def test_actions_hidden_in_compressed_objects_are_found() -> None:
    content = pdf_with_a_compressed_script()
    assert b"Launch" not in content
    with pytest.raises(Fault, match="active-content"):
        check_pdf(content)
