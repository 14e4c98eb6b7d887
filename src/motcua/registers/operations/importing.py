"""Files of facts on their way into a register: batch by batch, resumable, never doubled.

A batch is one transaction with the place that was reached: killed in the middle, it has not been.
Faulty rows are kept by their number with the reason, and the good ones are written.
"""

import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import tables
from motcua.registers.declared import register
from motcua.registers.models import ImportFault, ImportRun
from motcua.registers.operations import import_batch
from motcua.registers.operations.checking import kind_of
from motcua.registers.operations.keeping import require_keeper
from motcua.registers.rules.declaration import FactKind, Register
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.importing import Layout

BATCH = 1000
JOB = "registers.import"
BATCHES_PER_JOB = 60  # well within the lease of a job; then another one goes on
UNDER_WAY = ("waiting", "running")


def start_import(
    actor: Actor, *, register: str, fact: str, file: Any, name: str, ground: str = ""
) -> UUID:
    """Take a file in and begin; the run's identifier. The same file again is the same run.

    `file` is an upload, an open binary file or a path; CSV in UTF-8 or XLSX whose first row names
    the columns. Only for keepers of the register. Act "registers.import-started". Refusals before
    anything is written: identity.not-allowed, registers.no-such-register, .unknown-fact,
    .import-empty, .import-format, .import-encoding, .import-broken, .import-too-large,
    .import-columns, .import-unknown-columns, .import-sealed, .import-by-dossier.
    """
    declared, kind = _target(actor, register, fact)
    path, digest = _store(file)
    known = ImportRun.objects.filter(register=register, fact=fact, digest=digest).first()
    if known is not None:
        if known.state in ("stopped", "failed"):
            resume_import(actor, known.id)
        return known.id
    form = tables.format_of(path)
    Layout(declared, kind, tables.header(path, form))
    with transaction.atomic():
        run = ImportRun(
            id=new_id(),
            register=register,
            fact=fact,
            file_name=Path(name).name[:200],
            digest=digest,
            path=str(path.relative_to(settings.MOTCUA_FILES)),
            format=form,
            account_id=actor.account_id,
            body_id=actor.body_id,
            ground=ground.strip(),
            started_at=clock.now(),
        )
        try:
            with transaction.atomic():
                run.save(force_insert=True)
        except IntegrityError:  # somebody else brought the same file at this moment
            return ImportRun.objects.get(register=register, fact=fact, digest=digest).id
        _tell(actor, "registers.import-started", run)
        _go_on(run)
    return run.id


@transaction.atomic
def resume_import(actor: Actor, run_id: UUID) -> None:
    """Go on where it stopped. Refusals: identity.not-allowed, registers.no-such-import,
    .import-ended."""
    run = _locked(actor, run_id)
    if run.state == "done":
        raise Refusal("registers.import-ended")
    run.state, run.why, run.ended_at = "waiting", "", None
    run.account_id, run.body_id = actor.account_id, actor.body_id
    run.save(update_fields=["state", "why", "ended_at", "account_id", "body_id"])
    _tell(actor, "registers.import-resumed", run)
    _go_on(run)


@transaction.atomic
def stop_import(actor: Actor, run_id: UUID) -> None:
    """Stop after the batch that is being written. Refusals: as for `resume_import`."""
    run = _locked(actor, run_id)
    if run.state not in UNDER_WAY:
        raise Refusal("registers.import-ended")
    run.state, run.ended_at = "stopped", clock.now()
    run.save(update_fields=["state", "ended_at"])
    _tell(actor, "registers.import-stopped", run)


def work(run_id: UUID, *, batches: int = BATCHES_PER_JOB) -> bool:
    """Take up to `batches` batches of a run; whether it is still under way afterwards.

    What cannot be read any further fails the run, and what was written before stays.
    """
    for _ in range(batches):
        try:
            if not _batch(run_id):
                return False
        except Refusal as refusal:
            _fail(run_id, refusal)
            return False
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(id=run_id)
        _go_on(run)
    return True


