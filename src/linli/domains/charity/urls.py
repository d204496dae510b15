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
    path("campaigns/<int:campaign_id>/order/", views.order, name="order"),
    path("campaigns/<int:campaign_id>/notice/", views.draft, name="draft"),
    path("campaigns/<int:campaign_id>/pass/", views.pass_on, name="pass_on"),
    path("campaigns/<int:campaign_id>/publish/", views.publish, name="publish"),
    path("campaigns/<int:campaign_id>/audits/", views.audits_of, name="audits_of"),
    path("campaigns/<int:campaign_id>/audits/new/", views.new_audit, name="new_audit"),
    path("audits/", views.audits, name="audits"),
    path("audits/<int:audit_id>/", views.audit, name="audit"),
    path("audits/<int:audit_id>/draw/", views.draw, name="draw"),
    path("audits/<int:audit_id>/find/", views.find, name="find"),
    path("audits/<int:audit_id>/conclude/", views.conclude, name="conclude"),
    path("audits/<int:audit_id>/publish/", views.publish_audit, name="publish_audit"),
    path("audits/samples/<int:sample_id>/", views.judge, name="judge"),
    path("audits/findings/<int:finding_id>/", views.mend, name="mend"),
    path("aid/", views.aid, name="aid"),
    path("doubts/", views.doubts, name="doubts"),
    path("doubts/look/", views.look, name="look"),
    path("doubts/<int:doubt_id>/", views.doubt, name="doubt"),
    path("applications/", views.applications, name="applications"),
    path("applications/new/", views.apply, name="apply"),
    path("applications/new/<int:person_id>/", views.apply_for, name="apply_for"),
    path("applications/new/<int:person_id>/<int:campaign_id>/", views.apply_to, name="apply_to"),
    path("applications/<int:application_id>/", views.application, name="application"),
    path("applications/<int:application_id>/correct/", views.correct, name="correct"),
    path("applications/<int:application_id>/cancel/", views.cancel, name="cancel"),
    path("applications/<int:application_id>/aid/", views.give_aid, name="give_aid"),
    path("applications/<int:application_id>/print/", views.print_form, name="print_form"),
]
