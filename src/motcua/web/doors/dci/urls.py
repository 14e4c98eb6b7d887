"""/dci/<registry>/registry/...: the paths of the standard below the address of each registry."""

from django.urls import path, re_path

from motcua.web.doors.dci import views

_HERE = r"^(?P<service>crvs|sr)/registry"
_LATER = {"search": "search", "subscribe": "subscribe", "unsubscribe": "unsubscribe"}

urlpatterns = [
    path(".well-known/jwks.json", views.keys, name="dci-keys"),
    *(
        re_path(rf"{_HERE}/{word}$", views.later, {"action": action}, name=f"dci-{action}")
        for word, action in _LATER.items()
    ),
    re_path(rf"{_HERE}/txn/status$", views.later, {"action": "txn-status"}, name="dci-status"),
    re_path(rf"{_HERE}/sync/search$", views.sync, {"action": "search"}, name="dci-sync-search"),
    re_path(
        rf"{_HERE}/sync/txn/status$", views.sync, {"action": "txn-status"}, name="dci-sync-status"
    ),
]
