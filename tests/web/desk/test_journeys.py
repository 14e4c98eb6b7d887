"""The four services, from the applicant's hands to the sealed result, by officers of two bodies."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel import jobs
from motcua.kernel.actors import Actor
from tests.dossiers.world import WARD, World, officer
from tests.web.desk.screens import applied, says, screen, url_of

DAY = date(2026, 3, 3)


def body_of(kind: str, area: str = WARD) -> directory.Body:
    return directory.competent_body(kind, area, DAY)


def somebody(body_id: Any, role: str, name: str) -> Actor:
    """An officer of this role, in the first unit of the body."""
    body = directory.body(body_id)
    units = directory.units_of(body.id)
    return officer(body, units[0].kind, role, name)


def done(actor: Actor, dossier_id: UUID, verb: str, **typed: Any) -> None:
    response = says(screen(actor), dossier_id, verb, **typed)
    assert response.status_code == 303, response.content.decode()[-4000:]


def result_of(actor: Actor, dossier_id: UUID) -> dossiers.DossierView:
    jobs.run_due()
    view = dossiers.dossier_view(actor, dossier_id)
    assert [paper.form for paper in view.papers if paper.kind == "outcome" and paper.ready]
    return view


def test_a_birth_is_registered(world: World) -> None:
    dossier_id = world.filed()
    done(world.clerk, dossier_id, "accept")
    done(world.civil, dossier_id, "propose", grant="yes", say="Đủ điều kiện.")
    dossiers.act_on(world.mother, dossier_id, "agree")
    page = screen(world.chair).get(url_of(dossier_id, "sign")).content.decode()
    assert "Proposed: grant" in page
    done(world.chair, dossier_id, "sign")
    result_of(world.clerk, dossier_id)
    done(world.clerk, dossier_id, "hand-over", receiver="Trần Thị Bích")
    view = dossiers.dossier_view(world.mother, dossier_id)
    assert view.dossier.status == dossiers.Status.RETURNED
    page = screen(world.clerk).get(url_of(dossier_id)).content.decode()
    assert "Nobody: it has ended" in page


def test_a_death_is_registered_and_two_other_bodies_close_their_part(world: World) -> None:
    dossier_id = applied(world.mother, "death-registration")
    first = dossiers.dossier_view(world.mother, dossier_id).dossier
    clerk = somebody(first.desk_id, "desk-clerk", "Lê Thị Hoa")
    civil = somebody(first.body_id, "civil-status-officer", "Đỗ Văn Nam")
    chair = somebody(first.body_id, "chair", "Hoàng Văn Thái")
    done(clerk, dossier_id, "accept")
    done(civil, dossier_id, "propose", grant="yes")
    done(chair, dossier_id, "sign")
    parts = dossiers.dossier_view(civil, dossier_id).open_tasks
    assert {task.name for task in parts} == {"residence", "insurance"}
    for task in parts:
        other = somebody(task.body_id, task.role, "Cán bộ")
        page = screen(other).get(url_of(dossier_id)).content.decode()
        assert "Not answered yet" in page
        done(other, dossier_id, "confirm", say="Đã khóa.")
    result_of(civil, dossier_id)
    page = screen(civil).get(url_of(dossier_id)).content.decode()
    assert page.count("Đã khóa.") >= 2


def test_a_former_number_is_confirmed_by_the_police(world: World) -> None:
    dossier_id = applied(world.mother, "former-id-confirmation")
    first = dossiers.dossier_view(world.mother, dossier_id).dossier
    police = somebody(first.desk_id, "police-officer", "Phạm Văn Hải")
    chief = somebody(first.body_id, "police-chief", "Ngô Văn Lâm")
    done(police, dossier_id, "accept")
    done(police, dossier_id, "propose", grant="yes")
    done(chief, dossier_id, "sign")
    result_of(police, dossier_id)


def test_electricity_is_connected_after_a_visit(world: World) -> None:
    dossier_id = applied(world.mother, "electricity-connection")
    first = dossiers.dossier_view(world.mother, dossier_id).dossier
    desk = somebody(first.desk_id, "desk-clerk", "Lê Thị Hoa")
    engineer = somebody(first.body_id, "power-engineer", "Vũ Văn Điện")
    manager = somebody(first.body_id, "power-manager", "Trần Văn Quản")
    done(desk, dossier_id, "accept")
    day = {"visit-day": "4", "visit-month": "3", "visit-year": "2026", "visit-time": "14:30"}
    done(engineer, dossier_id, "schedule", **day)
    wrong = says(screen(engineer), dossier_id, "record", **{"survey.possible": "yes"})
    assert wrong.status_code == 422
    found = {"survey.possible": "yes", "survey.distance_m": "35", "fields": "1"}
    done(engineer, dossier_id, "record", **found)
    assert "35" in screen(engineer).get(url_of(dossier_id)).content.decode()
    done(engineer, dossier_id, "propose", grant="yes")
    done(manager, dossier_id, "sign")
    result_of(engineer, dossier_id)


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_each_screen_speaks_three_languages(world: World, language: str) -> None:
    dossier_id = world.filed()
    for address in ("/desk/?q=unit", url_of(dossier_id), url_of(dossier_id, "refuse")):
        page = screen(world.clerk, language).get(address)
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.content.decode()
