"""Where no mail server is named, letters are not sent, and whoever asks is told so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

_HERE = f"{__name__}.NoMail"


def is_there_mail() -> bool:
    """Whether letters can be sent at all: where they cannot, nobody is asked for an address."""
    return bool(settings.EMAIL_BACKEND != _HERE)


class NoMail(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[Any]) -> int:
        raise ConnectionRefusedError("no mail server is named (GONGKAI_MAIL)")
