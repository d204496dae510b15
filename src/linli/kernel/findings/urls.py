"""Routes of proactive discovery."""

from django.urls import path

from linli.kernel.findings import views

app_name = "findings"
urlpatterns = [
    path("", views.listed, name="list"),
    path("look/", views.look, name="look"),
    path("<int:finding_id>/", views.finding, name="finding"),
]
