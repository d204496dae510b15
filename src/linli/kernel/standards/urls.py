"""Routes of standards."""

from django.urls import path

from linli.kernel.standards import views

app_name = "standards"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new/", views.new, name="new"),
    path("proposals/", views.listed_proposals, name="proposals"),
    path("proposals/<int:proposal_id>/", views.proposal, name="proposal"),
    path("proposals/<int:proposal_id>/agree/", views.agree, name="agree"),
    path("proposals/<int:proposal_id>/refuse/", views.refuse, name="refuse"),
    path("proposals/<int:proposal_id>/make-up/", views.make_up, name="make_up"),
    path("proposals/<int:proposal_id>/withdraw/", views.withdraw, name="withdraw"),
    path("values/<str:key>/", views.history, name="history"),
]
