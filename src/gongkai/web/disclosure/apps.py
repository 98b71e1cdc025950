"""Proactive disclosure: records, catalogue, review, versions."""

from __future__ import annotations

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "gongkai.web.disclosure"
    label = "disclosure"
    verbose_name = "主动公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.web.audit.guards import register
        from gongkai.web.disclosure.guards import GUARDS
        from gongkai.web.disclosure.outbox import OUTBOX

        register((*GUARDS, *OUTBOX))
