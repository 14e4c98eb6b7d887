"""Loading a pack: everything or nothing, a new version only for what changed."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from motcua.acts.api import record
from motcua.catalogue import queries
from motcua.catalogue.checks import check
from motcua.catalogue.models import PackLoad, ProcedureVersion, SearchEntry
from motcua.catalogue.packs import Pack, digest_of
from motcua.catalogue.rules.difference import Change, diff_versions
from motcua.catalogue.rules.findings import Findings, errors
from motcua.catalogue.rules.procedure import Procedure
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import fold


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a load did: keys of new versions with what changed, and services no longer offered."""

    added: tuple[str, ...] = ()
    changed: dict[str, tuple[Change, ...]] = {}
    withdrawn: tuple[str, ...] = ()
    warnings: Findings = ()

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.withdrawn)


def check_pack(path: Path | str) -> Findings:
    """Everything to say about the pack in a folder; raises Refusal if there is no pack."""
    return check(_pack_at(path))


def _pack_at(path: Path | str) -> Pack:
    if not (Path(path) / "pack.yaml").is_file():
        raise Refusal("catalogue.no-such-pack", path=str(path))
    return Pack(path)


def load_pack(path: Path | str, actor: Actor = SYSTEM) -> Loaded:
    """Make the services of a folder the ones in force. One error, and nothing changes."""
    pack = _pack_at(path)
    findings = check(pack)
    faults = errors(findings)
    if faults:
        raise Refusal("catalogue.pack-faulty", count=len(faults), first=str(faults[0]))
    with transaction.atomic():
        loaded = _load(actor, pack)
    queries.forget()
    return msgspec.structs.replace(
        loaded, warnings=tuple(f for f in findings if f.level == "warning")
    )


def _load(actor: Actor, pack: Pack) -> Loaded:
    sources = {p.service: (f.source, p) for f, p in pack.compiled()}
    before = {
        row.service: row
        for row in ProcedureVersion.objects.select_for_update().filter(is_current=True)
    }
    last = PackLoad.objects.order_by("loaded_at").last()
    digest = _digest(pack, [p for _, p in sources.values()])
    if last is not None and last.digest == digest:
        return Loaded()
    load = PackLoad.objects.create(
        loaded_by=actor.label or "pack", digest=digest, country=_ordered(pack.country)
    )
    loaded = Loaded(withdrawn=tuple(sorted(set(before) - set(sources))))
    for service, (source, procedure) in sources.items():
        loaded = _store(load, before.get(service), source, procedure=procedure, loaded=loaded)
    ProcedureVersion.objects.filter(service__in=loaded.withdrawn, is_current=True).update(
        is_current=False
    )
    _index([p for _, p in sources.values()])
    record(actor, "pack.loaded", object=("pack-load", load.id), detail=_summary(loaded))
    return loaded


def _store(
    load: PackLoad,
    before: ProcedureVersion | None,
    source: str,
    *,
    procedure: Procedure,
    loaded: Loaded,
) -> Loaded:
    digest = digest_of(procedure)
    if before is not None and before.digest == digest:
        return loaded
    version = _next_version(procedure.service)
    new = msgspec.structs.replace(procedure, key=f"{procedure.service}@{version}")
    ProcedureVersion.objects.filter(service=procedure.service, is_current=True).update(
        is_current=False
    )
    ProcedureVersion.objects.create(
        load=load,
        service=new.service,
        version=version,
        digest=digest,
        compiled=msgspec.to_builtins(new),
        source=source,
        valid_from=new.since,
        valid_until=new.until,
    )
    if before is None:
        return msgspec.structs.replace(loaded, added=(*loaded.added, new.key))
    changes = diff_versions(queries.compiled(before), new)
    return msgspec.structs.replace(loaded, changed={**loaded.changed, new.key: changes})


def _next_version(service: str) -> int:
    rows = ProcedureVersion.objects.filter(service=service)
    return (rows.order_by("-version").values_list("version", flat=True).first() or 0) + 1


def _index(procedures: list[Procedure]) -> None:
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(
        SearchEntry(
            service=procedure.service,
            language=language,
            title=title,
            summary=procedure.summary.get(language, ""),
            life_event=procedure.life_event,
            audience=list(procedure.audience),
            title_key=fold(title),
            keywords_key=fold(f"{procedure.keywords.get(language, '')} {procedure.code}"),
            summary_key=fold(procedure.summary.get(language, "")),
        )
        for procedure in procedures
        for language, title in procedure.title.items()
    )


def _ordered(country: dict[str, Any]) -> dict[str, Any]:
    """The country with the order of its lists written down: jsonb does not keep that of keys."""
    lists = {name: list(value) for name, value in country.items() if isinstance(value, dict)}
    return country | {"order": lists}


def _digest(pack: Pack, procedures: list[Procedure]) -> str:
    parts = sorted(f"{p.service}:{digest_of(p)}" for p in procedures)
    country = msgspec.json.encode(pack.country, order="deterministic").decode()
    return hashlib.sha256("\n".join([country, *parts]).encode()).hexdigest()


def _summary(loaded: Loaded) -> dict[str, object]:
    changed = {key: [str(change) for change in changes] for key, changes in loaded.changed.items()}
    return {"added": list(loaded.added), "changed": changed, "withdrawn": list(loaded.withdrawn)}
