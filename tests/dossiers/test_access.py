"""Who sees what: own affairs, the bodies that have a part, and nobody else; looks leave acts."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from motcua.acts import api as acts
from motcua.dossiers import api
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import GUEST, SYSTEM, Actor
from motcua.kernel.refusals import Refusal
from tests.dossiers.world import World, at

READS = [
    lambda actor, i: api.dossier_view(actor, i),
    lambda actor, i: api.preview_result(actor, i),
    lambda actor, i: api.control_sheet(actor, i),
    lambda actor, i: api.send_message(actor, i, "Xin chào"),
    lambda actor, i: api.act_on(actor, i, "accept"),
    lambda actor, i: api.rate(actor, i, 5),
    lambda actor, i: api.open_upload(actor, i, i),
    lambda actor, i: api.open_paper(actor, i, i),
]


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("who", ["stranger", "elsewhere", "guest"])
def test_others_hear_that_there_is_no_such_dossier(world: World, who: str, read: Any) -> None:
    dossier_id = world.filed()
    actor = GUEST if who == "guest" else getattr(world, who)
    for wanted in (dossier_id, UUID(int=1)):
        with pytest.raises(Refusal) as no:
            read(actor, wanted)
        assert no.value.code == "dossiers.not-found"
        assert no.value.params == {}


def test_an_officers_look_is_recorded_once_a_day_with_its_purpose(world: World) -> None:
    dossier_id = world.filed()

    def looks() -> list[acts.ActRow]:
        return acts.timeline_of(dossier_id, verbs=("dossier.viewed",))

    with clock.at(at("2026-03-03 09:00")):
        api.dossier_view(world.mother, dossier_id)
        assert looks() == []
        api.dossier_view(world.civil, dossier_id)
        api.dossier_view(world.civil, dossier_id)
        api.dossier_view(world.clerk, dossier_id)
    with clock.at(at("2026-03-04 09:00")):
        api.dossier_view(world.civil, dossier_id)
    assert [look.actor_label for look in looks()] == ["Đỗ Văn Nam", "Lê Thị Hoa", "Đỗ Văn Nam"]
    assert {look.purpose for look in looks()} == {"processing"}
    assert all(look.subjects for look in looks())


def test_nobody_is_an_officer_in_his_own_affair(world: World) -> None:
    dossier_id = world.filed()
    own = msgspec.structs.replace(world.civil, account_id=world.mother.account_id)
    view = api.dossier_view(own, dossier_id)
    assert view.seen_as == "applicant"
    with pytest.raises(Refusal, match="not-your-part"):
        world.says(own, dossier_id, "accept", "2026-03-03 08:30")
    clerk = msgspec.structs.replace(world.clerk, account_id=world.mother.account_id)
    assert api.queue(clerk, "unit").rows == ()


def test_the_applicant_sees_neither_notes_nor_inner_work(world: World) -> None:
    dossier_id = world.filed()
    api.send_message(world.clerk, dossier_id, "Mời bạn bổ sung.")
    api.add_note(world.clerk, dossier_id, "Kiểm tra lại số định danh.")
    api.send_message(world.mother, dossier_id, "Cảm ơn.")
    world.says(world.clerk, dossier_id, "take", "2026-03-03 08:10")
    seen = api.dossier_view(world.mother, dossier_id)
    assert [m.text for m in seen.messages] == ["Mời bạn bổ sung.", "Cảm ơn."]
    assert "task.taken" not in {entry.verb for entry in seen.timeline}
    office = api.dossier_view(world.clerk, dossier_id)
    assert [m.visible for m in office.messages] == [True, False, True]
    with pytest.raises(Refusal, match="not-found"):
        api.add_note(world.mother, dossier_id, "ghi chú")


def test_tracking_by_code_tells_who_holds_it_and_nothing_of_the_person(world: World) -> None:
    dossier_id = world.filed()
    dossier = world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    world.says(world.civil, dossier_id, "take", "2026-03-03 08:40")
    for code in (dossier.code, f" {dossier.code.lower()} ", str(dossier_id)):
        track = api.track(code)
        holder = track.holders[0]
        assert holder.officer == "Đỗ Văn Nam"
        assert holder.body == world.ward.name
        assert holder.unit["vi"]
        assert holder.until is not None
        text = msgspec.json.encode(track).decode()
        assert not any(word in text for word in ("Bích", "Minh Anh", "0912345678", "001196"))
    with pytest.raises(Refusal, match="no-such-code"):
        api.track("H26-000000-0001")


def test_an_officer_without_a_part_in_the_dossier_cannot_open_its_files(world: World) -> None:
    dossier_id = world.filed()
    file_id = api.dossier_view(world.mother, dossier_id).uploads[0].file_id
    assert api.open_upload(world.clerk, dossier_id, file_id).content
    with pytest.raises(Refusal, match="not-found"):
        api.open_upload(world.elsewhere, dossier_id, file_id)
    opened = acts.timeline_of(dossier_id, verbs=("file.opened",))
    assert [act.actor_label for act in opened] == ["Lê Thị Hoa"]


def test_a_body_that_is_asked_for_an_opinion_may_read_the_dossier(world: World) -> None:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    other: Actor = world.elsewhere
    world.says(
        world.civil,
        dossier_id,
        "ask-opinion",
        "2026-03-03 08:40",
        body_id=other.body_id,
        say="Cha đã khai ở đó chưa?",
        within="4 working hours",
    )
    assert api.dossier_view(other, dossier_id).seen_as == "officer"
    assert [row.kind for row in api.queue(other, "unit").rows] == ["opinion"]
    world.says(other, dossier_id, "give-opinion", "2026-03-03 09:00", say="Chưa", agrees=True)


def business(world: World, username: str) -> Actor:
    """Somebody who acts for the same business."""
    card = identity.create_citizen(SYSTEM, full_name="Người đại diện", username=username)
    acts_for = identity.add_representation(
        SYSTEM,
        account_id=card.id,
        business_number="0101234567",
        business_name="Công ty Hoa Sen",
        since=at("2025-07-01 00:00").date(),
    )
    return identity.actor_of(card, on_behalf_of=acts_for.on_behalf_of)


def test_representatives_of_one_business_share_its_dossiers(world: World) -> None:
    first, second = business(world, "dai-dien-1"), business(world, "dai-dien-2")
    dossier_id = world.filed(who=first)
    assert [row.id for row in api.my_dossiers(second)] == [dossier_id]
    assert api.dossier_view(second, dossier_id).seen_as == "applicant"
    withdrawn = world.says(second, dossier_id, "withdraw", "2026-03-03 08:20")
    assert withdrawn.status == api.Status.WITHDRAWN


def test_who_does_not_act_for_the_business_sees_none_of_it(world: World) -> None:
    first, second = business(world, "dai-dien-1"), business(world, "dai-dien-2")
    dossier_id = world.filed(who=first)
    private = replace(second, on_behalf_of="")
    other = replace(second, on_behalf_of="business:0107654321")
    for stranger in (private, other, world.mother):
        with pytest.raises(Refusal, match="not-found"):
            api.dossier_view(stranger, dossier_id)
        assert not api.my_dossiers(stranger)


def test_a_double_click_writes_one_message_and_one_notice(world: World) -> None:
    dossier_id = world.filed()
    with clock.at(at("2026-03-03 09:00")):
        first = api.send_message(world.clerk, dossier_id, "Mời bạn bổ sung.")
        before = len(acts.timeline_of(dossier_id))
        assert api.send_message(world.clerk, dossier_id, " Mời bạn bổ sung. ") == first
        assert len(acts.timeline_of(dossier_id)) == before
    with clock.at(at("2026-03-03 09:02")):
        assert api.send_message(world.clerk, dossier_id, "Mời bạn bổ sung.") != first
