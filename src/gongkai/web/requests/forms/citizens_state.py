"""What was filled in so far, as it travels with the form: sealed, for one organ, for a day. No session."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.web.config import clock
from gongkai.web.config.sealing import Unreadable, seal, unseal
from gongkai.web.organs.models import Organ
from gongkai.web.requests.asked import PERSONAL, Asked
from gongkai.web.requests.models import FileKind, Kind, RequesterKind
from gongkai.web.requests.settled import settled
from gongkai.web.requests.staging import Kept

_LONGEST = 400_000  # characters of a sealed state that are looked at
TEXTS = (*PERSONAL, "words", "features", "kind", "requester_kind", "identity_kind", "wanted_form")
LISTS = ("reply_ways", "notice_ways")
FLAGS = ("by_agent", "needs_help", "proof_later", "has_looked", "at_summary")


class Lapsed(Exception):
    """The state is a day old, was changed on its way, or is another organ's."""


@dataclass(frozen=True, slots=True)
class Filled:
    """`form`: a number that only this form carries, the same however often it is sent. `values`: by the
    names of `Asked`, and some of our own."""

    form: str
    until: int
    values: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Kept, ...] = ()

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(self.values.get(name, ()))

    def is_set(self, name: str) -> bool:
        return bool(self.values.get(name))

    def filled(self, **values: Any) -> Filled:
        return replace(self, values={**self.values, **values})

    def with_files(self, *more: Kept) -> Filled:
        return replace(self, files=(*self.files, *more))

    def without_file(self, token: str) -> Filled:
        return replace(self, files=tuple(one for one in self.files if one.token != token))

    def of_kind(self, kind: str) -> list[Kept]:
        return [one for one in self.files if one.kind == kind]

    @property
    def is_organisation(self) -> bool:
        return self.text("requester_kind") not in ("", RequesterKind.NATURAL_PERSON)

    @property
    def is_correction(self) -> bool:
        return self.text("kind") == Kind.CORRECTION

    def asked(self) -> Asked:
        """The request as it would be sent now."""
        texts = {name: self.text(name) for name in TEXTS}
        texts["kind"] = texts["kind"] or Kind.INFORMATION.value
        texts["wanted_form"] = "any" if self.is_correction else texts["wanted_form"]
        return Asked(**texts, reply_ways=self.listed("reply_ways"), needs_help=self.is_set("needs_help"))

    @property
    def proof_is_settled(self) -> bool:
        return bool(self.of_kind(FileKind.IDENTITY)) or self.is_set("proof_later")


def new_filled() -> Filled:
    return Filled(secrets.token_hex(32), _until())


def sealed(filled: Filled, organ: Organ) -> str:
    """As it stands in the hidden field; good for a day from now."""
    told = {
        "form": filled.form,
        "until": _until(),
        "values": dict(filled.values),
        "files": [list(one) for one in filled.files],
    }
    return seal(json.dumps(told, ensure_ascii=False, separators=(",", ":")), _place(organ))


def opened(text: str, organ: Organ) -> Filled:
    """What a hidden field carries. Lapsed."""
    if not text or len(text) > _LONGEST:
        raise Lapsed
    try:
        told = json.loads(unseal(text, _place(organ)))
    except (Unreadable, ValueError) as wrong:
        raise Lapsed from wrong
    if told["until"] < clock.now().timestamp():
        raise Lapsed
    files = tuple(Kept(*one) for one in told["files"])
    return Filled(told["form"], told["until"], told["values"], files)


def _until() -> int:
    return int(clock.now().timestamp()) + int(settled()["form"]["seconds"])


def _place(organ: Organ) -> str:
    return f"requests.form:{organ.pk}"
