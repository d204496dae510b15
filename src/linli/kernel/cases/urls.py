"""Routes of cases."""

from django.urls import path

from linli.kernel.cases import views

app_name = "cases"
urlpatterns = [
    path("all/", views.case_list, name="list"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/done/", views.done, name="done"),
    path("tasks/delegate/", views.delegate, name="delegate"),
    path("tasks/pass/", views.batch, name="batch"),
    path("<int:case_id>/", views.case, name="case"),
    path("<int:case_id>/form/", views.form, name="form"),
    path("<int:case_id>/notice/<int:number>/", views.notice, name="notice"),
    path("<int:case_id>/decision/<int:number>/", views.decision, name="decision"),
]
