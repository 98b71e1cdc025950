"""Addresses of the platform."""

from django.urls import include, path

from gongkai.web.organs.settings_admin import keepers

urlpatterns = [
    path("", include("gongkai.web.organs.signing_in.urls")),
    path("", include("gongkai.web.organs.urls")),
    path("admin/", keepers.urls),
    path("work/", include("gongkai.web.workspace.urls")),
    path("work/", include("gongkai.web.disclosure.urls")),
    path("work/", include("gongkai.web.channels.urls")),
    path("", include("gongkai.web.channels.urls_citizens")),
    path("", include("gongkai.web.search.urls")),
    path("work/", include("gongkai.web.participation.urls.work")),
    path("", include("gongkai.web.participation.urls.citizens")),
    path("work/", include("gongkai.web.requests.urls.work")),
    path("", include("gongkai.web.requests.urls.citizens")),
    # Before the start page: at an organ's own host name its platform page stands at the root.
    path("", include("gongkai.web.portal.urls")),
    path("", include("gongkai.web.annual_reports.urls")),
    path("", include("gongkai.web.calculators.urls")),
]

handler400 = "gongkai.web.calculators.errors.bad_request"
handler403 = "gongkai.web.config.errors.forbidden"
handler404 = "gongkai.web.config.errors.not_found"
handler500 = "gongkai.web.portal.errors.server_error"
