"""Organs, units, staff, roles, who may do what."""

from __future__ import annotations

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "gongkai.web.organs"
    label = "organs"
    verbose_name = "机关与人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from gongkai.web.organs.hosts import forget
        from gongkai.web.organs.models import Organ
        from gongkai.web.organs.signing_in import factor_rows, records, resealing  # noqa: F401 - they listen

        post_save.connect(forget, sender=Organ, dispatch_uid="organs.hosts")
