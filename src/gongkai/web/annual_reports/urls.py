"""Addresses of the page that checks reports."""

from django.urls import path

from gongkai.web.annual_reports import views

urlpatterns = [
    path("", views.start, name="start"),
    path("check", views.check, name="check"),
    path("check/again", views.show_again, name="show_again"),
    path("check/reports.json", views.download_json, name="download_json"),
    path("check/reports.xlsx", views.download_xlsx, name="download_xlsx"),
    path("check/sheet.html", views.download_sheet, name="download_sheet"),
]