@transaction.atomic
def _batch(run_id: UUID) -> bool:
    """One batch, its faults and the place reached, or nothing of all three."""
    run = ImportRun.objects.select_for_update().filter(id=run_id).first()
    if run is None or run.state not in UNDER_WAY:
        return False
    actor = _actor_of(run)
    declared, kind = _target(actor, run.register, run.fact)
    path = Path(settings.MOTCUA_FILES) / run.path
    if not path.exists():
        raise Refusal("registers.import-broken")
    if not run.rows:  # nothing is written of a file that cannot be read to its end
        run.rows = sum(1 for _ in tables.rows(path, run.format))
    layout = Layout(declared, kind, tables.header(path, run.format))
    came = tables.rows(path, run.format, done=run.done, offset=run.offset)
    taken = list(islice(came, BATCH))
    outcome = import_batch.write(actor, layout, [(row, cells) for row, cells, _ in taken])
    ImportFault.objects.bulk_create(
        [
            ImportFault(
                run_id=run.id, row=one.row, field=one.field, code=one.code, params=one.params
            )
            for one in outcome.faults
        ],
        ignore_conflicts=True,
    )
    if taken:
        run.done, run.offset = taken[-1][0] - 1, taken[-1][2]
    run.written += outcome.written
    run.same += outcome.same
    run.faulty += len(outcome.faults)
    run.state = "running"
    ended = len(taken) < BATCH
    if ended:
        _finish(actor, run, path)
    run.save()
    return not ended


def _finish(actor: Actor, run: ImportRun, path: Path) -> None:
    run.state, run.ended_at, run.rows = "done", clock.now(), run.done
    _tell(actor, "registers.import-done", run)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))  # it is full of personal data


@transaction.atomic
def _fail(run_id: UUID, refusal: Refusal) -> None:
    ImportRun.objects.filter(id=run_id, state__in=UNDER_WAY).update(
        state="failed", why=refusal.code, ended_at=clock.now()
    )


def _go_on(run: ImportRun) -> None:
    """Ask for the next batches. Jobs of one run wait for each other at its row."""
    jobs.enqueue(JOB, {"run": str(run.id)}, key=f"{run.id}:{run.done}:{new_id()}")


def _target(actor: Actor, name: str, fact: str) -> tuple[Register, FactKind]:
    declared = register(name)
    require_keeper(actor, declared)
    kind = kind_of(declared, fact)
    if kind.many == "dossier":
        raise Refusal("registers.import-by-dossier")
    return declared, kind


def _actor_of(run: ImportRun) -> Actor:
    """Who started it, with the rights of today."""
    if run.account_id is None:
        return SYSTEM
    account = identity.account(run.account_id)
    posts = identity.current_posts(run.account_id)
    post = next((one for one in posts if one.body_id == run.body_id), None)
    if account is None or post is None:
        raise Refusal("identity.not-allowed", permission="keep-register")
    return identity.actor_of(account, post.id)


def _locked(actor: Actor, run_id: UUID) -> ImportRun:
    run = ImportRun.objects.select_for_update().filter(id=run_id).first()
    if run is None:
        raise Refusal("registers.no-such-import")
    require_keeper(actor, register(run.register))
    return run


def _store(file: Any) -> tuple[Path, str]:
    """Keep the file under its SHA-256, below the folder of files."""
    folder = Path(settings.MOTCUA_FILES) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    coming, digest = folder / f"{new_id()}.coming", hashlib.sha256()
    try:
        with coming.open("xb") as kept:
            for part in _parts(file):
                digest.update(part)
                kept.write(part)
        path = folder / digest.hexdigest()
        coming.replace(path)
    finally:
        coming.unlink(missing_ok=True)
    return path, digest.hexdigest()


def _parts(file: Any) -> Iterator[bytes]:
    if isinstance(file, str | Path):
        with Path(file).open("rb") as opened:
            yield from _parts(opened)
    elif hasattr(file, "chunks"):
        yield from file.chunks()
    else:
        while part := file.read(1 << 20):
            yield part


def _tell(actor: Actor, verb: str, run: ImportRun) -> None:
    acts.record(
        actor,
        verb,
        object=("import", run.id),
        purpose="duty/keep-register",
        basis=run.ground,
        detail={
            "register": run.register,
            "record": record_id(run.register, ""),
            "fact": run.fact,
            "digest": run.digest,
            "written": run.written,
            "same": run.same,
            "faulty": run.faulty,
        },
    )
