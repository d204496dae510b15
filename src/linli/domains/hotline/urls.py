"""Routes of the hotline."""

from django.urls import path

from linli.domains.hotline import views

app_name = "hotline"
urlpatterns = [
    path("", views.console, name="console"),
    path("line/", views.line, name="line"),
    path("extension/", views.extension, name="extension"),
    path("extension/off/", views.sign_off, name="sign_off"),
    path("telephone/", views.telephone, name="telephone"),
    path("telephone/events/", views.events, name="events"),
    path("telephone/<int:call_id>/", views.call, name="call"),
    path("telephone/<int:call_id>/dial/", views.dial_call, name="dial_call"),
    path("inbox/", views.inbox, name="inbox"),
    path("waiting/", views.waiting, name="waiting"),
    path("calls/", views.calls, name="calls"),
    path("orders/", views.orders, name="orders"),
    path("orders/<int:order_id>/", views.order, name="order"),
    path("orders/<int:order_id>/phone/", views.phone, name="phone"),
    path("orders/<int:order_id>/pictures/<int:picture_id>/", views.picture, name="picture"),
    path("orders/<int:order_id>/dial/", views.dial_order, name="dial_order"),
    path("orders/<int:order_id>/sign/", views.sign, name="sign"),
    path("orders/<int:order_id>/<slug:act>/", views.act, name="act"),
    path("helps/<int:help_id>/", views.helping, name="help"),
    path("desks/", views.desks, name="desks"),
    path("desks/areas/", views.area_desks, name="area_desks"),
    path("desks/new/", views.new_desk, name="new_desk"),
    path("desks/<int:desk_id>/", views.desk, name="desk"),
    path("desks/<int:desk_id>/close/", views.close_desk, name="close_desk"),
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/new/", views.new_survey, name="new_survey"),
    path("surveys/<int:survey_id>/", views.survey, name="survey"),
    path("surveys/<int:survey_id>/close/", views.close_survey, name="close_survey"),
    path("surveys/people/<int:sampled_id>/", views.ask, name="ask"),
    path("surveys/people/<int:sampled_id>/phone/", views.sampled_phone, name="sampled_phone"),
    path("articles/", views.articles, name="articles"),
    path("articles/new/", views.new_article, name="new_article"),
    path("articles/<int:article_id>/", views.article, name="article"),
    path("articles/<int:article_id>/edit/", views.edit_article, name="edit_article"),
    path("articles/<int:article_id>/retire/", views.retire_article, name="retire_article"),
    path("rates/", views.rates, name="rates"),
    path("rates/freeze/", views.freeze, name="freeze"),
    path("rates/<int:cohort_id>/", views.cohort, name="cohort"),
    path("rates/orders/<int:cohortmember_id>/leave-out/", views.leave_out, name="leave_out"),
    path("rates/omissions/<int:omission_id>/", views.omission, name="omission"),
]
