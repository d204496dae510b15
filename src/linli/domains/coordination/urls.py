"""Routes of the system of assistance as a whole."""

from django.urls import path

from linli.domains.coordination import views

app_name = "coordination"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("coverage/", views.coverage, name="coverage"),
    path("needs/", views.needs, name="needs"),
    path("left-behind/", views.left_behind, name="left_behind"),
    path("households/<int:household_id>/", views.household_record, name="household_record"),
    path("people/<int:person_id>/", views.person_record, name="person_record"),
]
