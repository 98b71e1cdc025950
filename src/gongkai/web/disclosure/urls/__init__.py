"""Addresses of proactive disclosure, below /work/. Each group of pages has a module of its own."""

from __future__ import annotations

from gongkai.web.disclosure.urls import checklist, figures, importing, records, reviews

app_name = "disclosure"
urlpatterns = [
    *records.urlpatterns,
    *reviews.urlpatterns,
    *checklist.urlpatterns,
    *figures.urlpatterns,
    *importing.urlpatterns,
]
