"""Addresses for citizens: below /o/<code>/, and at the root of an organ's own host name."""

from __future__ import annotations

from django.urls import URLPattern, include, path

import gongkai.web.portal.urls  # noqa: F401 - makes the part of an address known that names the organ by its host
from gongkai.web.participation.views import citizens, consultations

app_name = "participation"
_organ: list[URLPattern] = [
    path("records/<int:pk>/feedback/", citizens.feedback, name="feedback"),
    path("feedback/", citizens.lookup, name="lookup"),
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("consultations/<int:pk>/received/", consultations.received, name="received"),
]
urlpatterns = [
    path("o/<slug:code>/", include(_organ)),
    path("<own_organ:code>", include(_organ)),
]
