"""Routes of the duties."""

from django.urls import path

from linli.kernel.duties import views

app_name = "duties"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("list/", views.listed, name="list"),
    path("calendar/", views.calendar, name="calendar"),
    path("rosters/", views.rosters, name="rosters"),
    path("rosters/<str:key>/", views.roster, name="roster"),
    path("<int:occurrence_id>/", views.occurrence, name="occurrence"),
    path("<int:occurrence_id>/do/", views.do, name="do"),
    path("<int:occurrence_id>/take-back/", views.take_back, name="take_back"),
    path("shifts/<int:shift_id>/", views.shift, name="shift"),
    path("shifts/<int:shift_id>/swap/", views.ask_swap, name="ask_swap"),
    path("swaps/<int:swap_id>/", views.swap, name="swap"),
]
