"""Routes of assistance."""

from django.urls import path

from linli.domains.assistance import views

app_name = "assistance"
urlpatterns = [
    path("applications/", views.applications, name="applications"),
    path("applications/new/", views.apply, name="apply"),
    path("applications/new/<int:person_id>/", views.apply_for, name="apply_for"),
    path("applications/<int:application_id>/", views.application, name="application"),
    path("applications/<int:application_id>/receipt/", views.receipt, name="receipt"),
    path("applications/<int:application_id>/judgement/", views.judgement, name="judgement"),
    path("applications/<int:application_id>/sheet/", views.sheet, name="sheet"),
    path("applications/<int:application_id>/verify/", views.verify, name="verify"),
    path("applications/<int:application_id>/end/", views.end, name="end"),
    path("applications/<int:application_id>/told/", views.tell, name="tell"),
    path("applications/<int:application_id>/lines/new/", views.add_line, name="add_line"),
    path("applications/<int:application_id>/supporters/new/", views.add_supporter, name="add_supporter"),
    path("applications/<int:application_id>/consents/", views.consents, name="consents"),
    path("applications/<int:application_id>/kin/", views.declare_kin, name="declare_kin"),
    path("applications/<int:application_id>/visits/new/<str:kind>/", views.new_visit, name="new_visit"),
    path("applications/<int:application_id>/appraisal/", views.appraisal, name="appraisal"),
    path("applications/<int:application_id>/check/", views.ask_check, name="ask_check"),
    path("applications/<int:application_id>/check/paper/", views.enter_check, name="enter_check"),
    path("members/<int:member_id>/", views.member, name="member"),
    path("lines/<int:line_id>/strike/", views.strike_line, name="strike_line"),
    path("supporters/<int:supporter_id>/strike/", views.strike_supporter, name="strike_supporter"),
    path("visits/<int:visit_id>/", views.visit, name="visit"),
    path("visits/<int:visit_id>/edit/", views.edit_visit, name="edit_visit"),
    path("checks/<int:inquiry_id>/", views.fetch_check, name="fetch_check"),
    path("answers/<int:answer_id>/take/", views.take_answer, name="take_answer"),
    path("answers/<int:answer_id>/note/", views.note_answer, name="note_answer"),
    path("answers/<int:answer_id>/dispute/", views.dispute_answer, name="dispute_answer"),
    path("answers/<int:answer_id>/correct/", views.correct_answer, name="correct_answer"),
    path("people/<int:person_id>/family/", views.family_of, name="family_of"),
    path("inspections/<str:town>/", views.inspect, name="inspect"),
    path("living/", views.living, name="living"),
    path("postings/", views.postings, name="postings"),
    path("postings/<str:step>/pass/", views.pass_on, name="pass_on"),
    path("postings/<str:step>/<str:area>/", views.draft, name="draft"),
    path("trials/", views.trials, name="trials"),
    path("trials/new/", views.new_trial, name="new_trial"),
    path("trials/<int:trial_id>/", views.trial, name="trial"),
    path("trials/<int:trial_id>/progress/", views.trial_progress, name="trial_progress"),
]
