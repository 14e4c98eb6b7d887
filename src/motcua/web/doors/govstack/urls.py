"""/govstack/...: names as the description writes them, and as its public tests do."""

from django.urls import path, re_path

from motcua.web.doors.govstack import usage, views

_DATA = r"^data/(?P<register>[A-Za-z0-9-]{1,60})/(?P<version>[0-9.]{1,12})"

urlpatterns = [
    re_path(r"^data/[mM]y[pP]ersonalDataUsage(?:/1\.0)?$", usage.my_data, name="govstack-usage"),
    path("databases", usage.databases, name="govstack-databases"),
    path("database/modify", usage.modify, name="govstack-modify"),
    path("database/<str:number>", usage.database, name="govstack-database"),
    re_path(rf"{_DATA}/?$", views.listing, name="govstack-list"),
    re_path(rf"{_DATA}/create$", views.create, name="govstack-create"),
    re_path(rf"{_DATA}/exists$", views.exists, name="govstack-exists"),
    re_path(rf"{_DATA}/read$", views.read, name="govstack-read"),
    re_path(rf"{_DATA}/update$", views.update, name="govstack-update"),
    re_path(rf"{_DATA}/update(?:-entries|Entries)$", views.update_entries, name="govstack-entries"),
    re_path(
        rf"{_DATA}/update(?:-or-create|OrCreate)$", views.update_or_create, name="govstack-upsert"
    ),
    re_path(rf"{_DATA}/(?P<key>[^/]{{1,100}})/delete$", views.delete, name="govstack-delete"),
    re_path(
        rf"{_DATA}/(?P<record>[0-9a-f-]{{36}})/read(?:-value|Value)"
        r"/(?P<field>[A-Za-z0-9_.-]{1,80})\.(?P<ext>[a-z]{1,8})$",
        views.read_value,
        name="govstack-value",
    ),
]
