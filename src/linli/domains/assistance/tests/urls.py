"""Routes of imports."""

from django.urls import path

from linli.kernel.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("new/<str:key>/", views.new, name="new"),
    path("templates/<str:key>/", views.template, name="template"),
    path("<int:run_id>/", views.run, name="run"),
    path("<int:run_id>/progress/", views.progress, name="progress"),
    path("<int:run_id>/confirm/", views.confirm, name="confirm"),
    path("<int:run_id>/discard/", views.discard, name="discard"),
    path("<int:run_id>/take-back/", views.take_back, name="take_back"),
    path("<int:run_id>/return/", views.return_file, name="return_file"),
]
