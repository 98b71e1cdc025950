"""Citizens' word: feedback on pages, consultations and surveys, responses to public concern."""

from __future__ import annotations

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "gongkai.web.participation"
    label = "participation"
    verbose_name = "公众参与"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.web.audit.guards import register
        from gongkai.web.config import resealing
        from gongkai.web.disclosure.views.log_lines import ACTION_WORDS
        from gongkai.web.participation import words
        from gongkai.web.participation.actions import feedback, opining
        from gongkai.web.participation.guards import GUARDS
        from gongkai.web.participation.models import ErrorReport, Opinion

        register(GUARDS)
        resealing.register(
            resealing.Place(ErrorReport, {"contact": feedback.contact_of}),
            resealing.Place(Opinion, {"name": opining.name_of, "contact": opining.contact_of}),
        )
        # The log knows the rooms above it by what they tell it.
        ACTION_WORDS.update(words.ACTION_WORDS)
