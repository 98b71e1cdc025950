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
        from gongkai.web.channels.actions.sending import belonging
        from gongkai.web.channels.actions.subscribing import index_of, sealed_for
        from gongkai.web.channels.guards import GUARDS
        from gongkai.web.channels.models import Channel, Subscription
        from gongkai.web.config import resealing

        register(GUARDS)
        resealing.register(
            resealing.Place(Channel, {"secret": belonging}),
            resealing.Place(Subscription, {"sealed_address": sealed_for}, {"address_index": index_of}),
        )
