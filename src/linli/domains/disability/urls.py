"""Routes of the two subsidies of disabled persons."""

from django.urls import path

from linli.domains.disability import views

app_name = "disability"
urlpatterns = [
    path("claims/", views.claims, name="claims"),
    path("claims/new/", views.find, name="find"),
    path("claims/new/<int:person_id>/", views.apply_for, name="apply_for"),
    path("claims/of/<int:person_id>/", views.claim_of, name="claim_of"),
    path("claims/<int:claim_id>/", views.claim, name="claim"),
    path("claims/<int:claim_id>/care/", views.care, name="care"),
    path("claims/<int:claim_id>/end/", views.end, name="end"),
]
