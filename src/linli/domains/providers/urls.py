"""Routes of providers: for residents under services/, for staff under providers/."""

from django.urls import path

from linli.domains.providers import views

app_name = "providers"
urlpatterns = [
    path("services/", views.web, name="web"),
    path("services/confirm/", views.web_confirm, name="web_confirm"),
    path("providers/", views.providers, name="providers"),
    path("providers/new/", views.new_provider, name="new_provider"),
    path("providers/<int:provider_id>/", views.provider, name="provider"),
    path("providers/<int:provider_id>/change/", views.change_provider, name="change"),
    path("providers/<int:provider_id>/offers/new/", views.new_offer, name="new_offer"),
    path("providers/<int:provider_id>/departments/new/", views.new_department, name="new_department"),
    path("providers/<int:provider_id>/state/", views.state, name="state"),
    path("providers/<int:provider_id>/act/<slug:act>/", views.act, name="act"),
    path("providers/offers/", views.offers, name="offers"),
    path("providers/offers/<int:offer_id>/price/", views.price, name="price"),
    path("providers/offers/<int:offer_id>/end/", views.end_offer, name="end_offer"),
    path("providers/departments/<int:department_id>/end/", views.end_department, name="end_department"),
    path("providers/services/", views.services, name="services"),
    path("providers/services/new/", views.new_service, name="new_service"),
    path("providers/services/<int:service_id>/", views.service, name="service"),
    path("providers/services/<int:service_id>/phone/", views.phone, name="phone"),
    path("providers/services/<int:service_id>/<slug:act>/", views.service_act, name="service_act"),
    path("providers/wishes/", views.wishes, name="wishes"),
    path("providers/wishes/<int:wish_id>/", views.wish, name="wish"),
    path("providers/wishes/<int:wish_id>/order/", views.wish_order, name="wish_order"),
    path("providers/replies/", views.replies, name="replies"),
    path("providers/replies/enter/", views.enter_replies, name="enter_replies"),
    path("providers/settlement/", views.settlement, name="settlement"),
    path("providers/statements/<int:statement_id>/", views.statement, name="statement"),
    path("providers/statements/<int:statement_id>/withdraw/", views.withdraw, name="withdraw"),
    path("providers/statements/<int:statement_id>/pay/", views.pay, name="pay"),
    path("providers/contests/<int:contest_id>/", views.contest, name="contest"),
]
