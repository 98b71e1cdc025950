"""Numbers as people type them, in the forms they are kept in: what is asked for is put right, not searched.

A list of a million records is asked for a handful of whole numbers, each found by an index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from django.db.models import Q

from gongkai.statute.errors import StatuteError
from gongkai.statute.identifiers import IndexForm, known_forms, parse_document_number
from gongkai.web.config import clock
from gongkai.web.disclosure.index_numbers import organ_codes
from gongkai.web.organs.models import Organ

_FIRST_YEAR = 1980  # of document numbers that bear a year in brackets
_MOST_ORGANS = 100  # whose codes are put before a number typed without them
_BETWEEN = r"[\s\-_./·年第]*"
_WITH_YEAR = re.compile(rf"([一-龥]+?){_BETWEEN}((?:19|20)\d\d){_BETWEEN}0*([1-9]\d{{0,5}})\s*号?")
_WITHOUT_YEAR = re.compile(r"([一-龥]+?)\s*第?\s*0*([1-9]\d{0,5})\s*号?")
_YEAR_AND_SERIAL = re.compile(r"((?:19|20)\d\d)[\s\-_/]*(\d{1,8})")
_BRACKETS = re.compile(r"[\[(〔【{]\s*((?:19|20)\d\d)\s*[\])〕】}]\s*")
_DASHES = str.maketrans(dict.fromkeys("—–−﹣‐‑‒", "-"))
_FIELD = re.compile(r"\{(?P<name>[A-Za-z]+)(?::0(?P<width>\d)d)?\}")
# The parts of an index number whose length is fixed.
_WIDTHS = {
    "USCC": "[0-9A-Z]{18}",
    "ORG": "[0-9A-Z]{9}",
    "SITE": r"(?:\d{10}|BM\d{8})",
    "YYYY": r"(?:19|20)\d\d",
    "MM": r"\d\d",
    "DD": r"\d\d",
}
_LONGEST = 60
_SIGNS = re.compile(r"[\s\-_/]+")


def numbered(text: str, organs: Sequence[Organ] = ()) -> Q | None:
    """Records of the very numbers that a text may stand for; None where it can be none. No query.

    `organs`: whose index numbers are meant where the organ's code is left out.
    """
    documents, indexes = document_numbers(text), index_numbers(text, organs)
    if not documents and not indexes:
        return None
    return Q(document_number__in=documents) | Q(index_number__in=indexes)


def half_width(text: str) -> str:
    """A text in half-width signs, its dashes plain, its blanks single."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())


def bracketed(text: str) -> str:
    """A text with the brackets round a year as document numbers have them.

    >>> bracketed("政发 [2024] 21")
    '政发〔2024〕21'
    """
    return re.sub(r"\s*(〔\d{4}〕)", r"\1", _BRACKETS.sub(r"〔\1〕", half_width(text)))


def document_numbers(text: str) -> list[str]:
    """The document numbers that a text may stand for (META.3), most of one a year where it names none.

    >>> document_numbers("青政发[２０２４]21"), document_numbers("青政发2024-21号")
    (['青政发〔2024〕21号'], ['青政发〔2024〕21号'])
    >>> "青政发〔2024〕21号" in document_numbers("青政发21号")
    True
    """
    shown = half_width(text)
    try:
        read = parse_document_number(shown)
    except StatuteError:
        return []
    if read.ok:
        return [str(read)]
    suggestion: str = getattr(read, "suggestion", "")
    if suggestion:
        return [suggestion]
    found = _WITH_YEAR.fullmatch(shown)
    if found:
        return [f"{found[1]}〔{found[2]}〕{found[3]}号"]
    found = _WITHOUT_YEAR.fullmatch(shown)
    if found:
        years = range(_FIRST_YEAR, clock.today().year + 1)
        return [f"{found[1]}〔{year}〕{found[2]}号" for year in years]
    return []


def index_numbers(text: str, organs: Sequence[Organ] = ()) -> list[str]:
    """The index numbers that a text may stand for (META.1): typed with their signs, with others or none.

    >>> "11441700007280420Y/2021-00050" in index_numbers("11441700007280420Y202100050")
    True
    """
    shown = half_width(text)
    bare = _SIGNS.sub("", shown).upper()
    if not bare.isascii() or not bare.isalnum() or not bare[-1:].isdigit() or len(bare) > _LONGEST:
        return []
    made = [shown.replace(" ", ""), shown.replace(" ", "").upper()]
    for template in dict.fromkeys([*(form.template for form in known_forms()), *_templates(organs)]):
        made += _with_signs(bare, template)
    tail = _YEAR_AND_SERIAL.fullmatch(shown)
    if tail and len(organs) <= _MOST_ORGANS:
        made += _of_organs(organs, int(tail[1]), int(tail[2]))
    return list(dict.fromkeys(made))


def _templates(organs: Sequence[Organ]) -> list[str]:
    return list(dict.fromkeys(str(organ.index_template) for organ in organs[:_MOST_ORGANS]))


def _with_signs(bare: str, template: str) -> list[str]:
    """Letters and digits put into a form, its own signs between them; none where they do not fit.

    Forms whose codes have no fixed length are left out: where one ends and the next begins is not known.
    """
    pattern = _bare_pattern(template)
    found = pattern.fullmatch(bare) if pattern else None
    if found is None:
        return []
    parts = iter(found.groups())
    made = _FIELD.sub(lambda _field: next(parts), template)
    # An organisation code is written with a hyphen before its last sign, or without.
    return [made, f"{made[:8]}-{made[8:]}"] if template.startswith("{ORG}") else [made]


@cache
def _bare_pattern(template: str) -> re.Pattern[str] | None:
    """The form without the signs between its parts."""
    fields = [(found["name"], found["width"]) for found in _FIELD.finditer(template)]
    if any(name not in _WIDTHS and name != "seq" for name, _width in fields):
        return None
    return re.compile(
        "".join(
            rf"(\d{{{width or 1},8}})" if name == "seq" else f"({_WIDTHS[name]})" for name, width in fields
        )
    )


def _of_organs(organs: Sequence[Organ], year: int, serial: int) -> Iterator[str]:
    for organ in organs:
        try:
            form = IndexForm("", str(organ.index_template))
            if not {"MM", "DD"} & set(form.fields):
                yield form.format(organ_codes(organ, form), year, serial)
        except StatuteError:
            continue  # no number of that form: none to be found by it
