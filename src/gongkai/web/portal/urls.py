"""Addresses of the portal. `addresses.py` says why each stands here twice."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from gongkai.web.organs.views_public import organ_emblem, organ_style
from gongkai.web.portal.addresses import OwnOrgan
from gongkai.web.portal.views import (
    all_data,
    documents,
    files,
    open_data,
    organ,
    organs,
    record,
    reports,
    sites,
    version,
)

app_name = "portal"
register_converter(OwnOrgan, "own_organ")

_record: list[URLPattern] = [
    path("", record.record_page, name="record"),
    path("qr.svg", record.qr, name="qr"),
    path("versions/<int:number>/", version.version_page, name="version"),
    path("files/<int:attachment>/<str:name>", files.file, name="file"),
    path("images/<int:version>/<int:number>", files.picture, name="picture"),
]
_report: list[URLPattern] = [
    path("", reports.report_page, name="report"),
    path("compare/", reports.compare_page, name="report_compare"),
    path("report.<slug:ending>", reports.report_file, name="report_file"),
]
_organ: list[URLPattern | URLResolver] = [
    path("", organ.organ_page, name="organ"),
    path("style.css", organ_style, name="style"),
    path("emblem", organ_emblem, name="emblem"),
    path("documents/", documents.documents, name="documents"),
    path("open-data/", open_data.about, name="open_data"),
    path("catalogue.<slug:ending>", open_data.catalogue, name="catalogue"),
    path("feed.atom", open_data.feed, name="feed"),
    path("records/<int:pk>/", include(_record)),
    path("reports/<int:year>/", include(_report)),
]
urlpatterns = [
    path("robots.txt", sites.robots, name="robots"),
    path("favicon.ico", sites.icon, name="icon"),
    path("sitemap.xml", sites.sitemap, name="sitemap"),
    path("sitemap-pages.xml", sites.sitemap_pages, name="sitemap_pages"),
    path("sitemap-<int:number>.xml", sites.sitemap_part, name="sitemap_part"),
    path("o/", organs.organs, name="organs"),
    path("o/organs.<slug:ending>", all_data.organs_file, name="organs_file"),
    path("o/catalogue.<slug:ending>", all_data.whole_catalogue, name="whole_catalogue"),
    path("o/<slug:code>/", include(_organ)),
    # Last: of two addresses of the same name Django gives the later one, if its organ can be left out.
    path("<own_organ:code>", include(_organ)),
    # After an organ's own address of the same words: at its host name the year is its own.
    path("reports/<int:year>/", reports.reports_of_year, name="reports_of_year"),
]
