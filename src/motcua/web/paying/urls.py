"""Paying without an account: bills by their code, debts by their numbers, the gateway's calls."""

from django.urls import path

from motcua.web.paying import bills, gateways, owing

app_name = "paying"
urlpatterns = [
    path("find/<slug:service>/", owing.find, name="find"),
    path("find/<slug:service>/bill", owing.make_bill, name="make-bill"),
    path("return/<slug:gateway>/", gateways.come_back, name="return"),
    path("notice/<slug:gateway>/", gateways.notice, name="notice"),
    path("<str:code>/", bills.bill, name="bill"),
    path("<str:code>/start", bills.start, name="start"),
    path("<str:code>/receipts/<uuid:receipt_id>", bills.receipt, name="receipt"),
]
