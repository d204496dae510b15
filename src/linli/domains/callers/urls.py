"""Routes of single-key callers."""

from django.urls import path

from linli.domains.callers import views

app_name = "callers"
urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/alarms/", views.alarms, name="alarms"),
    path("presses/", views.presses, name="presses"),
    path("presses/<int:press_id>/", views.press, name="press"),
    path("presses/<int:press_id>/answer/", views.answer, name="answer"),
    path("presses/<int:press_id>/order/", views.send_for, name="send_for"),
    path("devices/", views.devices, name="devices"),
    path("devices/new/<int:person_id>/", views.install, name="install"),
    path("devices/<int:device_id>/", views.device, name="device"),
    path("devices/<int:device_id>/set-up/", views.set_up, name="set_up"),
    path("devices/<int:device_id>/end/", views.end, name="end"),
]
