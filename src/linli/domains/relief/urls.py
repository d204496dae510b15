"""Routes of relief."""

from django.urls import path

from linli.domains.relief import views

app_name = "relief"
urlpatterns = [
    path("requests/", views.requests, name="requests"),
    path("requests/new/", views.find, name="find"),
    path("requests/new/<int:person_id>/", views.apply_for, name="apply_for"),
    path("requests/<int:request_id>/", views.request, name="request"),
    path("requests/<int:request_id>/more/", views.supplement, name="supplement"),
    path("requests/<int:request_id>/survey/", views.survey, name="survey"),
    path("requests/<int:request_id>/pay/", views.pay, name="pay"),
    path("requests/<int:request_id>/goods/", views.give, name="give"),
    path("requests/<int:request_id>/claim-back/", views.claim_back, name="claim_back"),
    path("payments/", views.payments, name="payments"),
    path("postings/", views.postings, name="postings"),
    path("postings/pass/", views.pass_on, name="pass_on"),
    path("postings/<str:area>/", views.draft, name="draft"),
    path("goods/", views.consignments, name="consignments"),
    path("goods/new/", views.share, name="share"),
]
