"""Routes of medical help."""

from django.urls import path

from linli.domains.treatment import views

app_name = "treatment"
urlpatterns = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/new/", views.new_round, name="new_round"),
    path("rounds/<int:round_id>/", views.round, name="round"),
    path("rounds/<int:round_id>/close/", views.close, name="close"),
    path("patients/", views.patients, name="patients"),
    path("patients/new/", views.find, name="find"),
    path("patients/new/<int:person_id>/", views.recommend, name="recommend"),
    path("patients/<int:patient_id>/", views.patient, name="patient"),
    path("patients/<int:patient_id>/diagnosis/", views.confirm, name="confirm"),
    path("patients/<int:patient_id>/bill/", views.bill, name="bill"),
    path("patients/<int:patient_id>/withdraw/", views.withdraw, name="withdraw"),
]
