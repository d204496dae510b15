"""Routes of aid in kind."""

from django.urls import path

from linli.domains.provision import views

app_name = "provision"
urlpatterns = [
    path("schemes/", views.schemes, name="schemes"),
    path("schemes/new/", views.new_scheme, name="new_scheme"),
    path("schemes/<int:scheme_id>/", views.scheme, name="scheme"),
    path("schemes/<int:scheme_id>/without/", views.without, name="without"),
    path("schemes/<int:scheme_id>/homes/<int:place_id>/", views.furnish, name="furnish"),
    path("cards/", views.cards, name="cards"),
    path("cards/waiting/", views.waiting, name="waiting"),
    path("cards/waiting/<int:order_id>/", views.issue, name="issue"),
    path("cards/till/", views.till, name="till"),
    path("cards/shops/", views.shops, name="shops"),
    path("cards/shops/<int:balance_id>/", views.settle, name="settle"),
    path("cards/<int:card_id>/", views.card, name="card"),
    path("cards/<int:card_id>/lose/", views.lose, name="lose"),
    path("cards/<int:card_id>/replace/", views.replace, name="replace"),
    path("cards/<int:card_id>/withdraw/", views.withdraw, name="withdraw"),
]
