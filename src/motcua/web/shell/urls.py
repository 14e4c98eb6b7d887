"""The shell's addresses."""

from django.urls import path

from motcua.web.shell import views

app_name = "shell"
urlpatterns = [
    path("language", views.language, name="language"),
    path("preferences", views.preferences, name="preferences"),
    path("areas", views.communes, name="areas"),
    path("design/", views.design, name="design"),
    path("design/desk", views.desk_design, name="design-desk"),
    path("design/confirm", views.confirm_design, name="design-confirm"),
    path("design/paper", views.paper_design, name="design-paper"),
]
