"""Addresses that anybody may open, without an account."""

from django.urls import path

from motcua.web.public import finding, pages, tracking, verifying

app_name = "public"
urlpatterns = [
    path("", finding.home, name="home"),
    path("services", finding.services, name="services"),
    path("services/<slug:service>/", finding.service, name="service"),
    path("services/<slug:service>/form", finding.blank_form, name="blank-form"),
    path("track", tracking.track, name="track"),
    path("verify", verifying.verify, name="verify"),
    path("verify/<str:code>", verifying.verify_code, name="verify-code"),
    path("help", pages.guide, name="help"),
    path("help/accessibility", pages.accessibility, name="accessibility"),
    path("help/your-data", pages.privacy, name="privacy"),
    path("robots.txt", pages.robots, name="robots"),
    path("livez", pages.livez, name="livez"),
    path("readyz", pages.readyz, name="readyz"),
]
