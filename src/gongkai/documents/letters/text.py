"""A letter, a form and a label as plain values, ready to be printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from gongkai.statute.letters import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """A letter in its own words. `organ` stands at the head and above the date; `title`: the letter's name.

    `paragraphs`: the body, the remedies among it. `sealed`: room is left for the seal over organ and date.
    `notes`: in brackets below the date, as whom to ask. `copies`: to whom else it goes. `digest`: of the
    template it was made from, "" if it was written freely.
    """

    kind: str
    organ: str
    title: str
    number: str = ""
    addressee: str = ""
    paragraphs: tuple[str, ...]
    attachments: tuple[str, ...] = ()
    date: dt.date | None = None
    sealed: bool = True
    notes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    digest: str = ""

    @property
    def text(self) -> str:
        """Every word of it, in the order of the page, a line for each paragraph."""
        lines = [self.organ if self.sealed else "", self.number, self.title]
        lines += [f"{self.addressee}：" if self.addressee else ""]
        lines += [*self.paragraphs, *self.attachment_lines(), *self.foot_lines(), *self.notes]
        lines += [f"抄送：{'，'.join(self.copies)}。"] if self.copies else []
        return "\n".join(line for line in lines if line)

    def attachment_lines(self) -> tuple[str, ...]:
        """附件 as GB/T 9704 lists them: numbered if there are several."""
        if len(self.attachments) < 2:
            return tuple(f"附件：{name}" for name in self.attachments)
        return tuple(
            f"{'附件：' if number == 1 else ''}{number}.{name}"
            for number, name in enumerate(self.attachments, 1)
        )

    def foot_lines(self) -> tuple[str, ...]:
        """Organ and date at the end; () for a paper that somebody else signs."""
        return (self.organ, self.date_line()) if self.sealed or self.date is not None else ()

    def date_line(self) -> str:
        return day_words(self.date) if self.date is not None else ""

    def as_json(self) -> dict[str, Any]:
        """The letter as JSON values, to be kept as it was served."""
        return {**asdict(self), "date": self.date.isoformat() if self.date else None}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> LetterText:
        """The letter that `as_json` gave."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        if values.get("date"):
            values["date"] = dt.date.fromisoformat(values["date"])
        return cls(**values)

    def edited(self, paragraphs: tuple[str, ...]) -> LetterText:
        """The same letter with another body; blank paragraphs are dropped."""
        return replace(self, paragraphs=tuple(line.strip() for line in paragraphs if line.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A box of a form with what stands in it. `lines`: how many lines of room it has at least."""

    label: str
    value: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FormText:
    """A ruled form. `rows`: boxes side by side. `table`: a head and rows below them, as a list of papers.

    It has what `statute.letters.check_letter` asks of a letter; a form bears no seal.
    """

    kind: str
    organ: str
    title: str
    number: str = ""
    rows: tuple[tuple[FormField, ...], ...]
    table: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    digest: str = ""
    sealed: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(f"{box.label}：{box.value}" for row in self.rows for box in row)

    @property
    def text(self) -> str:
        """Every word of it, in the order of the page."""
        table = [cell for row in self.table for cell in row]
        lines = [self.organ, self.title, self.number, *self.paragraphs, *table, *self.notes]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeLabel:
    """To whom an envelope goes, from whom, and which letter is in it. `postcode`: six digits or ""."""

    name: str
    address: str
    postcode: str = ""
    phone: str = ""
    sender: str = ""
    sender_address: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLabel:
    """A label for the paper file: `code` is drawn as a barcode, `lines` stand below it."""

    code: str
    lines: tuple[str, ...] = ()


Printable = LetterText | FormText
