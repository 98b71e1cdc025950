"""Addresses for staff, below /work/."""

from __future__ import annotations

from django.urls import path

from gongkai.web.participation.views import consulting, opinions, reports, responding

app_name = "participation_work"
urlpatterns = [
    path("participation/", reports.reports, name="reports"),
    path("participation/pages/", reports.pages, name="pages"),
    path("participation/reports/<int:pk>/", reports.report, name="report"),
    path("participation/reports/<int:pk>/contact/", reports.report_contact, name="report_contact"),
    path("participation/reports/<int:pk>/shred/", reports.report_shred, name="report_shred"),
    path("participation/consultations/", consulting.consultations, name="consultations"),
    path("participation/consultations/new/", consulting.consultation_add, name="consultation_add"),
    path("participation/consultations/<int:pk>/", consulting.consultation, name="consultation"),
    path("participation/consultations/<int:pk>/terms/", consulting.terms, name="terms"),
    path("participation/consultations/<int:pk>/result/", consulting.result, name="result"),
    path("participation/consultations/<int:pk>/opinions/new/", opinions.opinion_add, name="opinion_add"),
    path("participation/opinions/<int:pk>/", opinions.opinion, name="opinion"),
    path("participation/opinions/<int:pk>/sender/", opinions.sender, name="sender"),
    path("participation/opinions/<int:pk>/shred/", opinions.opinion_shred, name="opinion_shred"),
    path("participation/area/", consulting.area, name="area"),
    path("participation/responses/", responding.responses, name="responses"),
    path("participation/responses/new/", responding.response_add, name="response_add"),
    path(
        "participation/responses/<int:pk>/withdraw/", responding.response_withdraw, name="response_withdraw"
    ),
]
