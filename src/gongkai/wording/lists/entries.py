"""An entry of a wording list, and a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Grade(StrEnum):
    """How grave wrong wording is: the two degrees that inspections of government sites know (CHK.V1)."""

    GRAVE = "严重表述错误"
    ORDINARY = "一般错误"


# kind of an entry -> (Chinese, English)
KINDS = {
    "wrong_word": ("错别字", "wrong word"),
    "outdated_organ": ("机构已更名或者撤销", "renamed or abolished organ"),
    "outdated_law": ("法律法规已废止", "repealed law"),
    "unfit_word": ("不当用语", "unfit wording"),
    "wrong_name": ("名称表述错误", "wrong name"),
    "fixed_phrase": ("固定表述错误", "wrong fixed phrase"),
    "sensitive_word": ("敏感用语", "sensitive wording"),
}
# Kinds that are wrong only from a date on: in a sentence about the time before, the old name is right.
OF_THEIR_TIME = frozenset(("outdated_organ", "outdated_law"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of wording that should not stand.

    `right` holds what should stand instead, the best first; () where the list names nothing.
    `holds_from`: before this day the wording was right (a renamed organ); None: always wrong.
    `unless`: longer words that hold it rightly (一股作气象 holds 一股作气); `within`: words of which one must
    stand in the same sentence, else it is right (() : no condition).
    `id` is `list:wrong`, to switch it off by.
    """

    wrong: str
    right: tuple[str, ...]
    grade: Grade
    kind: str
    source: str
    holds_from: date | None = None
    note: str = ""
    unless: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, eq=False)
class WordList:
    """A list by its name, with its entries in the order of the file. Equal only to itself."""

    name: str
    entries: tuple[Entry, ...]

    def without(self, *ids: str) -> WordList:
        """The list with some entries switched off, by id or by wrong words; KeyError for an unknown one.

        >>> from gongkai.wording.lists import starter_lists
        >>> words = next(one for one in starter_lists() if one.name == "common_wrong_words")
        >>> len(words.entries) - len(words.without("按装").entries)
        1
        """
        known = {entry.id for entry in self.entries} | {entry.wrong for entry in self.entries}
        unknown = [one for one in ids if one not in known]
        if unknown:
            raise KeyError(f"词表“{self.name}”中没有：{'、'.join(unknown)}")
        off = frozenset(ids)
        kept = tuple(one for one in self.entries if one.id not in off and one.wrong not in off)
        return WordList(self.name, kept)
