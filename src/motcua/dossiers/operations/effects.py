"""What follows a decision, in its own transaction: acts, papers, facts, and words to people."""

from collections.abc import Callable, Mapping
from uuid import UUID

from motcua.acts import api as acts
from motcua.catalogue.rules.procedure import Procedure
from motcua.documents import api as documents
from motcua.dossiers import access, outcome, paper_data
from motcua.dossiers.models import DossierPaper
from motcua.dossiers.operations import billing, extracting
from motcua.dossiers.operations.telling import tell
from motcua.dossiers.rules.state import Decided, Dossier, Effect
from motcua.kernel import clock
from motcua.kernel.actors import Actor

SEALED = "dossiers.sealed"  # the job that continues the dossier when the result has its seal


def follow(actor: Actor, procedure: Procedure, decided: Decided) -> None:
    """Record the acts of a decision and cause its effects."""
    record_acts(actor, decided)
    for effect in decided.effects:
        _EFFECTS[effect.kind](actor, procedure, decided.dossier, effect=effect)


def record_acts(actor: Actor, decided: Decided) -> None:
    """One INSERT for all acts of the decision."""
    dossier = decided.dossier
    if not decided.acts:
        return
    acts.record_many(
        actor,
        [
            acts.ActDraft(
                verb=done.verb,
                object=("dossier", dossier.id),
                dossier_id=dossier.id,
                subjects=access.subjects_of(dossier),
                basis=done.basis,
                detail=done.detail,
                body_id=dossier.body_id if actor.kind == "system" else None,
            )
            for done in decided.acts
        ],
    )


def _slip(actor: Actor, procedure: Procedure, dossier: Dossier, *, effect: Effect) -> None:
    form = str(effect.params["form"])
    body_id = actor.body_id or dossier.desk_id
    data = paper_data.slip(procedure, dossier, form, actor=actor, params=effect.params)
    paper_id = documents.issue_paper(
        actor,
        template=f"slip-{form}",
        data=data,
        body_id=body_id,
        object=("dossier", dossier.id),
        dossier_id=dossier.id,
        sign=True,
        language=paper_data.language_of(dossier),
    )
    _keep(dossier, "slip", form=form, paper_id=paper_id)


def _issue(actor: Actor, procedure: Procedure, dossier: Dossier, *, effect: Effect) -> None:
    if effect.kind == "issue":
        outcome.write_facts(actor, procedure, dossier)
    earlier = _last_outcome(dossier.id) if effect.kind == "reissue" else None
    paper_id = documents.issue_paper(
        actor,
        template=procedure.outcome.issue,
        data=paper_data.result(procedure, dossier, actor=actor),
        body_id=dossier.body_id,
        object=("dossier", dossier.id),
        dossier_id=dossier.id,
        series=procedure.outcome.document_type,
        sign=True,
        language=paper_data.language_of(dossier),
        then=SEALED,
        replaces=earlier,
    )
    _keep(dossier, "outcome", form=procedure.outcome.issue, paper_id=paper_id)


def _notify(actor: Actor, procedure: Procedure, dossier: Dossier, *, effect: Effect) -> None:
    tell(actor, procedure, dossier, notice=effect.params)


def _report(actor: Actor, procedure: Procedure, dossier: Dossier, *, effect: Effect) -> None:
    about = str(effect.params["about"])
    tell(actor, procedure, dossier, notice={**effect.params, "template": about, "to": "head"})


def _keep(dossier: Dossier, kind: str, *, form: str, paper_id: UUID) -> None:
    DossierPaper.objects.bulk_create(
        [
            DossierPaper(
                dossier_id=dossier.id, kind=kind, form=form, paper_id=paper_id, at=clock.now()
            )
        ]
    )


def _last_outcome(dossier_id: UUID) -> UUID | None:
    rows = DossierPaper.objects.filter(dossier_id=dossier_id, kind="outcome").order_by("-at", "-id")
    return rows.values_list("paper_id", flat=True).first()


def _in_spite(actor: Actor, _procedure: Procedure, dossier: Dossier, *, effect: Effect) -> None:
    extracting.note_asked(actor, dossier, effect)


_EFFECTS: Mapping[str, Callable[..., None]] = {
    "ask-in-spite": _in_spite,
    "slip": _slip,
    "issue": _issue,
    "reissue": _issue,
    "notify": _notify,
    "report": _report,
    "bill": billing.ask,
    "cancel-bill": billing.cancel,
    "refund": billing.give_back,
}
