"""Addresses of channels, below /work/."""

from __future__ import annotations

from django.urls import path

from gongkai.web.channels.views import records, releases, settings

app_name = "channels"
urlpatterns = [
    path("channels/", releases.releases, name="releases"),
    path("channels/figures/", records.figures, name="figures"),
    path("channels/releases/<int:pk>/", releases.release, name="release"),
    path("channels/releases/<int:pk>/again/", releases.again, name="again"),
    path("channels/releases/<int:pk>/done/", releases.done, name="done"),
    path("channels/releases/<int:pk>/give-up/", releases.abandon, name="give_up"),
    path("channels/releases/<int:pk>/sheet/", releases.sheet, name="sheet"),
    path("channels/settings/", settings.channels, name="channels"),
    path("channels/settings/open/", settings.open_one, name="open"),
    path("channels/settings/<int:pk>/", settings.channel, name="channel"),
    path("channels/settings/<int:pk>/switch/", settings.switch, name="switch"),
    path("records/<int:pk>/channels/", records.record, name="record"),
    path("records/<int:pk>/channels/elsewhere/", records.elsewhere, name="elsewhere"),
]
