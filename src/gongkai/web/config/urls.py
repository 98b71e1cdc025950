"""Addresses of the platform."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongkai.web.annual_reports.urls")),
    path("", include("gongkai.web.calculators.urls")),
]

handler400 = "gongkai.web.calculators.errors.bad_request"
handler404 = "gongkai.web.annual_reports.errors.not_found"
handler500 = "gongkai.web.annual_reports.errors.server_error"
