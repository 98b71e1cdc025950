"""What citizens see."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.web.portal"
    label = "portal"
    verbose_name = "公开平台"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from gongkai.web.organs.models import Organ
        from gongkai.web.portal.hosts import forget

        post_save.connect(forget, sender=Organ, dispatch_uid="portal.hosts")
