"""The doors: /dci/ (registry standard) and /govstack/ (digital registries)."""

from django.urls import include, path, re_path

from motcua.web.api.middleware import nothing_here

urlpatterns = [
    path("dci/", include("motcua.web.doors.dci.urls")),
    path("govstack/", include("motcua.web.doors.govstack.urls")),
    re_path(r"^(?:dci|govstack)/", nothing_here),
]
