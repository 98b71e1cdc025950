"""The texts and forms as shipped (data/letters.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from gongkai.documents.letters.printable import printable
from gongkai.documents.letters.template import Template
from gongkai.documents.letters.text import FormField, FormText
from gongkai.statute.errors import LetterError, unknown_choice
from gongkai.statute.letters import Value, fact, kind, kinds, value_words
from gongkai.statute.outcomes import outcome as outcome_of
from gongkai.statute.outcomes import outcomes

_BOX = re.compile(r"(?P<label>[^=]+)=\{(?P<fact>[^{}]+)\}(?:\|(?P<lines>\d+))?")


def default_text(code: str, outcome: str = "", basis: str = "") -> str:
    """The text of a letter as shipped, for a reply of one outcome and basis.

    LetterError `letter_unknown_kind` for a kind without a text; DecisionError for no such outcome or basis.
    """
    if code != "reply":
        texts: dict[str, str] = _file()["text"]
        if code not in texts:
            raise unknown_choice(
                LetterError, "letter_unknown_kind", "文书", "letter", code, [*texts, "reply"]
            )
        return texts[code].strip()
    outcome_of(outcome).letter(basis)
    found = outcome_of(outcome).basis(basis)
    name = f"{outcome}.{found.code}" if found is not None and found.code else outcome
    reply = _file()["reply"]
    said = reply["finding"].get(name) or reply["finding"]["refused"]
    return "\n".join(part.strip() for part in (reply["opening"], said, reply["closing"]))


@cache
def default_template(code: str, outcome: str = "", basis: str = "") -> Template:
    """The template of a letter as shipped. Errors as `default_text`."""
    return Template.parse(default_text(code, outcome, basis), kind=code, outcome=outcome, basis=basis)


def template_keys() -> tuple[tuple[str, str, str], ...]:
    """Kind, outcome and basis of every letter that has a template: one each for what an office can word."""
    letters = [(one.code, "", "") for one in kinds().values() if one.form == "letter" and one.code != "reply"]
    replies = [("reply", one.code, basis.code) for one in outcomes() for basis in one.bases]
    return (*letters, *replies)


def form_text(code: str, values: Mapping[str, Value], *, number: str = "") -> FormText:
    """A form of the file filled with what is known; what is not stays an empty box to write in by hand.

    LetterError `letter_unknown_kind` for a kind that is no form, `letter_bad_value` for a wrong value.
    """
    forms = _file()["form"]
    if code not in forms:
        raise unknown_choice(LetterError, "letter_unknown_kind", "表格", "form", code, forms)
    told = {fact(name).code: printable(value_words(fact(name), value)) for name, value in values.items()}
    form = forms[code]
    organ = told.get("organ", "")
    return FormText(
        kind=code,
        organ=organ,
        title=f"{organ}{kind(code).title}",
        number=number or told.get("number", ""),
        rows=tuple(tuple(_box(box, told) for box in row) for row in form["rows"]),
        table=_table(form, {fact(name).code: value for name, value in values.items()}),
    )


def _box(box: str, told: Mapping[str, str]) -> FormField:
    found = _BOX.fullmatch(box)
    assert found is not None, box
    return FormField(
        label=found["label"],
        value=told.get(fact(found["fact"]).code, ""),
        lines=int(found["lines"] or 1),
    )


def _table(form: Mapping[str, Any], values: Mapping[str, Value]) -> tuple[tuple[str, ...], ...]:
    """The head and a row an entry: its number, its name, and what follows a bar in it as a remark."""
    if "table" not in form:
        return ()
    entries = values.get(fact(form["table"]).code, ())
    rows = []
    for number, entry in enumerate(entries if isinstance(entries, tuple) else (), 1):
        name, _, remark = entry.partition("|")
        rows.append((str(number), printable(name), printable(remark)))
    return (tuple(form["table_head"]), *rows)


@cache
def _file() -> dict[str, Any]:
    text = resources.files("gongkai.documents.letters").joinpath("data", "letters.toml").read_text("utf-8")
    return tomllib.loads(text)
