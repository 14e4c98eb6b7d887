"""Files of facts: good rows are kept, faulty ones told, nothing is lost or doubled."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from openpyxl import Workbook, load_workbook

from motcua.acts.models import Act
from motcua.kernel import jobs
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal, sentence_of
from motcua.registers import api as registers
from motcua.registers.declared import register
from motcua.registers.models import FactVersion, ImportFault, ImportRun
from motcua.registers.operations import importing
from motcua.registers.rules.importing import Layout, RowRefused, cells_of, columns_of, harmless
from motcua.registers.tables import csv_rows, rows
from tests.registers.readers import citizen, officer

HEADER = ["key", "provider", "kind", "holder", "holder_name", "address.area", "address.line"]


def line(number: int, **more: str) -> list[str]:
    cells = {
        "key": f"PE{number:09}", "provider": "ZEVN", "kind": "electricity",
        "holder": "001190000001", "holder_name": "Nguyễn Thị Hòa",
        "address.area": "00004", "address.line": f"{number} Đội Cấn",
    }  # fmt: skip
    return list((cells | more).values())


def table(lines: list[list[str]], header: list[str] = HEADER) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *lines])
    return out.getvalue().encode()


def book(lines: list[list[Any]], header: list[str] = HEADER) -> bytes:
    workbook, out = Workbook(), io.BytesIO()
    for row in (header, *lines):
        workbook.active.append(row)
    workbook.save(out)
    return out.getvalue()


def start(content: bytes, fact: str = "contract", where: str = "utility") -> UUID:
    return registers.start_import(
        SYSTEM, register=where, fact=fact, file=io.BytesIO(content), name="file.csv", ground="Luật"
    )


def taken(content: bytes) -> registers.RunCard:
    return finish(start(content))


def finish(run_id: UUID) -> registers.RunCard:
    while registers.work_import(run_id, batches=50):
        pass
    card = registers.import_run(SYSTEM, run_id)
    assert card is not None
    return card


def refused(content: bytes, **more: str) -> Refusal:
    with pytest.raises(Refusal) as no, transaction.atomic():
        start(content, **more)
    assert sentence_of(no.value.code)
    assert not ImportRun.objects.exists()
    return no.value


def contracts() -> int:
    return FactVersion.objects.filter(register="utility", recorded__upper_inf=True).count()


def test_good_rows_are_written_and_faulty_ones_told_by_number(country):
    lines = [
        line(1),
        line(2, kind="gas"),
        line(3, holder="12"),
        line(4),
        [*line(5), "", "", "more"],
    ]
    card = taken(table(lines))
    assert (card.state, card.written, card.faulty, card.done) == ("done", 2, 3, 5)
    faults = registers.import_faults(SYSTEM, card.id)
    assert [(one.row, one.field, one.code) for one in faults] == [
        (3, "kind", "registers.value-not-offered"),
        (4, "holder", "registers.value-of-other-kind"),
        (6, "", "registers.import-row-cells"),
    ]
    assert contracts() == 2


def test_faults_say_nothing_of_what_a_row_said(country):
    taken(table([line(1, holder_name="Bí Mật", holder="không phải số", kind="lén")]))
    fault = ImportFault.objects.get()
    assert set(fault.params) <= {"field", "fact", "max"}
    assert "lén" not in str(fault.params)


def test_the_same_file_again_is_the_same_run(country):
    content = table([line(1), line(2)])
    first, second = taken(content), start(content)
    assert second == first.id
    assert contracts() == 2


def test_the_same_rows_in_another_file_are_held_already(country):
    taken(table([line(1), line(2)]))
    card = taken(table([line(2), line(3), line(3)]))
    assert (card.written, card.same) == (1, 2)
    assert contracts() == 3


def test_a_changed_value_is_a_change_from_its_day_on(country):
    header = [*HEADER, "valid_from"]
    taken(table([[*line(1), "2020-01-01"]], header))
    taken(table([[*line(1, holder_name="Trần Văn Nam"), "01/02/2026"]], header))
    held = FactVersion.objects.filter(register="utility", recorded__upper_inf=True)
    names = {row.valid.lower: row.values["holder_name"] for row in held}
    assert names == {date(2020, 1, 1): "Nguyễn Thị Hòa", date(2026, 2, 1): "Trần Văn Nam"}


def test_what_is_cut_off_between_two_batches_goes_on_without_loss(country, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 10)
    run_id = start(table([line(n) for n in range(35)]))
    registers.work_import(run_id, batches=2)
    assert registers.import_run(SYSTEM, run_id).done == 20
    assert contracts() == 20
    card = finish(run_id)
    assert (card.state, card.written, card.same) == ("done", 35, 0)
    assert contracts() == 35


def test_what_is_killed_within_a_batch_has_not_been(country, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 10)
    run_id = start(table([line(n) for n in range(35)]))
    registers.work_import(run_id, batches=1)

    class Killed(BaseException):
        """As a signal would, after the rows and before the place is kept."""

    def killed(*_args: Any, **_more: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(ImportFault.objects.__class__, "bulk_create", killed)
        patch.setattr(importing.ImportRun, "save", killed)
        with pytest.raises(Killed), transaction.atomic():
            importing._batch(run_id)
    assert contracts() == 10
    card = finish(run_id)
    assert (card.written, card.same, card.faulty) == (35, 0, 0)
    assert contracts() == 35


def test_the_job_takes_the_file_and_goes_on_by_itself(country, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 5)
    monkeypatch.setattr(importing, "BATCHES_PER_JOB", 2)
    run_id = start(table([line(n) for n in range(23)]))
    jobs.run_due(only=(importing.JOB,))
    assert registers.import_run(SYSTEM, run_id).state == "done"
    assert contracts() == 23


def test_stopped_it_waits_and_resumed_it_ends(country, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 5)
    run_id = start(table([line(n) for n in range(12)]))
    registers.work_import(run_id, batches=1)
    registers.stop_import(SYSTEM, run_id)
    assert not registers.work_import(run_id)
    assert contracts() == 5
    registers.resume_import(SYSTEM, run_id)
    assert finish(run_id).written == 12
    with pytest.raises(Refusal, match=r"registers\.import-ended"):
        registers.resume_import(SYSTEM, run_id)


def test_twenty_thousand_rows_are_read_in_constant_memory(tmp_path):
    import tracemalloc

    path = tmp_path / "many.csv"
    path.write_bytes(table([line(n) for n in range(20_000)]))
    tracemalloc.start()
    count = sum(1 for _ in rows(path, "csv"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 1_000_000 < path.stat().st_size


def test_reading_goes_on_at_the_byte_where_it_stopped(tmp_path):
    path = tmp_path / "some.csv"
    path.write_bytes(table([line(n, holder_name='"Hòa"\nvà ông') for n in range(9)]))
    everything = list(csv_rows.rows(path, done=0, offset=0))
    for number, _cells, offset in everything:
        rest = list(csv_rows.rows(path, done=number - 1, offset=offset))
        assert rest == everything[number - 1 :]


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "registers.import-empty"),
        (b"\xd0\xcf\x11\xe0old", "registers.import-format"),
        ("key,provider\n".encode("utf-16"), "registers.import-format"),
        ("khóa,tên\n".encode("cp1258", "replace") + b"\xff\xfe", "registers.import-encoding"),
        (b"PK\x03\x04 and nothing", "registers.import-broken"),
        (zip_bomb(), "registers.import-too-large"),
        (table([line(1)], ["key", "provider"]), "registers.import-columns"),
        (table([line(1)], [*HEADER, "hobby"]), "registers.import-unknown-columns"),
        (b'"key,provider\n', "registers.import-broken"),
    ],
    ids=["empty", "xls", "utf-16", "cp1258", "broken-zip", "bomb", "missing", "unknown", "quote"],
)
def test_what_cannot_be_read_is_refused_before_a_row_is_written(country, content, code):
    assert refused(content).code == code
    assert contracts() == 0


@pytest.mark.parametrize(
    ("tail", "code"),
    [(b'PE9,"no end\n', "registers.import-broken"), (b"PE9,\xff\n", "registers.import-encoding")],
    ids=["quote", "encoding"],
)
def test_a_file_that_breaks_in_its_middle_fails_before_a_row_is_written(country, tail, code):
    card = taken(table([line(n) for n in range(30)]) + tail)
    assert (card.state, card.why, card.written) == ("failed", code, 0)
    assert contracts() == 0


def test_a_workbook_gives_back_zeros_and_days(country):
    header = [*HEADER, "valid_from"]
    cells = [1190000001, "Lê Thị Mai", 2839, "7 Đội Cấn", date(2026, 1, 31)]
    unclear = [*line(8)[:3], 1190000001, "Lê Thị Mai", 4, "", None]
    card = taken(book([[*line(7)[:3], *cells], unclear], header))
    assert (card.written, card.faulty) == (1, 1)
    row = FactVersion.objects.get(register="utility")
    assert row.values["holder"] == "001190000001"
    assert row.values["address"]["area"] == "02839"
    assert row.valid.lower == date(2026, 1, 31)
    assert ImportFault.objects.get().code == "registers.value-unknown-area"


def test_titles_of_any_language_name_the_columns():
    declared = register("utility")
    kind = declared.fact("contract")
    header = ["Mã hợp đồng", "Code of the supplier", "Service", "holder", "Tên khách hàng",
              "address.area", "address.line"]  # fmt: skip
    fact = Layout(declared, kind, header).fact(line(1, kind="Điện"))
    assert fact.values["kind"] == "electricity"
    assert fact.subject == "PE000000001"


def test_a_day_that_does_not_exist_is_a_fault():
    declared = register("utility")
    layout = Layout(declared, declared.fact("contract"), [*HEADER, "valid_from"])
    with pytest.raises(RowRefused, match="import-row-day"):
        layout.fact([*line(1), "31/02/2026"])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_can_be_imported_and_changes_nothing(country, tmp_path, form):
    taken(table([line(n) for n in range(3)]))
    content = b"".join(
        registers.export_rows(SYSTEM, register="utility", fact="contract", format=form)
    )
    card = taken(content)
    assert (card.written, card.same, card.faulty) == (0, 3, 0)


def test_no_cell_of_an_export_is_a_formula(country, tmp_path):
    taken(table([line(1, holder_name="An", **{"address.line": "=HYPERLINK(1)"})]))
    text = b"".join(registers.export_rows(SYSTEM, register="utility", fact="contract")).decode()
    assert ",'=HYPERLINK(1)" in text
    path: Path = tmp_path / "out.xlsx"
    path.write_bytes(
        b"".join(registers.export_rows(SYSTEM, register="utility", fact="contract", format="xlsx"))
    )
    cells = {cell.value: cell.data_type for cell in list(load_workbook(path).active.rows)[1]}
    assert cells["=HYPERLINK(1)"] == "s"
    assert harmless("-1") == "'-1"


def test_an_export_is_an_act_about_all_whom_it_shows(country):
    from tests.registers.readers import fact, person

    mai = person()
    fact("insurance", "health", mai.personal_number, card_number="1234567890", kind="Hộ gia đình")
    list(registers.export_rows(SYSTEM, register="insurance", fact="health"))
    act = Act.objects.get(verb="registers.exported")
    assert act.subjects == [mai.id]
    assert act.purpose == "duty/keep-register"
    assert act.detail["rows"] == 1


def test_only_the_keepers_of_a_register_bring_and_take_files(country):
    content = table([line(1)])
    run_id = start(content)
    for actor in (officer("desk-clerk"), citizen(), officer("register-officer", "G01")):
        with pytest.raises(Refusal, match=r"identity\.not-allowed"):
            registers.start_import(
                actor, register="utility", fact="contract", file=io.BytesIO(content), name="x.csv"
            )
        with pytest.raises(Refusal, match=r"identity\.not-allowed"):
            registers.export_rows(actor, register="utility", fact="contract")
        for work in (registers.import_run, registers.stop_import, registers.resume_import):
            with pytest.raises(Refusal, match=r"identity\.not-allowed"):
                work(actor, run_id)


def test_protected_fields_and_papers_of_dossiers_do_not_come_by_file(country):
    header = ["key", "full_name", "sex", "born_on", "birth_area", "religion"]
    assert refused(table([], header) + b"x\n", where="population", fact="identity").code in (
        "registers.import-unknown-columns", "registers.import-sealed",
    )  # fmt: skip
    assert (
        refused(table([line(1)]), where="civil-status", fact="marital-status-certificate").code
        == "registers.import-by-dossier"
    )
    kind = register("population").fact("identity")
    assert "religion" not in columns_of(kind)
    assert "Phật" not in str(cells_of(kind, "1", {"religion": "Phật"}, days=["", ""]))
