"""Channels: where else a record is made public."""

from __future__ import annotations

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "gongkai.web.channels"
    label = "channels"
    verbose_name = "发布渠道"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.web.audit.guards import register
        from gongkai.web.channels.guards import GUARDS

        register(GUARDS)
