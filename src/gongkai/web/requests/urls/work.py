"""Addresses for staff, below /work/: lists, intake, the case page and its steps; decisions beside."""

from __future__ import annotations

from django.urls import path

from gongkai.web.requests.urls import decisions
from gongkai.web.requests.views import (
    case_page,
    correcting,
    dividing,
    files_work,
    found_instead,
    inside,
    lists,
    registering,
    stepping,
    table3,
)

app_name = "requests_work"
_case = "requests/<int:pk>/"
urlpatterns = [
    path("requests/", lists.cases, name="cases"),
    path("requests/export/", lists.export, name="export"),
    path("requests/table3/", table3.table, name="table3"),
    path("requests/table3/cases/", table3.cell, name="table3_cell"),
    path("requests/find/", lists.find, name="find"),
    path("requests/found/", found_instead.found, name="found"),
    path("requests/new/", registering.register, name="register"),
    path("requests/tasks/", inside.tasks, name="tasks"),
    path("requests/tasks/<int:pk>/", inside.task, name="task"),
    path("requests/tasks/<int:pk>/cancel/", inside.task_cancel, name="task_cancel"),
    path(_case, case_page.case, name="case"),
    path(f"{_case}receipt/", registering.receipt, name="receipt"),
    path(f"{_case}label/", registering.label, name="label"),
    path(f"{_case}confirm/", registering.confirm, name="confirm"),
    path(f"{_case}steps/<slug:kind>/", stepping.step, name="step"),
    path(f"{_case}events/<int:event>/void/", stepping.void, name="void"),
    path(f"{_case}assign/", inside.assign, name="assign"),
    path(f"{_case}task/", inside.task_give, name="task_give"),
    path(f"{_case}note/", inside.note, name="note"),
    path(f"{_case}split/", dividing.split, name="split"),
    path(f"{_case}merge/", dividing.merge, name="merge"),
    path(f"{_case}person/", inside.person, name="person"),
    path(f"{_case}correct/", correcting.correct, name="correct"),
    path(f"{_case}log/", case_page.log, name="log"),
    path(f"{_case}files/new/", files_work.add, name="file_add"),
    path(f"{_case}files/<int:file>/", files_work.look, name="file"),
    *decisions.urlpatterns,
]
