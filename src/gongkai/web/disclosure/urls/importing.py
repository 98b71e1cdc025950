"""Addresses of bringing records in and taking them out."""

from __future__ import annotations

from django.urls import path

from gongkai.web.disclosure.views import exporting, importing

urlpatterns = [
    path("import/", importing.records_import, name="import"),
    path("import/word/", importing.word_import, name="import_word"),
    path("import/template/", importing.records_sample, name="import_sample"),
    path("import/<int:pk>/", importing.import_run, name="import_run"),
    path("export/", exporting.export, name="export"),
]
