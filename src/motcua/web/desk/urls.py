"""The officers' desk."""

from django.urls import include, path

from motcua.web.desk import (
    acting,
    applications,
    assigning,
    counter,
    dossiers,
    files,
    filing,
    money,
    posts,
    queues,
    records_urls,
    talking,
    team,
    treasury,
    webhooks,
)

app_name = "desk"
ONE = "d/<uuid:dossier_id>/"

urlpatterns = [
    path("", queues.queue, name="queue"),
    path("next", queues.take_next, name="next"),
    path("assign", assigning.assign, name="assign"),
    path("post", posts.posts, name="posts"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<uuid:application_id>/", applications.application, name="application"),
    path("registers/", include(records_urls.urlpatterns)),
    path("team", team.team, name="team"),
    path("register", team.register, name="register"),
    path("register.pdf", team.register_pdf, name="register-pdf"),
    path("counter", counter.counter, name="counter"),
    path("counter/verify", counter.verify, name="verify"),
    path("counter/<uuid:draft_id>", filing.draft, name="draft"),
    path("counter/<uuid:draft_id>/file/<uuid:file_id>", filing.file, name="draft-file"),
    path("bills/<uuid:bill_id>", money.bill, name="bill"),
    path("bills/<str:bill_code>/receipts/<uuid:receipt_id>", money.receipt, name="receipt"),
    path("treasury", treasury.treasury, name="treasury"),
    path("treasury/takings", treasury.takings, name="takings"),
    path("treasury/debts", treasury.debts, name="debts"),
    path("treasury/refunds/<uuid:refund_id>", treasury.refund, name="refund"),
    path("treasury/suspense/<uuid:item_id>", treasury.suspense, name="suspense"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<uuid:endpoint_id>/", webhooks.webhook, name="webhook"),
    path("webhooks/<uuid:endpoint_id>/<slug:verb>", webhooks.change, name="webhook-change"),
    path("treasury/differences/<uuid:difference_id>", treasury.difference, name="difference"),
    path(ONE, dossiers.dossier, name="dossier"),
    path(f"{ONE}filed", filing.filed, name="filed"),
    path(f"{ONE}do/<slug:verb>", acting.act, name="act"),
    path(f"{ONE}check", talking.check, name="check"),
    path(f"{ONE}message", talking.message, name="message"),
    path(f"{ONE}note", talking.note, name="note"),
    path(f"{ONE}file/<uuid:file_id>", files.upload, name="file"),
    path(f"{ONE}paper/<uuid:paper_id>", files.paper, name="paper"),
    path(f"{ONE}draft.pdf", files.draft, name="draft-pdf"),
    path(f"{ONE}control-sheet.pdf", files.control_sheet, name="control-sheet"),
]
