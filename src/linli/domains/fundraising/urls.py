"""Routes of fundraising."""

from django.urls import path

from linli.domains.fundraising import views

app_name = "fundraising"
urlpatterns = [
    path("gifts/", views.query, name="query"),
    path("fundraising/campaigns/", views.campaigns, name="campaigns"),
    path("fundraising/campaigns/new/", views.new_campaign, name="new_campaign"),
    path("fundraising/campaigns/<int:campaign_id>/", views.campaign, name="campaign"),
    path("fundraising/campaigns/<int:campaign_id>/close/", views.close, name="close"),
    path("fundraising/campaigns/<int:campaign_id>/use/", views.allow_use, name="allow_use"),
    path("fundraising/campaigns/<int:campaign_id>/publish/", views.publish, name="publish"),
    path("fundraising/purposes/new/", views.new_purpose, name="new_purpose"),
    path("fundraising/tell/", views.tell, name="tell"),
    path("fundraising/funds/<int:fund_id>/", views.statement, name="statement"),
    path("fundraising/funds/<int:fund_id>/hand-out/", views.hand_out, name="hand_out"),
    path("fundraising/gifts/", views.gifts, name="gifts"),
    path("fundraising/gifts/new/", views.enter, name="enter"),
    path("fundraising/gifts/<int:gift_id>/", views.gift, name="gift"),
    path("fundraising/gifts/<int:gift_id>/receipt/", views.receipt, name="receipt"),
    path("fundraising/gifts/<int:gift_id>/reverse/", views.reverse_gift, name="reverse"),
    path("fundraising/gifts/<int:gift_id>/use/", views.allow_gift_use, name="allow_gift_use"),
    path("fundraising/donors/", views.donors, name="donors"),
    path("fundraising/donors/<int:donor_id>/", views.donor, name="donor"),
    path("fundraising/donors/<int:donor_id>/consent/", views.consent, name="consent"),
    path("fundraising/contracts/", views.contracts, name="contracts"),
    path("fundraising/contracts/new/", views.new_contract, name="new_contract"),
    path("fundraising/contracts/<int:contract_id>/", views.contract, name="contract"),
    path("fundraising/contracts/<int:contract_id>/end/", views.end, name="end"),
    path("fundraising/instalments/<int:instalment_id>/pay/", views.pay, name="pay"),
    path("fundraising/plans/", views.plans, name="plans"),
    path("fundraising/plans/draft/", views.draft, name="draft_plan"),
    path("fundraising/plans/<int:plan_id>/", views.plan, name="plan"),
    path("fundraising/plans/<int:plan_id>/sign/", views.sign, name="sign_plan"),
]
