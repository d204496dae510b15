"""Routes of medical assistance."""

from django.urls import path

from linli.domains.medical import views

app_name = "medical"
urlpatterns = [
    path("bills/", views.bills, name="bills"),
    path("bills/new/", views.find, name="find"),
    path("bills/new/<int:person_id>/", views.settle, name="settle"),
    path("bills/<int:bill_id>/", views.bill, name="bill"),
    path("bills/<int:bill_id>/cancel/", views.cancel, name="cancel"),
    path("funding/", views.funding, name="funding"),
    path("hospitals/", views.hospitals, name="hospitals"),
    path("hospitals/new/", views.designate, name="designate"),
    path("hospitals/<int:hospital_id>/end/", views.end, name="end"),
    path("hospitals/<int:hospital_id>/state/", views.state, name="state"),
    path("statements/<int:statement_id>/pay/", views.pay, name="pay"),
    path("statements/<int:statement_id>/", views.statement, name="statement"),
]
