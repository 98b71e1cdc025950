"""Addresses of the statutory figures and of table 2."""

from __future__ import annotations

from django.urls import path

from gongkai.web.disclosure.views import figures, figures_area, importing

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/area/", figures_area.figures_area, name="figures_area"),
    path("figures/new/", figures.figure_add, name="figure_add"),
    path("figures/documents/", figures.documents, name="table2_documents"),
    path("figures/import/", importing.figures_import, name="figures_import"),
    path("figures/export/", importing.figures_export, name="figures_export"),
    path("figures/template/", importing.figures_sample, name="figures_sample"),
    path("figures/<int:pk>/replace/", figures.figure_replace, name="figure_replace"),
    path("figures/<int:pk>/withdraw/", figures.figure_withdraw, name="figure_withdraw"),
]
