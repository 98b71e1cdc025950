"""Addresses of what staff see first: today, the search, the area, the log; and the switch between organs."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workspace.views import area, log, log_area, log_shredding, search, switching, today

app_name = "workspace"
urlpatterns = [
    path("", today.today, name="today"),
    path("search", search.search, name="search"),
    path("switch/", switching.switch, name="switch"),
    path("area/", area.area, name="area"),
    path("log/", log.log, name="log"),
    path("log/verify/", log.verify_chain, name="verify"),
    path("log/appointments/", log_area.appointments, name="log_appointments"),
    path("log/<int:number>/", log.entry, name="entry"),
    path("log/<int:number>/shred/", log_shredding.shred_entry, name="shred"),
]
