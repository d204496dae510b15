"""Routes of the hall: the guide for residents, and the pages of the counter."""

from django.urls import path

from linli.domains.hall import views

app_name = "hall"
urlpatterns = [
    path("guide/", views.guide, name="guide"),
    path("guide/norms/", views.guide_norms, name="guide_norms"),
    path("guide/<str:item>/", views.guide_item, name="guide_item"),
    path("guide/<str:item>/papers/", views.guide_papers, name="guide_papers"),
    path("hall/items/", views.items, name="items"),
    path("hall/items/<str:item>/", views.item, name="item"),
]
