"""Sensitive fields at rest: what the database alone does not tell."""

import pytest

from motcua.kernel.refusals import Refusal
from motcua.registers import sealing
from motcua.registers.rules.compile import compile_register

WORDS = {
    "register": "clinic", "title": {}, "owner": "G01", "law": [],
    "subject": {"kind": "person", "key": "personal-number", "title": {}},
    "facts": {
        "visit": {
            "title": {},
            "fields": {
                "illness": {"kind": "text", "title": {}, "sealed": True},
                "room": {"kind": "code", "title": {}},
            },
        }
    },
}  # fmt: skip
VISIT = compile_register(WORDS).facts[0]
WHO, PATH = "001190000001", "visit.illness"


def sealed(value="Sốt xuất huyết"):
    return sealing.seal_values("clinic", WHO, VISIT, values={"illness": value, "room": "7"})


@pytest.mark.parametrize("value", ["Sốt xuất huyết", 7, True, {"area": "00004"}, ["a", "b"]])
def test_what_is_sealed_opens_where_it_was_sealed(value):
    stored = sealed(value)
    assert stored["room"] == "7"
    assert sealing.open_value("clinic", WHO, PATH, value=stored["illness"]) == value
    assert sealing.open_value("clinic", WHO, "visit.room", value="7") == "7"


def test_the_same_words_never_look_the_same():
    first, second = sealed()["illness"], sealed()["illness"]
    assert first != second
    assert "xuất" not in str(first)
    assert first["sealed"].startswith("tests:")


@pytest.mark.parametrize(
    "place",
    [("other", WHO, PATH), ("clinic", "001190000002", PATH), ("clinic", WHO, "visit.room")],
)
def test_a_value_cannot_be_moved(place):
    with pytest.raises(Refusal, match=r"registers\.sealed-unreadable"):
        sealing.open_value(*place, value=sealed()["illness"])


@pytest.mark.parametrize("junk", ["", "tests:", "tests:!!", "tests:AAAA", "gone:" + "A" * 60])
def test_what_cannot_be_opened_is_said_to_be_so(junk):
    with pytest.raises(Refusal, match=r"registers\.sealed-unreadable"):
        sealing.open_value("clinic", WHO, PATH, value={"sealed": junk})


def test_a_changed_value_does_not_open():
    closed = sealed()["illness"]["sealed"]
    changed = closed[:-6] + ("A" if closed[-6] != "A" else "B") + closed[-5:]
    with pytest.raises(Refusal, match=r"registers\.sealed-unreadable"):
        sealing.open_value("clinic", WHO, PATH, value={"sealed": changed})


def test_a_new_key_seals_and_the_old_one_still_opens(settings):
    before = sealed()["illness"]
    settings.MOTCUA_DATA_KEYS = f"new:{sealing.new_key()},{settings.MOTCUA_DATA_KEYS}"
    after = sealed()["illness"]
    assert sealing.current_key() == "new"
    assert after["sealed"].startswith("new:")
    assert sealing.open_value("clinic", WHO, PATH, value=before) == "Sốt xuất huyết"


@pytest.mark.parametrize("keys", ["", "a:b", "a:AAAA", ":" + "A" * 43 + "=", "a"])
def test_keys_that_are_none_are_a_fault_of_the_operator(settings, keys):
    settings.MOTCUA_DATA_KEYS = keys
    with pytest.raises(Exception, match="MOTCUA_DATA_KEYS"):
        sealed()
