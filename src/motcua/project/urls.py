"""Which door leads to which room."""

from django.urls import include, path

urlpatterns = [
    path("", include("motcua.web.shell.urls")),
    path("", include("motcua.web.public.urls")),
    path("account/", include("allauth.urls")),
    path("pay/", include("motcua.web.paying.urls")),
    path("my/", include("motcua.web.portal.urls")),
    path("desk/", include("motcua.web.desk.urls")),
    path("aj/", include("motcua.web.tracker.urls")),
    path("api/", include("motcua.web.api.urls")),
    path("", include("motcua.web.doors.urls")),
]

handler400 = "motcua.web.shell.errors.bad_request"
handler403 = "motcua.web.shell.errors.permission_denied"
handler404 = "motcua.web.shell.errors.not_found"
handler429 = "motcua.web.shell.errors.too_many_requests"  # asked for by django-allauth
handler500 = "motcua.web.shell.errors.server_error"
