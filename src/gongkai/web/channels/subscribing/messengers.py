"""How a message reaches somebody: by e-mail, by a text message through a gateway, by WeChat."""

from __future__ import annotations

import hashlib
import json
import smtplib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.header import Header
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from gongkai.web.channels.adapters.base import Refused, Unavailable, Unsure
from gongkai.web.channels.adapters.webhook import signature
from gongkai.web.channels.outgoing import Lost, NotSent, ask
from gongkai.web.channels.subscribing import wechat


@dataclass(frozen=True, slots=True)
class Message:
    """To whom, what. `headers`: of an e-mail. `key`: the same in every attempt. `facts`, `link`: of a message
    of few fields, as WeChat's: `title`, `organ`, `date`, `count`; where it leads to. `files`: that go with an
    e-mail, as name, bytes and media type."""

    to: str
    subject: str
    text: str
    key: str
    headers: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    files: Sequence[tuple[str, bytes, str]] = ()

    def __repr__(self) -> str:
        return f"<Message {self.key}>"  # never the address


class Undelivered(Exception):
    """It did not go out. `may_be_tried`: certainly not taken, so that it may be sent again. `is_gone`: whom
    it was for is no longer there, as the server says."""

    def __init__(self, code: str, *, may_be_tried: bool, is_gone: bool = False) -> None:
        super().__init__(code)
        self.code, self.may_be_tried, self.is_gone = code, may_be_tried, is_gone


class Messenger(Protocol):
    def send(self, message: Message) -> None:
        """Undelivered where it did not go out, or nobody can say."""


class _Letter(EmailMessage):
    """Its subject begins on the line of its name: folded before its first word, as Python folds what it takes
    for too long, it is shown with a blank at its head."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        subject = str(self.subject)
        if not subject.isascii():
            # One line of encoded words, the first of them short enough to stand behind the name.
            words = Header(subject, "utf-8", header_name="Subject").encode().split("\n ")
            del made["Subject"]
            made["Subject"] = " ".join(words)
        return made


class Email:
    def send(self, message: Message) -> None:
        letter = _Letter(message.subject, message.text, None, [message.to], headers=dict(message.headers))
        for name, content, media_type in message.files:
            # Text would go out with other line ends and be another file than the one whose digest is kept.
            is_text = media_type.startswith("text/")
            letter.attach(name, content, "application/octet-stream" if is_text else media_type)
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


class TemplateMessage:
    """A template message of the official account to a follower: `message/template/send`."""

    def send(self, message: Message) -> None:
        if not wechat.is_open():
            raise Undelivered("no_account", may_be_tried=True)
        try:
            wechat.send_template(message.to, message.facts, message.link)
        except Refused as refused:
            is_gone = refused.code in wechat.GONE
            is_ours = refused.code in wechat.OF_THE_ACCOUNT
            raise Undelivered(refused.code, may_be_tried=is_ours, is_gone=is_gone) from None
        except Unavailable as down:
            raise Undelivered(down.code, may_be_tried=True) from None
        except Unsure as lost:
            raise Undelivered(lost.code, may_be_tried=False) from None


def messenger(way: str) -> Messenger:
    ways: dict[str, Callable[[], Messenger]] = {"sms": Gateway, "wechat": TemplateMessage}
    return ways.get(way, Email)()


def key_of(*parts: object) -> str:
    """A message's key: the same parts give the same."""
    return hashlib.sha256(":".join(str(one) for one in parts).encode()).hexdigest()[:32]
