"""The fields of the index, and a document as it goes in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import tantivy

from gongkai.web.search.engine import terms
from gongkai.web.search.engine.numbers import index_terms, number_terms

# Goes up with every change to fields or terms: an index of another version is built anew.
VERSION = 4
# What the results can be narrowed by.
FACETS = ("organ", "category", "theme", "genre", "kind", "year", "validity")
NUMERIC = frozenset({"organ", "year"})
# What has been amended is found among what is in force too.
AMENDED, IN_FORCE = "amended", "in_force"
ANNUAL_REPORT = "annual_report"
# One in so many documents stands for the others where there are too many to count.
SAMPLES, SAMPLE = 16, 0
_POSITIONS, _COUNTS, _PRESENCE = "position", "freq", "basic"
_TEXTS = {
    "title_pairs": _POSITIONS,
    "pairs": _POSITIONS,  # of all texts: what is not here is not found
    "sampled": _POSITIONS,  # the same, of the one sample that stands for all documents
    "title": _COUNTS,
    "head": _COUNTS,  # keywords, summary, organ, titles of interpretations
    "body": _COUNTS,
    "files": _COUNTS,
    "numbers": _PRESENCE,
    "characters": _PRESENCE,
}
# Fields of words: how often counts, where does not.
COUNTED = frozenset(name for name, option in _TEXTS.items() if option == _COUNTS)
MOST_OF_A_TEXT = 200_000  # characters of a body or of an attachment that are indexed
# No pair of the one text and of the next stands together.
_BREAK = "¶"
_BONUS_IN_FORCE = 0.3
_FIRST_YEAR, _LAST_YEAR, _BONUS_A_YEAR = 2000, 2060, 0.01


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: its name and its words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What is public of a record. `published`: microseconds since 1970; `readings`: titles of
    interpretations."""

    id: int
    organ: int
    title: str
    number: str = ""
    index_number: str = ""
    keywords: str = ""
    summary: str = ""
    organ_names: str = ""
    body: str = ""
    files: tuple[File, ...] = ()
    readings: tuple[str, ...] = ()
    category: str = ""
    theme: str = ""
    genre: str = ""
    kind: str = ""
    year: int = 0
    validity: str = ""
    published: int = 0
    in_force: bool = True


@cache
def schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    for name, option in _TEXTS.items():
        made.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    made.add_unsigned_field("id", indexed=True, fast=True)
    made.add_unsigned_field("sample", indexed=True)
    for name in FACETS:
        if name in NUMERIC:
            made.add_unsigned_field(name, indexed=True, fast=True)
        else:
            made.add_text_field(name, tokenizer_name="raw", index_option=_PRESENCE, fast=True)
    made.add_integer_field("published", fast=True)
    made.add_float_field("weight", fast=True)
    made.add_text_field("mark", tokenizer_name="raw", index_option=_PRESENCE)
    made.add_text_field("told", stored=True, tokenizer_name="raw", index_option=_PRESENCE)
    made.add_unsigned_field("report", fast=True)  # 1 for an annual report
    return made.build()


def as_indexed(document: Document) -> tantivy.Document:
    """The document's terms, in the fields of the schema."""
    title = terms.folded(document.title)
    head = terms.folded(
        "\n".join(
            filter(None, (document.keywords, document.summary, document.organ_names, *document.readings))
        )
    )
    body = terms.folded(document.body[:MOST_OF_A_TEXT])
    files = terms.folded("\n".join(f"{one.name}\n{one.text[:MOST_OF_A_TEXT]}" for one in document.files))
    numbers = terms.folded(f"{document.number}\n{document.index_number}")
    title_pairs = terms.grams(title)
    every = [*title_pairs, _BREAK]
    for text in (numbers, head, body, files):
        every += [*terms.grams(text), _BREAK]
    made = tantivy.Document()
    made.add_unsigned("id", document.id)
    made.add_unsigned("sample", sample_of(document.id))
    for name, found in (
        ("title_pairs", title_pairs),
        ("pairs", every),
        ("sampled", every if sample_of(document.id) == SAMPLE else ()),
        ("title", terms.words(title)),
        ("head", terms.words(head)),
        ("body", terms.words(body)),
        ("files", terms.words(files)),
        ("numbers", [*number_terms(document.number), *index_terms(document.index_number)]),
        ("characters", terms.characters("".join((title, numbers, head, body, files)))),
    ):
        if found:
            made.add_text(name, " ".join(found))
    for name in FACETS:
        value = getattr(document, name)
        if name in NUMERIC:
            made.add_unsigned(name, value)
        else:
            made.add_text(name, value)
    if document.validity == AMENDED:  # it holds, with changes
        made.add_text("validity", IN_FORCE)
    made.add_integer("published", document.published)
    made.add_float("weight", weight(document.in_force, document.year))
    made.add_unsigned("report", int(document.kind == ANNUAL_REPORT))
    return made


def sample_of(pk: int) -> int:
    """Which of the samples a document belongs to: spread evenly whatever the order of ids."""
    return (pk * 2_654_435_761 % 2**32) >> 28


def weight(in_force: bool, year: int) -> float:
    """By what the score of a document is multiplied: in force before repealed, new slightly before old."""
    fresh = _BONUS_A_YEAR * (min(max(year, _FIRST_YEAR), _LAST_YEAR) - _FIRST_YEAR)
    return 1.0 + fresh + (_BONUS_IN_FORCE if in_force else 0.0)
