"""Routes of charity medical cards."""

from django.urls import path

from linli.domains.concession import views

app_name = "concession"
urlpatterns = [
    path("cards/", views.cards, name="cards"),
    path("cards/without/", views.without, name="without"),
    path("cards/review/", views.review, name="review"),
    path("cards/new/", views.find, name="find"),
    path("cards/new/<int:person_id>/", views.issue, name="issue"),
    path("cards/<int:card_id>/", views.card, name="card"),
    path("cards/<int:card_id>/replace/", views.replace, name="replace"),
    path("cards/<int:card_id>/end/", views.end, name="end"),
    path("cards/<int:card_id>/visits/new/", views.enter, name="enter"),
    path("visits/", views.visits, name="visits"),
    path("visits/<int:visit_id>/", views.visit, name="visit"),
    path("visits/<int:visit_id>/cancel/", views.cancel, name="cancel"),
    path("hospitals/", views.hospitals, name="hospitals"),
    path("hospitals/new/", views.agree, name="agree"),
    path("hospitals/publish/", views.publish, name="publish"),
    path("hospitals/<int:agreement_id>/end/", views.end_agreement, name="end_agreement"),
]
