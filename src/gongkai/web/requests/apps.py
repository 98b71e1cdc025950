"""Disclosure on request."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save


class RequestsConfig(AppConfig):
    name = "gongkai.web.requests"
    label = "requests"
    verbose_name = "依申请公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.web.audit.guards import register
        from gongkai.web.config import resealing
        from gongkai.web.disclosure import tidying
        from gongkai.web.disclosure.views.log_lines import ACTION_WORDS
        from gongkai.web.requests import notices, words
        from gongkai.web.requests.actions.accounts import index_of, sealed_for
        from gongkai.web.requests.guards import GUARDS
        from gongkai.web.requests.models import Account, CaseEvent, CaseFile, StagedFile
        from gongkai.web.requests.resealing import renew

        register(GUARDS)
        resealing.register(
            resealing.Place(Account, {"sealed_address": sealed_for}, {"address_index": index_of})
        )
        resealing.register_other("requests", renew)
        tidying.NAMING = (*tidying.NAMING, (CaseFile, "sha256"), (StagedFile, "sha256"))
        post_save.connect(notices.note, sender=CaseEvent, dispatch_uid="requests.notices")
        ACTION_WORDS.update(words.ACTION_WORDS)
