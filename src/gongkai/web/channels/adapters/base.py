"""What an adapter is given, what it gives, and the three ways in which it can fail."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

PUBLISH, UPDATE, REPEAL, WITHDRAW = "publish", "update", "repeal", "withdraw"


@dataclass(frozen=True, slots=True)
class Account:
    """Where and as whom: the channel's settings, and its secret opened."""

    settings: Mapping[str, Any]
    secret: str = ""

    def setting(self, name: str) -> str:
        return str(self.settings.get(name) or "").strip()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the body; `name` as the body has it (`image:1`), `address` where the public finds it.
    `load` gives its bytes."""

    name: str
    media_type: str
    size: int
    load: Callable[[], bytes]
    address: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: its name, type, size in bytes, and where the public finds it."""

    name: str
    media_type: str
    size: int
    address: str


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be made public, or taken back, on a channel. `key` is the same in every attempt.

    `address`: of the record on the portal. `html`: the body, cleaned. `words`: why it was withdrawn, or by
    what it was repealed. `remote_id`, `remote_address`: of what is out there already.
    """

    key: str
    act: str
    organ_code: str
    organ_name: str
    index_number: str
    title: str
    document_number: str
    kind: str
    category: str
    theme: str
    summary: str
    validity: str
    address: str
    version: int
    made_on: dt.date | None = None
    published_at: dt.datetime | None = None
    html: str = ""
    pictures: Sequence[Picture] = ()
    files: Sequence[File] = ()
    words: str = ""
    on: dt.date | None = None
    remote_id: str = ""
    remote_address: str = ""


@dataclass(slots=True)
class Course:
    """How far an attempt has come. `keep` writes facts down before the next question is asked: a process
    killed in between does not begin anew."""

    facts: dict[str, Any] = field(default_factory=dict)
    write: Callable[[dict[str, Any]], None] = lambda _facts: None

    def keep(self, **facts: Any) -> None:
        self.facts.update(facts)
        self.write(dict(self.facts))


@dataclass(frozen=True, slots=True)
class Sent:
    """It is out. `remote_id`: what the channel calls it; `address`: where it is read, "" if not known."""

    remote_id: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class LeftToPerson:
    """The program has done its part, the rest is a person's."""

    zh: str
    en: str
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The channel has taken it and is still at it: look again."""

    zh: str = "渠道正在处理"
    en: str = "The channel is working on it."


Outcome = Sent | LeftToPerson | UnderWay


class Trouble(Exception):
    """Why it did not come out: a code for machines, words for people."""

    def __init__(self, code: str, zh: str, en: str = "") -> None:
        super().__init__(en or zh)
        self.code, self.zh, self.en = code, zh, en or zh


class Refused(Trouble):
    """Never again as it is: a person must change something."""


class Unavailable(Trouble):
    """Certainly not done; again later. `after`: seconds that the channel asks for."""

    def __init__(self, code: str, zh: str, en: str = "", *, after: float = 0) -> None:
        super().__init__(code, zh, en)
        self.after = after


class Unsure(Trouble):
    """Perhaps done. `can_be_asked`: the channel can say so, now or later."""

    def __init__(self, code: str, zh: str, en: str = "", *, can_be_asked: bool = True) -> None:
        super().__init__(code, zh, en)
        self.can_be_asked = can_be_asked


class Adapter(ABC):
    """Speaks to one kind of channel."""

    acts: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, account: Account) -> None:
        self.account = account

    @abstractmethod
    def send(self, item: Item, course: Course) -> Outcome:
        """Do it. Refused, Unavailable, Unsure."""

    @abstractmethod
    def find(self, item: Item, course: Course) -> Outcome | None:
        """What came of an attempt whose answer was lost; None where it certainly came to nothing. Unsure."""


def shortened(text: str, most: int) -> str:
    """At most so many characters, with a mark where something was left out.

    >>> shortened("关于印发工作方案的通知", 6)
    '关于印发工…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def web_address(value: Any) -> str:
    """An address that may be linked to, of what a server has said; "" for anything else."""
    text = value.strip() if isinstance(value, str) else ""
    right = text.startswith(("https://", "http://")) and len(text) <= 500 and text.isprintable()
    return text if right and " " not in text else ""


def remote_name(value: Any) -> str:
    """What a server calls the thing, as text of bounded length; "" for anything but text and numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value).strip()
    return text if text.isprintable() and len(text) <= 200 else ""
