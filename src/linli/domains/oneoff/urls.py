"""Routes of one-off subsidies."""

from django.urls import path

from linli.domains.oneoff import views

app_name = "oneoff"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("new/", views.draft, name="draft"),
    path("<int:round_id>/", views.round, name="round"),
    path("<int:round_id>/confirm/", views.confirm, name="confirm"),
    path("<int:round_id>/pay/", views.pay, name="pay"),
    path("<int:round_id>/discard/", views.discard, name="discard"),
]
