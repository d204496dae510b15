"""Routes of public intake."""

from django.urls import path

from linli.domains.intake import views

app_name = "intake"
urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("ask/progress/", views.progress, name="progress"),
    path("ask/progress/add/", views.add, name="add"),
    path("ask/progress/grade/", views.grade, name="grade"),
    path("open311/openapi.json", views.openapi, name="openapi"),
    path("open311/v2/<path:what>", views.open311, name="open311"),
    path("intake/posts/", views.posts, name="posts"),
    path("intake/posts/<int:post_id>/receive/", views.receive_again, name="receive_again"),
    path("intake/clients/", views.clients, name="clients"),
    path("intake/clients/new/", views.new_client, name="new_client"),
    path("intake/clients/<int:client_id>/", views.client, name="client"),
]
