"""/api/ documents, /api/v1/ answers."""

from django.urls import path, re_path

from motcua.web.api import pages
from motcua.web.api.interface import api
from motcua.web.api.middleware import nothing_here
from motcua.web.api.routes.registers import read_straight

urlpatterns = [
    path("", pages.index, name="api-documentation"),
    path("problems/", pages.problems, name="api-problems"),
    path("v1/registers/<slug:name>/read", read_straight),
    path("v1/", api.urls),
    re_path(r"^v1/", nothing_here),
]
