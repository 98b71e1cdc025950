"""Addresses for citizens: below /o/<code>/request/, at an organ's own host name, and where to choose one."""

from __future__ import annotations

from django.urls import URLPattern, include, path

import gongkai.web.portal.urls  # noqa: F401 - makes the part of an address known that names the organ by its host
from gongkai.web.requests.views import citizens, citizens_account, citizens_form, citizens_status

app_name = "requests"
_organ: list[URLPattern] = [
    path("request/", citizens.start, name="start"),
    path("request/form/", citizens_form.form, name="form"),
    path("request/paper/", citizens.paper, name="paper"),
    path("request/status/", citizens_status.lookup, name="lookup"),
    path("request/status/case/", citizens_status.case, name="case"),
    path("request/status/file/", citizens_status.file, name="file"),
]
urlpatterns = [
    path("o/<slug:code>/", include(_organ)),
    # At an organ's own host name: before the directory, which has the same words.
    path("<own_organ:code>", include(_organ)),
    path("request/", citizens.organs, name="organs"),
    path("request/mine/", citizens_account.mine, name="mine"),
    path("request/mine/<str:token>/", citizens_account.enter, name="enter"),
]
