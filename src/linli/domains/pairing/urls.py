"""Routes of the pairing."""

from django.urls import path

from linli.domains.pairing import views

app_name = "pairing"
urlpatterns = [
    path("", views.pairs, name="pairs"),
    path("unpaired/", views.unpaired, name="unpaired"),
    path("<int:entry_id>/", views.pair, name="pair"),
    path("<int:entry_id>/visit/", views.visit, name="visit"),
    path("<int:entry_id>/give/", views.give, name="give"),
    path("helps/<int:entry_id>/withdraw/", views.withdraw, name="withdraw"),
]
