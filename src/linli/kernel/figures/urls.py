"""Routes of figures and reports."""

from django.urls import path

from linli.kernel.figures import views

app_name = "figures"
urlpatterns = [
    path("overview/", views.dashboard, name="dashboard"),
    path("watch/", views.watch_page, name="watch"),
    path("figures/", views.catalogue, name="catalogue"),
    path("figures/<str:key>/", views.figure_page, name="figure"),
    path("figures/<str:key>/rows/", views.rows_page, name="rows"),
    path("figures/<str:key>/target/", views.target, name="target"),
    path("shares/<str:key>/", views.share_page, name="share"),
    path("reports/", views.reports, name="reports"),
    path("reports/new/", views.new, name="new"),
    path("reports/<int:report_id>/", views.report_page, name="report"),
    path("reports/<int:report_id>/edit/", views.edit, name="edit"),
    path("reports/<int:report_id>/sign/", views.sign, name="sign"),
    path("reports/<int:report_id>/withdraw/", views.withdraw, name="withdraw"),
    path("reports/<int:report_id>/<str:kind>/", views.download, name="download"),
]
