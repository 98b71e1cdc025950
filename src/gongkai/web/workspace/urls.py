"""Addresses of what staff see first: today, the search, the area, the log; and the switch between organs."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workspace.views import area, log, search, switching, today

app_name = "workspace"
urlpatterns = [
    path("", today.today, name="today"),
    path("search", search.search, name="search"),
    path("switch/", switching.switch, name="switch"),
    path("area/", area.area, name="area"),
    path("log/", log.log, name="log"),
    path("log/verify/", log.verify_chain, name="verify"),
    path("log/<int:number>/", log.entry, name="entry"),
]
