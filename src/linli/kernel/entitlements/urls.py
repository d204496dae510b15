"""Routes of entitlements and monthly runs."""

from django.urls import path

from linli.kernel.entitlements import views

app_name = "entitlements"
urlpatterns = [
    path("entitlements/", views.entitlements, name="entitlements"),
    path("entitlements/<int:entitlement_id>/", views.entitlement, name="entitlement"),
]
