"""Reading pack files: plain data with lines, and faults that say where and what to do."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import packs
from motcua.kernel.packs import PackFault, read_csv, read_yaml

SERVICE = """\
# A service.
service: birth
code: "1.001193"
valid: {since: 2025-07-01, until: null}
area: 00004
at: 2026-02-13 15:20
vnd: 8000
half: 0.5
open: true
yes: no
form:
  - page: child
    ask:
      - {field: child.name, title: {vi: Họ và tên, en: Name}}
  - page: mother
note: |
  first
  second
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "service.yaml"


def test_a_file_gives_plain_data(file: Path) -> None:
    file.write_text(SERVICE, encoding="utf-8")
    data, _lines = read_yaml(file)
    assert data == {
        "service": "birth", "code": "1.001193", "area": "00004", "at": "2026-02-13 15:20",
        "valid": {"since": date(2025, 7, 1), "until": None}, "vnd": 8000, "half": 0.5,
        "open": True, "yes": "no", "note": "first\nsecond\n",
        "form": [
            {"page": "child",
             "ask": [{"field": "child.name", "title": {"vi": "Họ và tên", "en": "Name"}}]},
            {"page": "mother"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "line"),
    [((), 1), (("service",), 2), (("valid", "until"), 4), (("form",), 11), (("form", 0), 12),
     (("form", 0, "ask", 0, "title", "en"), 14), (("form", 1, "page"), 15), (("note",), 16)],
)  # fmt: skip
def test_each_place_has_a_line(file: Path, place: packs.Where, line: int) -> None:
    file.write_text(SERVICE, encoding="utf-8")
    _data, lines = read_yaml(file)
    assert lines[place] == line


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "there already on line 1"),
        ("a:\n\tb: 1\n", 2, "use spaces"),
        ("a: &x 1\nb: *x\n", 1, "anchors"),
        ("a: 1\nb: *x\n", 2, "anchors"),
        ("a: !!python/object:os.system 1\n", 1, "tags"),
        ("a: 1\n<<: {b: 1}\n", 2, "merge keys"),
        ("a: 1\nb: c: d\n", 2, "quotes"),
        ("a: 1\nb: %x\n", 2, "quotes"),
        ("a: [1, 2\nb: 3\n", 2, "brackets"),
        ("a: 1\n b: 2\n", 2, "quotes"),
        ("a: 'x\n", 2, "quotes"),
        ("a: 1\n---\nb: 2\n", 2, "one document"),
        ("a: 1\nb: 2026-02-30\n", 2, "not a day"),
        ("? [a]\n: 1\n", 1, "a key must be a word"),
        ("a: \x07\n", 1, "character"),
        ("", 1, "empty"),
        ("# only words\n", 1, "empty"),
        ("[" * 60 + "]" * 60, 1, "levels deep"),
    ],
)
def test_a_fault_has_a_line_and_a_remedy(file: Path, text: str, line: int, words: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackFault) as raised:
        read_yaml(file)
    assert (raised.value.file, raised.value.line) == (file, line)
    assert words in raised.value.what


def test_other_encodings_are_refused_with_their_line(file: Path) -> None:
    file.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(PackFault, match=r":2: not in UTF-8"):
        read_yaml(file)


def test_a_mark_of_utf_8_is_no_fault(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(file) == ({"a": 1}, {(): 1, ("a",): 1})


def test_a_missing_file_and_a_huge_file_are_faults(file: Path) -> None:
    with pytest.raises(PackFault, match="no such file"):
        read_yaml(file)
    file.write_bytes(b"#" * (packs.LARGEST_YAML_BYTES + 1))
    with pytest.raises(PackFault, match="larger than"):
        read_yaml(file)


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_data_or_a_fault(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(text.encode())
    assert 1 <= first_line_of(file) <= len(text) + 1


# Without "?": inside brackets the fast reader takes it as a letter, the slow one as a sign; and
# without "|#": a comment there is one to the fast reader only.
@given(
    text=st.text(alphabet=st.sampled_from("ab:- \n'\"[]{},#|>%!&*\u2028é0"), max_size=30).filter(
        lambda text: not re.search("[|>][-+0-9]*#", text)
    )
)
def test_the_fast_reader_and_the_slow_one_agree(text: str) -> None:
    found: list[object] = []
    for name in ("read", "_read_slowly"):
        try:
            found.append(getattr(packs._Reader(Path("any.yaml")), name)(text))
        except PackFault:
            found.append("a fault")  # the words may differ, the verdict may not
    assert found[0] == found[1]


def test_the_pack_of_the_country_reads_the_same_slowly() -> None:
    for file in packs.pack_root().glob("services/*/*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert packs._Reader(file).read(text) == packs._Reader(file)._read_slowly(text)


def first_line_of(file: Path) -> int:
    """The line of the fault, or the smallest line of the data."""
    try:
        return min(read_yaml(file)[1].values())
    except PackFault as fault:
        return fault.line


def test_rows_have_the_names_of_their_columns(file: Path) -> None:
    file.write_bytes('\ufeffcode,name\n01, "Hà Nội"\n04,"Cao, Bằng"\n\n'.encode())
    assert read_csv(file)[1] == {"code": "04", "name": "Cao, Bằng"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("code,name\n01\n", 2, "1 values for 2 columns"),
        ("code,name\n01,a\n02,a,b\n", 3, "quote values"),
        ("code,code\n", 1, "name each column"),
        ("code,\n", 1, "name each column"),
        ("", 1, "name each column"),
        ('code\n"a"b\n', 2, "not readable as CSV"),
    ],
)
def test_a_bad_row_is_a_fault(file: Path, text: str, line: int, words: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackFault) as raised:
        read_csv(file)
    assert raised.value.line == line
    assert words in raised.value.what


def test_the_pack_of_the_country_is_where_the_settings_say() -> None:
    assert packs.pack_root() == Path(django_settings.MOTCUA_PACK)
