"""The append-only, hash-chained log."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "gongkai.web.audit"
    label = "audit"
    verbose_name = "操作记录"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.web.audit import guards

        guards.register(guards.AUDIT_GUARDS)
        post_migrate.connect(guards.put_in_place, dispatch_uid="audit.guards")
