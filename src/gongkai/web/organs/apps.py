"""Organs, units, staff, roles, who may do what."""

from __future__ import annotations

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "gongkai.web.organs"
    label = "organs"
    verbose_name = "机关与人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.web.organs.signing_in import records  # noqa: F401 - listens to what signing in tells
