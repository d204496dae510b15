"""Routes of entitlements and monthly runs."""

from django.urls import path

from linli.kernel.entitlements import views

app_name = "entitlements"
urlpatterns = [
    path("entitlements/", views.entitlements, name="entitlements"),
    path("entitlements/<int:entitlement_id>/", views.entitlement, name="entitlement"),
    path("entitlements/<int:entitlement_id>/suspend/", views.suspend, name="suspend"),
    path("entitlements/<int:entitlement_id>/resume/", views.resume, name="resume"),
    path("entitlements/<int:entitlement_id>/end/", views.end, name="end"),
    path("entitlements/<int:entitlement_id>/ask-back/", views.ask_back, name="ask_back"),
    path("entitlements/overpaid/", views.overpaid, name="overpaid"),
    path("entitlements/programmes/", views.programmes, name="programmes"),
    path("entitlements/programmes/<slug:key>/", views.programme, name="programme"),
    path("entitlements/programmes/<slug:key>/funding/", views.new_funding, name="new_funding"),
    path("entitlements/runs/", views.runs, name="runs"),
    path("entitlements/runs/new/", views.new_run, name="new_run"),
    path("entitlements/runs/<int:run_id>/", views.run, name="run"),
    path("entitlements/runs/<int:run_id>/progress/", views.progress, name="progress"),
    path("entitlements/runs/<int:run_id>/confirm/", views.confirm, name="confirm"),
    path("entitlements/runs/<int:run_id>/order/", views.order, name="order"),
    path("entitlements/runs/<int:run_id>/redraft/", views.redraft, name="redraft"),
    path("entitlements/runs/<int:run_id>/discard/", views.discard, name="discard"),
    path("entitlements/runs/<int:run_id>/sheet/", views.sheet, name="sheet"),
]
