"""The pack's papers: every letter of Vietnamese, every state of the data, PDF/A."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.documents import api
from motcua.documents.pdf.render import UnknownTemplate, papers_folder, render
from tests.documents.samples import WORDS, text_of

AT = datetime(2026, 2, 13, 8, tzinfo=UTC)
LETTERS = (
    "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ĂăÂâĐđÊêÔôƠơƯư₫" + "ÀàÁáÃãÈèÉéÌìÍíĨĩÒòÓóÕõÙùÚúŨũÝý"
)
SLIPS = [f"slip-0{n}" for n in range(1, 7)]
TEMPLATES = sorted({path.stem for path in papers_folder().glob("*.typ")} - {"lib"})
OFFICIAL = [one for one in TEMPLATES if one != "personal-data-copy"]  # nobody issues that one
NAME = "Nguyễn Thị Hường"


def test_every_template_of_the_pack_has_a_name_in_each_language() -> None:
    from motcua.documents.queries import title_of

    assert {*SLIPS, "blank"} < set(TEMPLATES)
    assert all(set(title_of(one)) == {"vi", "en", "fr"} for one in TEMPLATES)


@pytest.mark.parametrize("template", OFFICIAL)
@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_paper_says_what_it_was_given(template: str, language: str) -> None:
    text = text_of(render(template, {**WORDS, "language": language}, at=AT))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH" in text
    assert "ngày 13 tháng 02 năm 2026" in text
    assert "Trần Thị Bích" in text


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_paper_uses_bold_italic_whose_letters_cannot_be_copied(template: str) -> None:
    """In that face ơ and ư share a glyph with their neighbour and read back as "ươ"."""
    pdf = render(template, {**WORDS, "language": "fr", "draft": True}, at=AT)
    assert b"LibertinusSerif-Bold" in pdf
    assert b"BoldItalic" not in pdf


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_paper_survives_any_missing_answer(template: str) -> None:
    assert render(template, {}, at=AT).startswith(b"%PDF-1.")


@pytest.mark.parametrize(
    ("template", "width"), [("slip-01", 148), ("slip-06", 297), ("blank", 210)]
)
def test_the_size_of_the_sheet_is_that_of_the_law(template: str, width: int) -> None:
    page = pypdf.PdfReader(io.BytesIO(render(template, WORDS, at=AT))).pages[0]
    assert round(float(page.mediabox.width) / 72 * 25.4) == width


def test_a_birth_certificate_writes_the_date_in_words() -> None:
    text = text_of(render("birth-certificate", WORDS, at=AT))
    assert "ngày mười tháng hai năm hai nghìn không trăm hai mươi sáu" in text
    assert "Nguyễn Minh Ánh" in text


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("2005-04-21", "ngày hai mươi mốt tháng tư năm hai nghìn không trăm linh năm"),
        ("1995-05-15", "ngày mười lăm tháng năm năm một nghìn chín trăm chín mươi lăm"),
        ("31/12/2000", "ngày ba mươi mốt tháng mười hai năm hai nghìn"),
    ],
)
def test_dates_in_words(born: str, said: str) -> None:
    data = {**WORDS, "answers": {"child": {"born_on": born}}}
    assert said in text_of(render("birth-certificate", data, at=AT))


def test_no_letter_of_vietnamese_is_missing_in_any_style() -> None:
    """PDF/A export refuses a character without a glyph; the text is read back by another tool."""
    source = '#import "/lib.typ": face\n#show: face\n#let t = sys.inputs.t\n'
    source += "#t\n\n*#t*\n\n_#t _"
    path = papers_folder() / "lib.typ"
    pdf = typst.Compiler(root=str(path.parent), ignore_system_fonts=True).compile(
        input=source.encode(), format="pdf", sys_inputs={"t": LETTERS}, pdf_standards=["a-2b"]
    )
    assert text_of(pdf).replace(" ", "").count(LETTERS) == 3
    fonts = {str(name) for name in pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]}
    assert len(fonts) == 3


def test_every_letter_reaches_the_paper_through_the_data() -> None:
    text = text_of(render("blank", {**WORDS, "title": "T", "opening": LETTERS}, at=AT))
    assert LETTERS in text.replace(" ", "")
    assert "□" not in text


def test_a_character_that_no_font_has_is_a_box_with_a_note_not_a_failure() -> None:
    text = text_of(render("blank", {**WORDS, "opening": "Tên 王 🙂", "code": "X"}, at=AT))
    assert "Tên □ □" in text
    assert "ký tự không in được" in text


def test_decomposed_letters_are_put_together_and_direction_marks_removed() -> None:
    import unicodedata

    given_ = unicodedata.normalize("NFD", NAME) + "\u202e\x00\u2066"
    assert NAME in text_of(render("blank", {**WORDS, "opening": given_}, at=AT))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(TEMPLATES))
def test_user_text_is_never_markup(text: str, template: str) -> None:
    hostile = f'{text}#panic("x") $x$ */ ] }} `raw` @ref <label> \\ #sys.inputs'
    data = json.loads(json.dumps(WORDS))
    data["dossier"]["applicant"] = data["answers"]["child"]["name"] = hostile
    data["items"] = data["reasons"] = [hostile]
    data["rows"] = [{"label": hostile, "value": hostile}]
    assert render(template, data, at=AT).startswith(b"%PDF")


def test_a_pdf_says_that_it_is_pdf_a_and_carries_its_code() -> None:
    pdf = render("slip-01", {**WORDS, "code": "7K2M-9QXA-0B3C-D4EF"}, at=AT)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert reader.metadata is not None
    assert "motcua:7K2M-9QXA-0B3C-D4EF" in str(reader.metadata.get("/Keywords"))
    assert reader.trailer["/Root"]["/OutputIntents"]


def test_a_preview_is_a_draft_and_claims_no_signature() -> None:
    text = text_of(api.render_preview("slip-01", {**WORDS, "code": "7K2M-9QXA-0B3C-D4EF"}))
    assert "BẢN NHÁP" in text
    assert "Đã ký số" not in text
    assert "7K2M" not in text


def test_a_working_sheet_is_no_draft() -> None:
    assert "BẢN NHÁP" not in text_of(api.render_preview("slip-05", WORDS, draft=False))


def test_the_official_text_is_vietnamese_and_the_readers_language_follows() -> None:
    words = {
        "vi": "Đăng ký khai sinh",
        "en": "Birth registration",
        "fr": "Déclaration de naissance",
    }
    data = {**WORDS, "dossier": {"procedure": words}, "items": [{"title": words, "say": ""}]}
    text = text_of(render("slip-02", {**data, "language": "fr"}, at=AT))
    assert text.count("Đăng ký khai sinh (Déclaration de naissance)") == 2
    assert "Déclaration" not in text_of(render("slip-02", {**data, "language": "vi"}, at=AT))


@pytest.mark.parametrize("name", ["../lib", "nothing-there", "", "LIB", "slip-01.typ"])
def test_only_a_paper_of_the_pack_can_be_rendered(name: str) -> None:
    assert not api.template_exists(name)
    with pytest.raises(UnknownTemplate):
        render(name, WORDS, at=AT)


def test_the_same_paper_is_rendered_to_the_same_bytes() -> None:
    data: dict[str, Any] = {**WORDS, "url": "http://localhost:8000/verify/X"}
    assert render("slip-02", data, at=AT) == render("slip-02", data, at=AT)
