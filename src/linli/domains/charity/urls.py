"""Routes of charity aid."""

from django.urls import path

from linli.domains.charity import views

app_name = "charity"
urlpatterns = [
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/new/", views.new_campaign, name="new_campaign"),
    path("campaigns/<int:campaign_id>/", views.campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/payers/", views.payer, name="payer"),
    path("campaigns/<int:campaign_id>/quotas/", views.quota, name="quota"),
    path("campaigns/<int:campaign_id>/close/", views.close, name="close"),
    path("campaigns/<int:campaign_id>/missed/", views.missed, name="missed"),
    path("campaigns/<int:campaign_id>/notice/", views.draft, name="draft"),
    path("campaigns/<int:campaign_id>/pass/", views.pass_on, name="pass_on"),
    path("campaigns/<int:campaign_id>/publish/", views.publish, name="publish"),
    path("notices/<int:notice_id>/show/", views.show, name="show"),
    path("applications/", views.applications, name="applications"),
    path("applications/new/", views.apply, name="apply"),
    path("applications/new/<int:person_id>/", views.apply_for, name="apply_for"),
    path("applications/<int:application_id>/", views.application, name="application"),
    path("applications/<int:application_id>/correct/", views.correct, name="correct"),
    path("applications/<int:application_id>/cancel/", views.cancel, name="cancel"),
    path("applications/<int:application_id>/aid/", views.give_aid, name="give_aid"),
    path("applications/<int:application_id>/print/", views.print_form, name="print_form"),
]
