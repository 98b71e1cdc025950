"""How a message reaches somebody: by e-mail, or by a text message through a gateway. One interface."""

from __future__ import annotations

import hashlib
import json
import smtplib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from gongkai.web.channels.adapters.webhook import signature
from gongkai.web.channels.outgoing import Lost, NotSent, ask


@dataclass(frozen=True, slots=True)
class Message:
    """To whom, what. `headers`: of an e-mail. `key`: the same in every attempt."""

    to: str
    subject: str
    text: str
    key: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Message {self.key}>"  # never the address


class Undelivered(Exception):
    """It did not go out. `may_be_tried`: certainly not taken, so that it may be sent again."""

    def __init__(self, code: str, *, may_be_tried: bool) -> None:
        super().__init__(code)
        self.code, self.may_be_tried = code, may_be_tried


class Messenger(Protocol):
    def send(self, message: Message) -> None:
        """Undelivered where it did not go out, or nobody can say."""


class Email:
    def send(self, message: Message) -> None:
        letter = EmailMessage(
            message.subject, message.text, None, [message.to], headers=dict(message.headers)
        )
        try:
            letter.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as refused:
            raise Undelivered(type(refused).__name__, may_be_tried=False) from None
        except (smtplib.SMTPServerDisconnected, TimeoutError) as lost:
            # Perhaps taken: to be told twice is worse than once too little.
            raise Undelivered(type(lost).__name__, may_be_tried=False) from None
        except (smtplib.SMTPException, OSError) as down:
            raise Undelivered(type(down).__name__, may_be_tried=True) from None


class Gateway:
    """A gateway for text messages: a POST signed as a webhook's, `{"key", "to", "text"}`."""

    def send(self, message: Message) -> None:
        if not settings.SMS_GATEWAY or not settings.SMS_SECRET:
            raise Undelivered("no_gateway", may_be_tried=True)
        facts = {"key": message.key, "to": message.to, "text": message.text}
        body = json.dumps(facts, ensure_ascii=False).encode()
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Gongkai-Delivery": message.key,
            "Gongkai-Timestamp": timestamp,
            "Gongkai-Signature": signature(settings.SMS_SECRET, timestamp, body),
        }
        try:
            answer = ask("POST", settings.SMS_GATEWAY, body=body, headers=headers)
        except NotSent as down:
            raise Undelivered(down.code, may_be_tried=True) from None
        except Lost as lost:
            raise Undelivered(lost.code, may_be_tried=False) from None
        if not 200 <= answer.status < 300:
            raise Undelivered(f"status_{answer.status}", may_be_tried=answer.status in (429, 503))


def messenger(way: str) -> Messenger:
    return Gateway() if way == "sms" else Email()


def key_of(*parts: object) -> str:
    """A message's key: the same parts give the same."""
    return hashlib.sha256(":".join(str(one) for one in parts).encode()).hexdigest()[:32]
