"""Routes of community aid funds."""

from django.urls import path

from linli.domains.mutual import views

app_name = "mutual"
urlpatterns = [
    path("", views.funds, name="funds"),
    path("new/", views.found, name="found"),
    path("<int:aidfund_id>/", views.fund, name="fund"),
    path("<int:aidfund_id>/gifts/", views.gifts, name="gifts"),
    path("<int:aidfund_id>/gifts/new/", views.give, name="give"),
    path("<int:aidfund_id>/gifts/arrived/", views.bank, name="bank"),
    path("<int:aidfund_id>/requests/new/", views.ask, name="ask"),
    path("<int:aidfund_id>/meetings/new/", views.meet, name="meet"),
    path("<int:aidfund_id>/account/", views.account, name="account"),
    path("gifts/<int:gift_id>/strike/", views.strike, name="strike"),
    path("requests/<int:request_id>/", views.request, name="request"),
    path("requests/<int:request_id>/withdraw/", views.withdraw, name="withdraw"),
    path("requests/<int:request_id>/void/", views.void, name="void"),
    path("requests/<int:request_id>/pay/", views.pay, name="pay"),
    path("meetings/<int:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/requests/<int:request_id>/", views.vote, name="vote"),
]
