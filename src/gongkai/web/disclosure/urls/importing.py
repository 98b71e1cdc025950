"""Addresses of bringing records in and taking them out."""

from __future__ import annotations

from django.urls import path

from gongkai.web.disclosure.views import exporting, import_results, importing

urlpatterns = [
    path("import/", importing.records_import, name="import"),
    path("import/word/", importing.word_import, name="import_word"),
    path("import/template/", importing.records_sample, name="import_sample"),
    path("import/<int:pk>/", import_results.import_run, name="import_run"),
    path("import/<int:pk>/left-out/", import_results.left_out, name="import_left_out"),
    path("export/", exporting.export, name="export"),
]
