"""All routes."""

from django.urls import include, path

from linli.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("residents/", views.residents, name="residents"),
    path("design/", views.design_page, name="design"),
    path("type/", views.type_size, name="type_size"),
    path("", include("linli.kernel.access.urls")),
    path("", include("linli.kernel.figures.urls")),
    path("", include("linli.kernel.publicity.urls")),
    path("", include("linli.kernel.entitlements.urls")),
    path("assistance/", include("linli.domains.assistance.urls")),
    path("disability/", include("linli.domains.disability.urls")),
    path("charity/", include("linli.domains.charity.urls")),
    path("", include("linli.domains.fundraising.urls")),
    path("provision/", include("linli.domains.provision.urls")),
    path("treatment/", include("linli.domains.treatment.urls")),
    path("relief/", include("linli.domains.relief.urls")),
    path("medical/", include("linli.domains.medical.urls")),
    path("oneoff/", include("linli.domains.oneoff.urls")),
    path("mutual/", include("linli.domains.mutual.urls")),
    path("concession/", include("linli.domains.concession.urls")),
    path("", include("linli.domains.broadcast.urls")),
    path("callers/", include("linli.domains.callers.urls")),
    path("pairing/", include("linli.domains.pairing.urls")),
    path("federation/", include("linli.domains.federation.urls")),
    path("hotline/", include("linli.domains.hotline.urls")),
    path("", include("linli.domains.intake.urls")),
    path("complaints/", include("linli.domains.complaints.urls")),
    path("", include("linli.domains.providers.urls")),
    path("coordination/", include("linli.domains.coordination.urls")),
    path("", include("linli.domains.hall.urls")),
    path("files/", include("linli.kernel.files.urls")),
    path("", include("linli.kernel.registry.urls")),
    path("imports/", include("linli.kernel.imports.urls")),
    path("cases/", include("linli.kernel.cases.urls")),
    path("ledgers/", include("linli.kernel.ledgers.urls")),
    path("records/", include("linli.kernel.records.urls")),
    path("duties/", include("linli.kernel.duties.urls")),
    path("findings/", include("linli.kernel.findings.urls")),
    path("standards/", include("linli.kernel.standards.urls")),
]
handler400 = "linli.site.views.not_understood"
handler403 = "linli.site.views.not_allowed"
handler404 = "linli.site.views.not_found"
handler500 = "linli.site.views.fault"
