"""The door of dossiers: drafts, sending, acting, talking, reading. Actor first, always.

Shapes are in `shapes` (immutable values), the engine's own in `rules.state` (Dossier, Task).
Everything is refused with `Refusal`; whole forms with `problems`. Who may not see a dossier hears
"dossiers.not-found". Every look of an officer leaves an act. See the docstring of each function;
in short:

    open_draft(actor, service, *, applicant=None) -> DraftView
    set_applicant(actor, draft_id, applicant) -> DraftView          # counter filing
    draft(actor, draft_id) -> DraftView;  my_drafts(actor) -> list[DraftRow]
    save_page(actor, draft_id, page, raw, *, version=None, autosave=False) -> (DraftView, problems)
    save_answers(actor, draft_id, answers, *, version=None) -> (DraftView, problems)   # all pages
    contest(actor, draft_id, field, *, wrong=True) -> DraftView      # "this is wrong"
    import_rows(actor, draft_id, field, csv_bytes, *, replace=False, version=None)
        -> (DraftView, problems)
    check_draft(actor, draft_id) -> problems
    attach(actor, draft_id, paper, uploads) -> DraftView;  detach(actor, draft_id, paper, file_id)
    discard(actor, draft_id)
    submit(actor, draft_id, key="", *, desk_id=None, accept=False) -> dossier id
    act_on(actor, dossier_id, verb, *, task_id=None, version=None, raw=None, uploads=None, **params)
        -> Dossier
    assign(actor, dossier_id, task_id, *, officer_id, version=None) -> Dossier
    bulk_assign(actor, [(dossier_id, task_id)], *, officer_id) -> BulkResult
    take_next(actor) -> (dossier_id, task_id) | None
    mark_check(actor, dossier_id, item, mark, *, task_id=None, say="") -> Dossier
    send_message(actor, dossier_id, text) -> UUID;  add_note(actor, dossier_id, text) -> UUID
    rate(actor, dossier_id, stars, *, text="")
    my_dossiers(actor, *, open_only=False, limit=100) -> list[DossierRow]
    dossier_view(actor, dossier_id, *, purpose="processing") -> DossierView
    track(code) -> Track
    read_record(actor, dossier_id, ask, *, as_of=None) -> registers.Record | None
    queue(actor, which="mine", *, filters=QueueFilters(), after="", limit=50) -> QueuePage
        # which: "mine" | "unit" | "unassigned" | "late" | "waiting"
    queue_counts(actor) -> QueueCounts
    colleagues(actor, task_id=None) -> list[(account id, name, Text post title)]
    team_report(actor) -> TeamReport
    papers_asked_in_spite(body_id=None, since=None) -> tuple[AskedInSpite, ...]
    control_sheet(actor, dossier_id) -> tuple[ControlLine, ...]
    register(actor, *, since, until, limit=500) -> tuple[RegisterLine, ...]
    preview_slip(actor, dossier_id, verb, params) -> PDF bytes
    preview_result(actor, dossier_id) -> PDF bytes        # the draft to agree to
    control_sheet_pdf(actor, dossier_id), register_pdf(actor, *, since, until) -> PDF bytes
    open_paper(actor, dossier_id, paper_id), open_upload(actor, dossier_id, file_id),
    open_draft_upload(actor, draft_id, file_id) -> documents.OpenedFile
"""

from motcua.dossiers.operations.acting import act_on, assign, bulk_assign, mark_check, take_next
from motcua.dossiers.operations.drafts import (
    attach,
    contest,
    detach,
    discard,
    open_draft,
    save_page,
    set_applicant,
)
from motcua.dossiers.operations.filling import import_rows, save_answers
from motcua.dossiers.operations.opening import (
    control_sheet_pdf,
    dossier_view,
    open_draft_upload,
    open_paper,
    open_upload,
    preview_result,
    preview_slip,
    register_pdf,
)
from motcua.dossiers.operations.submitting import check_draft, submit
from motcua.dossiers.operations.talking import add_note, rate, send_message
from motcua.dossiers.queries.drafts import draft, my_drafts
from motcua.dossiers.queries.extracts import papers_asked_in_spite
from motcua.dossiers.queries.mine import my_dossiers
from motcua.dossiers.queries.queue import colleagues, queue, queue_counts
from motcua.dossiers.queries.reading import read_record
from motcua.dossiers.queries.services import services_of
from motcua.dossiers.queries.sheets import control_sheet, register
from motcua.dossiers.queries.team import team_report
from motcua.dossiers.queries.tracking import track
from motcua.dossiers.rules.known import is_claimed, is_held
from motcua.dossiers.rules.state import CORRECTION, END, HANDOVER, Dossier, Status, Task
from motcua.dossiers.shapes import (
    AskedInSpite,
    BulkResult,
    Change,
    Choice,
    ControlLine,
    DossierRow,
    DossierView,
    DraftRow,
    DraftView,
    Entry,
    ExtractLine,
    ExtractView,
    Failure,
    Holder,
    MessageView,
    OfficerLine,
    PaperLink,
    PublicEvent,
    QueueCounts,
    QueueFilters,
    QueuePage,
    QueueRow,
    RegisterLine,
    TeamReport,
    Track,
    UploadedFile,
)
from motcua.dossiers.surroundings import deciding_body

__all__ = [
    "CORRECTION",
    "END",
    "HANDOVER",
    "AskedInSpite",
    "BulkResult",
    "Change",
    "Choice",
    "ControlLine",
    "Dossier",
    "DossierRow",
    "DossierView",
    "DraftRow",
    "DraftView",
    "Entry",
    "ExtractLine",
    "ExtractView",
    "Failure",
    "Holder",
    "MessageView",
    "OfficerLine",
    "PaperLink",
    "PublicEvent",
    "QueueCounts",
    "QueueFilters",
    "QueuePage",
    "QueueRow",
    "RegisterLine",
    "Status",
    "Task",
    "TeamReport",
    "Track",
    "UploadedFile",
    "act_on",
    "add_note",
    "assign",
    "attach",
    "bulk_assign",
    "check_draft",
    "colleagues",
    "contest",
    "control_sheet",
    "control_sheet_pdf",
    "deciding_body",
    "detach",
    "discard",
    "dossier_view",
    "draft",
    "import_rows",
    "is_claimed",
    "is_held",
    "mark_check",
    "my_dossiers",
    "my_drafts",
    "open_draft",
    "open_draft_upload",
    "open_paper",
    "open_upload",
    "papers_asked_in_spite",
    "preview_result",
    "preview_slip",
    "queue",
    "queue_counts",
    "rate",
    "read_record",
    "register",
    "register_pdf",
    "save_answers",
    "save_page",
    "send_message",
    "services_of",
    "set_applicant",
    "submit",
    "take_next",
    "team_report",
    "track",
]
