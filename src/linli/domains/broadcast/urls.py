"""Routes of mass messages."""

from django.urls import path

from linli.domains.broadcast import views

app_name = "broadcast"
urlpatterns = [
    path("m/<str:code>/", views.told, name="told"),
    path("broadcast/", views.messages, name="messages"),
    path("broadcast/new/", views.new_message, name="new_message"),
    path("broadcast/consents/<int:person_id>/", views.consent, name="consent"),
    path("broadcast/consents/<int:person_id>/withdraw/", views.withdraw, name="withdraw"),
    path("broadcast/mine/", views.mine, name="mine"),
    path("broadcast/mine/<int:delivery_id>/read/", views.read, name="read"),
    path("broadcast/<int:message_id>/", views.message, name="message"),
    path("broadcast/<int:message_id>/send/", views.send, name="send"),
    path("broadcast/<int:message_id>/drop/", views.drop, name="drop"),
    path("broadcast/receivers/", views.receivers, name="receivers"),
    path("broadcast/receivers/new/", views.new_receiver, name="new_receiver"),
    path("broadcast/receivers/<int:receiver_id>/", views.receiver, name="receiver"),
    path("broadcast/receivers/<int:receiver_id>/end/", views.end_receiver, name="end_receiver"),
]
