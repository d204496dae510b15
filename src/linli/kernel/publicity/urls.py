"""Routes of notices and objections, and of the pages for residents."""

from django.urls import path

from linli.kernel.publicity import views

app_name = "publicity"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
    path("notices/<int:notice_id>/extend/", views.extend, name="extend"),
    path("notices/<int:notice_id>/withdraw/", views.withdraw, name="withdraw"),
    path("notices/<int:notice_id>/proofs/new/", views.prove, name="prove"),
    path("notices/<int:notice_id>/print/", views.print_notice, name="print"),
    path("notices/<int:notice_id>/objections/new/", views.receive, name="receive"),
    path("objections/", views.objections, name="objections"),
    path("objections/collect/", views.collect, name="collect"),
    path("objections/<int:objection_id>/", views.objection, name="objection"),
    path("objections/<int:objection_id>/sender/", views.sender, name="sender"),
    path("bulletin/", views.public_list, name="public_list"),
    path("bulletin/<int:notice_id>/", views.public_notice, name="public_notice"),
    path("bulletin/<int:notice_id>/message/", views.public_message, name="public_message"),
    path("bulletin/received/<str:receipt>/", views.public_received, name="public_received"),
]
