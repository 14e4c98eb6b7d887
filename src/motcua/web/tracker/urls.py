"""The three services of the protocol."""

from django.urls import path

from motcua.web.tracker import views

app_name = "tracker"
urlpatterns = [
    path("v2/findUsage", views.find_usage, name="find-usage"),
    path("v2/usagePeriod", views.usage_period, name="usage-period"),
    path("v2/heartbeat", views.heartbeat, name="heartbeat"),
]
