"""What nobody can tell from a door itself: why it shows no form, that it only shows something, that it may be done again."""

from __future__ import annotations

WITHOUT_FORM = {
    "standards/proposals/<int:proposal_id>/make-up/": "only after a fault in the background (standards/tests)",
    "assistance/samples/<int:sample_id>/": "no town could confirm on the day of this test (assistance/tests)",
    "design/": "shows every component and does nothing",
    "sign-in/code/": "the second step of signing in, on no session yet (access/tests)",
    "sign-in/typed/": "keeps what was typed when a session has ended (access/tests)",
    "factor/": "asks for the code that an authenticator shows at this moment (access/tests)",
    "complaints/letters/<str:receipt>/": "what residents wrote comes by the public role's own connection (tests/journeys)",
    "complaints/letters/<str:receipt>/aside/": "what residents wrote comes by the public role's own connection (tests/journeys)",
    "disability/claims/new/<int:person_id>/": "there was no such subsidy on the day of this test (disability/tests)",
    "entitlements/<int:entitlement_id>/ask-back/": "nobody was paid after an end in this test (tests/journeys/test_overpaid)",
    "hotline/telephone/events/": "an exchange speaks there, with a secret and no form (hotline/tests)",
    "hotline/desks/areas/": "every area of this test has its desk (orders/tests)",
    "locks/<int:lock_id>/": "a lock is over sooner than this test (access/tests)",
    "intake/posts/<int:post_id>/receive/": "a post that failed comes by the public role's own connection (intake/tests)",
    "objections/collect/": "what residents wrote comes by the public role's own connection (publicity/tests)",
}
APART = {  # acts on the session alone, or only searches
    "search/",
    "sign-in/", "sign-out/", "type/", "post/", "factor/begin/", "factor/codes/",
}  # fmt: skip
LOOKS = {  # a route or a door; asks for a purpose or a number and shows something; the look is in the trail each time
    "assistance/wishes/<int:wish_id>/numbers/",
    "people/<int:person_id>/reveal/", "objections/<int:objection_id>/sender/", "people/elsewhere/", "audit/verify/",
    "charity/applications/new/", "records/entries/<int:entry_id>/reveal/",
    "hall/counter/", "hotline/orders/<int:order_id>/phone/", "providers/services/<int:service_id>/phone/",
    "hotline/surveys/people/<int:sampled_id>/phone/", "hotline/ find", "hotline/ pick-up",
    "providers/services/new/ look", "providers/wishes/<int:wish_id>/order/ look",
}  # fmt: skip
REPEATED = {  # a route or a door; may be done again on purpose, on another sheet: each time it is a thing of its own
    "cases/<int:case_id>/",  # a further note, a further objection; moves are told that the case has moved
    "fundraising/campaigns/<int:campaign_id>/publish/",  # what came since is published with the rest
    "fundraising/funds/<int:fund_id>/hand-out/", "fundraising/gifts/new/",  # equal gifts are two gifts
    "fundraising/plans/draft/", "reports/new/",  # a draft replaces a draft; a further report
    "duplicates/find/",  # a further search, which finds nothing new
    "entitlements/runs/new/",  # a month that came to nothing is computed anew, and what it replaces is given up
    "hotline/", "hotline/orders/<int:order_id>/<slug:act>/ contact",  # a further call of the same words, a further note
    "hotline/orders/<int:order_id>/<slug:act>/ call", "hotline/orders/<int:order_id>/<slug:act>/ supervise",  # tried again; urged
    "complaints/new/", "complaints/<int:order_id>/supervise/",  # equal complaints are two; urged once more
    "hotline/articles/<int:article_id>/edit/",  # a further version
    "hotline/calls/checks/<int:check_id>/", "hotline/jobs/notice/",  # nobody answered, tried again; a further draft
    "hall/queue/draw/", "hall/queue/<int:ticket_id>/recall/",  # the next who comes in; called aloud once more
    "providers/services/new/",  # ordered again for later on the day
    "callers/devices/<int:device_id>/set-up/",  # set up anew with the same words
    "broadcast/new/",  # equal drafts are two
    "mutual/<int:aidfund_id>/gifts/new/", "mutual/<int:aidfund_id>/account/",  # equal gifts are two gifts; a further draft
    "concession/hospitals/publish/",  # a further draft
    "pairing/<int:entry_id>/visit/", "pairing/<int:entry_id>/give/",  # a family is visited and helped more than once
    "federation/honours/<int:entry_id>/contact/",  # and a model is called more than once
    "ledgers/recoveries/<int:recovery_id>/plan/",  # signed anew: the newer one counts
    "ledgers/stock/<int:balance_id>/hand-out/", "ledgers/stock/<int:balance_id>/move/", "ledgers/accounts/new/",  # further ones
    "relief/requests/<int:request_id>/goods/",  # a further parcel
    "assistance/trials/new/",  # a policy is tried again, on facts that may be others
    "ledgers/stock/buy/",  # equal purchases are two
    "disability/claims/<int:claim_id>/care/",  # stated anew: the newer one counts
    "assistance/applications/<int:application_id>/consents/",  # signed anew: the newer one counts
    "assistance/visits/<int:visit_id>/", "charity/audits/<int:audit_id>/find/",  # a further photograph, a further finding
    "notices/<int:notice_id>/objections/new/", "organisations/new/", "staff/<int:staff_id>/password/",
}  # fmt: skip
