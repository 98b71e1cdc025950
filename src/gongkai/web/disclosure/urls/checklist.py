"""Addresses of the checklist and of what is withheld."""

from __future__ import annotations

from django.urls import path

from gongkai.web.disclosure.views import checklist, fulfilling, importing, withheld

urlpatterns = [
    path("checklist/", checklist.checklist, name="checklist"),
    path("checklist/area/", checklist.checklist_area, name="checklist_area"),
    path("checklist/new/", checklist.checklist_add, name="checklist_add"),
    path("checklist/import/", importing.checklist_import, name="checklist_import"),
    path("checklist/export/", importing.checklist_export, name="checklist_export"),
    path("checklist/template/", importing.checklist_sample, name="checklist_sample"),
    path("checklist/<int:pk>/", checklist.checklist_item, name="checklist_item"),
    path("checklist/<int:pk>/change/", checklist.checklist_change, name="checklist_change"),
    path("checklist/<int:pk>/close/", checklist.checklist_close, name="checklist_close"),
    path("checklist/<int:pk>/join/", fulfilling.checklist_join, name="checklist_join"),
    path("checklist/<int:pk>/leave/", fulfilling.checklist_leave, name="checklist_leave"),
    path("records/<int:pk>/fulfils/", fulfilling.fulfils, name="fulfils"),
    path("withheld/", withheld.withheld_list, name="withheld"),
    path("withheld/new/", withheld.withheld_add, name="withheld_add"),
    path("withheld/<int:pk>/", withheld.withheld_review, name="withheld_item"),
]
