"""Addresses of a signed-in person: applications, dossiers, notices, own details."""

from django.urls import path

from motcua.web.portal import (
    access_log,
    account,
    applications,
    asking,
    conflicts,
    evidence,
    folder,
    forms,
    my_data,
    payments,
    sending,
    starting,
    tables,
    turns,
)

app_name = "portal"
DRAFT = "applications/<uuid:draft_id>/"
DOSSIER = "dossiers/<uuid:dossier_id>/"
urlpatterns = [
    path("", folder.mine, name="dossiers"),
    path("apply/<slug:service>/", starting.apply, name="apply"),
    path(DRAFT, starting.overview, name="draft"),
    path(DRAFT + "discard", starting.discard, name="discard"),
    path(DRAFT + "pages/<slug:page>", forms.page, name="page"),
    path(DRAFT + "pages/<slug:page>/autosave", forms.autosave, name="autosave"),
    path(DRAFT + "pages/<slug:page>/choose", conflicts.choose, name="choose"),
    path(DRAFT + "pages/<slug:page>/<str:field>.csv", tables.template, name="table-template"),
    path(DRAFT + "pages/<slug:page>/<str:field>/rows", tables.take, name="table-rows"),
    path(DRAFT + "papers", evidence.papers, name="papers"),
    path(DRAFT + "papers/<uuid:file_id>", evidence.file, name="draft-file"),
    path(DRAFT + "check", sending.check, name="check"),
    path(DOSSIER, folder.dossier, name="dossier"),
    path(DOSSIER + "sent", sending.sent, name="sent"),
    path(DOSSIER + "supplement", turns.supplement, name="supplement"),
    path(DOSSIER + "draft", turns.confirm_draft, name="confirm-draft"),
    path(DOSSIER + "draft.pdf", folder.draft_pdf, name="draft-pdf"),
    path(DOSSIER + "withdraw", asking.withdraw, name="withdraw"),
    path(DOSSIER + "correction", asking.correction, name="correction"),
    path(DOSSIER + "papers/<uuid:paper_id>", folder.paper, name="paper"),
    path(DOSSIER + "files/<uuid:file_id>", folder.file, name="file"),
    path("data/", my_data.my_data, name="my-data"),
    path("data/wrong", my_data.wrong, name="my-data-wrong"),
    path("data/copy", my_data.copy, name="my-data-copy"),
    path("data/rights", my_data.rights, name="my-data-rights"),
    path("data/consent", my_data.consent, name="my-data-consent"),
    path("data/access", access_log.access_log, name="access-log"),
    path("data/access/<uuid:act_id>/ask", access_log.ask, name="access-ask"),
    path("payments", payments.mine, name="payments"),
    path("applications/", applications.applications, name="applications"),
    path(
        "applications/software/<uuid:application_id>/",
        applications.application,
        name="application",
    ),
    path("notices", account.notices, name="notices"),
    path("profile", account.profile, name="profile"),
    path("acting-for", account.acting_for, name="acting-for"),
]
