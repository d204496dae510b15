"""Routes of people, households, duplicates and areas."""

from django.urls import path

from linli.kernel.registry import views

app_name = "registry"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("people/", views.people, name="people"),
    path("people/new/", views.register, name="register"),
    path("people/vulnerable/", views.vulnerable, name="vulnerable"),
    path("people/elsewhere/", views.elsewhere, name="elsewhere"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/reveal/", views.reveal, name="reveal"),
    path("people/<int:person_id>/correct/", views.correct, name="correct"),
    path("people/<int:person_id>/death/", views.death, name="death"),
    path("people/<int:person_id>/status/", views.status, name="status"),
    path("people/<int:person_id>/account/", views.account, name="account"),
    path("people/<int:person_id>/household/", views.found, name="found"),
    path("people/<int:person_id>/leave/", views.leave, name="leave"),
    path("people/<int:person_id>/move/", views.move_alone, name="move_alone"),
    path("people/<int:person_id>/undo-merge/", views.undo, name="undo"),
    path("statuses/<int:status_id>/end/", views.end_status, name="end_status"),
    path("households/<int:household_id>/", views.household, name="household"),
    path("households/<int:household_id>/join/", views.join, name="join"),
    path("households/<int:household_id>/head/", views.head, name="head"),
    path("households/<int:household_id>/move/", views.move, name="move"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/progress/", views.duplicates_progress, name="duplicates_progress"),
    path("duplicates/find/", views.find_duplicates, name="find_duplicates"),
    path("duplicates/<int:pair_id>/", views.duplicate, name="duplicate"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.new_organisation, name="new_organisation"),
    path("organisations/<int:organisation_id>/end/", views.end_organisation, name="end_organisation"),
    path("places/", views.places, name="places"),
    path("places/new/", views.new_place, name="new_place"),
    path("places/<int:place_id>/", views.place, name="place"),
    path("places/<int:place_id>/rooms/", views.new_rooms, name="new_rooms"),
    path("rooms/<int:room_id>/end/", views.end_room, name="end_room"),
    path("places/<int:place_id>/end/", views.end_place, name="end_place"),
    path("areas/", views.areas, name="areas"),
    path("areas/new/", views.found_area, name="found_area"),
    path("areas/merge/", views.merge, name="merge_areas"),
    path("areas/<str:code>/", views.area, name="area"),
    path("areas/<str:code>/rename/", views.rename, name="rename_area"),
    path("areas/<str:code>/turn/", views.turn, name="turn_area"),
    path("areas/<str:code>/split/", views.split, name="split_area"),
]
