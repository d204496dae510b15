"""Routes of the hall: the guide for residents, and the pages of the counter."""

from django.urls import path

from linli.domains.hall import views

app_name = "hall"
urlpatterns = [
    path("guide/", views.guide, name="guide"),
    path("guide/norms/", views.guide_norms, name="guide_norms"),
    path("guide/progress/", views.progress, name="progress"),
    path("guide/progress/grade/", views.judge, name="judge"),
    path("guide/<str:item>/", views.guide_item, name="guide_item"),
    path("guide/<str:item>/papers/", views.guide_papers, name="guide_papers"),
    path("hall/counter/", views.counter, name="counter"),
    path("hall/counter/<int:person_id>/", views.choose, name="choose"),
    path("hall/counter/<int:person_id>/bundles/<str:bundle>/", views.take_bundle, name="take_bundle"),
    path("hall/counter/<int:person_id>/<str:item>/", views.take, name="take"),
    path("hall/handlings/", views.handlings, name="handlings"),
    path("hall/handlings/<int:handling_id>/", views.handling, name="handling"),
    path("hall/handlings/<int:handling_id>/receipt/", views.receipt, name="receipt"),
    path("hall/handlings/<int:handling_id>/papers/", views.bring, name="bring"),
    path("hall/handlings/<int:handling_id>/originals/", views.give_back, name="give_back"),
    path("hall/handlings/<int:handling_id>/result/", views.hand_over, name="hand_over"),
    path("hall/handlings/<int:handling_id>/finish/", views.finish, name="finish"),
    path("hall/handlings/<int:handling_id>/mandate/", views.mandate, name="mandate"),
    path("hall/handlings/<int:handling_id>/mandate/end/", views.end_mandate, name="end_mandate"),
    path("hall/errands/<int:errand_id>/", views.errand, name="errand"),
    path("hall/tellings/<int:telling_id>/", views.tell, name="tell"),
    path("hall/handlings/<int:handling_id>/grade/", views.grade_here, name="grade_here"),
    path("hall/ratings/", views.ratings, name="ratings"),
    path("hall/ratings/<int:rating_id>/", views.rating, name="rating"),
    path("hall/network/", views.network, name="network"),
    path("hall/sessions/<str:subject>/", views.hold_session, name="hold_session"),
    path("hall/opinions/sheet/", views.opinion_sheet, name="opinion_sheet"),
    path("hall/items/", views.items, name="items"),
    path("hall/items/<str:item>/", views.item, name="item"),
]
