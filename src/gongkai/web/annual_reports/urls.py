"""Addresses of the page that checks reports."""

from django.urls import path

from gongkai.web.annual_reports import comparing, correcting, views

urlpatterns = [
    path("", views.start, name="start"),
    path("check", views.check, name="check"),
    path("check/again", views.show_again, name="show_again"),
    path("check/edit", correcting.edit, name="edit"),
    path("check/change", correcting.change, name="change"),
    path("check/report", correcting.download_report, name="download_report"),
    path("check/reports.json", views.download_json, name="download_json"),
    path("check/reports.xlsx", views.download_xlsx, name="download_xlsx"),
    path("check/sheet.html", views.download_sheet, name="download_sheet"),
    path("compare", comparing.compare_files, name="compare"),
    path("compare/results", comparing.compare_results, name="compare_results"),
    path("compare/again", comparing.show_again, name="compare_again"),
    path("compare/comparison.json", comparing.download_json, name="compare_json"),
    path("compare/comparison.html", comparing.download_html, name="compare_html"),
]
