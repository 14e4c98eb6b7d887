"""The addresses of the registers: opaque keys and identifiers, never a number or a name."""

from django.urls import path

from motcua.web.desk import (
    closures,
    disputes,
    emergencies,
    imports,
    merging,
    people,
    records,
    records_keeping,
    records_overview,
    watching,
)

ONE, RUN = "look/<slug:look>", "files/<uuid:run_id>"
VERSION = f"{ONE}/<uuid:version>"

urlpatterns = [
    path("", records_overview.overview, name="registers"),
    path("find", people.find, name="registers-find"),
    path("found/<slug:look>", people.found, name="registers-found"),
    path("found/<slug:look>/open", people.open_found, name="registers-open"),
    path("finished", records.forget, name="registers-forget"),
    path(ONE, records.record, name="registers-record"),
    path(f"{ONE}/history", records.history, name="registers-history"),
    path(f"{ONE}/holder", records.holder, name="registers-holder"),
    path(f"{VERSION}/correct", records_keeping.correct, name="registers-correct"),
    path(f"{VERSION}/end", records_keeping.end, name="registers-end"),
    path("disputes/", disputes.disputes, name="registers-disputes"),
    path("disputes/<uuid:dispute_id>", disputes.dispute, name="registers-dispute"),
    path("disputes/<uuid:dispute_id>/open", disputes.open_disputed, name="registers-dispute-open"),
    path("duplicates/", merging.duplicates, name="registers-duplicates"),
    path("duplicates/compare", merging.compare, name="registers-compare"),
    path("duplicates/pair/<slug:look>", merging.pair, name="registers-pair"),
    path("duplicates/decided", merging.merges, name="registers-merges"),
    path("duplicates/decided/<uuid:merge_id>", merging.decide, name="registers-merge"),
    path("files/", imports.imports, name="registers-imports"),
    path("files/export", imports.export, name="registers-export"),
    path(RUN, imports.run, name="registers-import"),
    path(f"{RUN}/progress", imports.progress, name="registers-import-progress"),
    path(f"{RUN}/change", imports.change, name="registers-import-change"),
    path(f"{RUN}/faults.csv", imports.faults, name="registers-import-faults"),
    path("emergencies/", emergencies.emergencies, name="registers-emergencies"),
    path("emergencies/open", emergencies.break_glass, name="registers-break"),
    path("emergencies/<uuid:emergency_id>", emergencies.review, name="registers-review"),
    path("unusual/", watching.unusual, name="registers-unusual"),
    path("unusual/<uuid:act_id>", watching.settle, name="registers-settle"),
    path("closure/<slug:register>", closures.closure, name="registers-closure"),
]
