"""The app that reads and checks annual reports."""

from __future__ import annotations

import logging

from django.apps import AppConfig
from django.conf import settings

logger = logging.getLogger(__name__)


class AnnualReportsConfig(AppConfig):
    name = "gongkai.web.annual_reports"

    def ready(self) -> None:
        if settings.SECRET_KEY_IS_RANDOM:
            logger.info("GONGKAI_SECRET_KEY is not set: a random key is used until the next start.")
