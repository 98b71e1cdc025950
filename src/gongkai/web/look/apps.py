"""The app of the pieces: templates, tags, styles; no data."""

from __future__ import annotations

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "gongkai.web.look"
