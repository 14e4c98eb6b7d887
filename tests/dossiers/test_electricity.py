"""Another shape of service: a company decides, with an appointment and a visit."""

from motcua.directory import api as directory
from motcua.dossiers import api
from motcua.kernel import clock, jobs
from tests.dossiers.world import World, at, fill, officer, scan

PLACE = {"area": "00008", "line": "8 ngõ 12 phố Đội Cấn"}
ANSWERS = {
    "applicant": {
        "full_name": "Phạm Văn Dũng",
        "personal_number": "001090000055",
        "phone": "0903123456",
    },
    "customer": {"kind": "household"},
    "site": {"address": PLACE, "owned": True, "visit_time": "morning"},
    "supply": {"phases": "one", "power_kw": 5},
}


def test_a_connection_is_visited_recorded_and_approved(world: World) -> None:
    company = directory.competent_body("power-company", "00008", at("2026-03-03 00:00").date())
    clerk = officer(company, "one-stop-desk", "desk-clerk", "Mai Thị Lan")
    engineer = officer(company, "technical", "power-engineer", "Ngô Văn Tùng")
    manager = officer(company, "leadership", "power-manager", "Trịnh Văn Hải")
    with clock.at(at("2026-03-03 08:00")):
        draft = api.open_draft(world.stranger, "electricity-connection")
        fill(world.stranger, draft.id, ANSWERS)
        api.attach(world.stranger, draft.id, "place-proof", [scan()])
        dossier_id = api.submit(world.stranger, draft.id, "")
    world.says(clerk, dossier_id, "accept", "2026-03-03 08:30")
    visit = at("2026-03-04 08:30")
    world.says(engineer, dossier_id, "schedule", "2026-03-03 10:00", visit_at=visit)
    found = {"survey.possible": ["yes"], "survey.distance_m": ["20"]}
    choice = api.dossier_view(engineer, dossier_id).choice("record")
    assert choice is not None
    assert [field.field for field in choice.fields][:2] == list(found)
    world.says(engineer, dossier_id, "record", "2026-03-04 09:30", raw=found)
    world.says(engineer, dossier_id, "propose", "2026-03-04 10:00")
    world.says(manager, dossier_id, "sign", "2026-03-04 11:00")
    jobs.run_due()
    view = api.dossier_view(world.stranger, dossier_id)
    assert view.dossier.recorded["survey"] == {"possible": True, "distance_m": 20}
    assert view.dossier.status == api.Status.RETURNED
    assert [paper.form for paper in view.papers] == ["01", "electricity-agreement"]
