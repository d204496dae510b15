"""Routes of the charity network and of its publicity."""

from django.urls import path

from linli.domains.federation import views

app_name = "federation"
urlpatterns = [
    path("", views.network, name="network"),
    path("new/", views.found, name="found"),
    path("<int:entry_id>/", views.body, name="body"),
    path("<int:entry_id>/amend/", views.amend, name="amend"),
    path("<int:entry_id>/close/", views.close, name="close"),
    path("<int:entry_id>/people/new/", views.appoint, name="appoint"),
    path("<int:entry_id>/papers/new/", views.adopt, name="adopt"),
    path("<int:entry_id>/money/", views.money, name="money"),
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/new/", views.hold, name="hold"),
    path("bulletins/<int:entry_id>/", views.bulletin, name="bulletin"),
    path("bulletins/<int:entry_id>/publish/", views.publish, name="publish"),
    path("bulletins/<int:entry_id>/questions/new/", views.ask, name="ask"),
    path("bulletins/<int:entry_id>/coverage/new/", views.cover, name="cover"),
    path("honours/", views.honours, name="honours"),
    path("honours/new/", views.award, name="award"),
    path("honours/publish/", views.publish_honours, name="publish_honours"),
    path("honours/<int:entry_id>/", views.honour, name="honour"),
    path("honours/<int:entry_id>/consent/", views.consent, name="consent"),
    path("honours/<int:entry_id>/contact/", views.contact, name="contact"),
]
