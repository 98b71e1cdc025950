"""Addresses of the portal. `addresses.py` says why each stands here twice."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from gongkai.web.organs.views_public import organ_emblem, organ_style
from gongkai.web.portal.addresses import OwnOrgan
from gongkai.web.portal.views import files, organ, organs, record, version

app_name = "portal"
register_converter(OwnOrgan, "own_organ")

_record: list[URLPattern] = [
    path("", record.record_page, name="record"),
    path("qr.svg", record.qr, name="qr"),
    path("versions/<int:number>/", version.version_page, name="version"),
    path("files/<int:attachment>/<str:name>", files.file, name="file"),
    path("images/<int:version>/<int:number>", files.picture, name="picture"),
]
_organ: list[URLPattern | URLResolver] = [
    path("", organ.organ_page, name="organ"),
    path("style.css", organ_style, name="style"),
    path("emblem", organ_emblem, name="emblem"),
    path("records/<int:pk>/", include(_record)),
]
urlpatterns = [
    path("o/", organs.organs, name="organs"),
    path("o/<slug:code>/", include(_organ)),
    # Last: of two addresses of the same name Django gives the later one, if its organ can be left out.
    path("<own_organ:code>", include(_organ)),
]
