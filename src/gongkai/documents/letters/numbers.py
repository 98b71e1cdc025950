"""The number of a letter, by the pattern of an office: 某市住建公开告〔2026〕12号."""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.documents.letters.errors import TemplateError
from gongkai.statute.errors import LetterError, short

DEFAULT_PATTERN = "{organ_code}公开告〔{year}〕{n}号"
_FIELDS = {"organ_code": r"(?P<organ_code>\S+?)", "year": r"(?P<year>\d{4})", "n": r"(?P<n>[1-9]\d{0,6})"}
_FIELD = re.compile(r"\{([^{}]*)\}")
_LONGEST = 60


class NumberPattern(NamedTuple):
    """How an office numbers its letters. `pattern`: with `{year}` and `{n}`, and `{organ_code}` if it likes.

    >>> NumberPattern.parse("{organ_code}公开告〔{year}〕第{n}号").format(organ_code="某建", year=2026, n=3)
    '某建公开告〔2026〕第3号'
    """

    pattern: str

    @classmethod
    def parse(cls, pattern: str) -> NumberPattern:
        """The pattern, checked. TemplateError for an unknown field, one missing or twice, a stray brace."""
        if not isinstance(pattern, str) or not pattern.strip() or len(pattern) > _LONGEST:
            raise TemplateError(
                "template_empty",
                f"文号格式应为 1 至 {_LONGEST} 字，现为 {short(pattern)}。",
                f"a pattern has 1 to {_LONGEST} characters, not {short(pattern)}.",
            )
        pattern = pattern.strip()
        named = _FIELD.findall(pattern)
        for name in named:
            if name not in _FIELDS:
                known = "、".join(f"{{{one}}}" for one in _FIELDS)
                raise TemplateError(
                    "template_unknown_placeholder",
                    f"文号格式中没有“{{{short(name)}}}”这个占位符。可用的有：{known}。",
                    f"no placeholder {{{short(name)}}} in a number. Use: {known}.",
                )
        if re.search(r"[{}\s]", _FIELD.sub("", pattern)):
            raise TemplateError(
                "template_unbalanced",
                f"文号格式“{pattern}”的花括号不成对，或者含有空格。",
                f"the pattern {pattern!r} has a stray brace or a blank.",
            )
        for name in ("year", "n"):
            if named.count(name) != 1:
                raise TemplateError(
                    "template_missing_placeholder",
                    f"文号格式“{pattern}”应当有且只有一个“{{{name}}}”。",
                    f"the pattern {pattern!r} must hold {{{name}}} exactly once.",
                )
        return cls(pattern)

    def format(self, *, year: int, n: int, organ_code: str = "") -> str:
        """The number. LetterError `letter_bad_number` for a year or a number that is none, or no code."""
        if not (1949 <= year <= 9999 and 1 <= n <= 9_999_999):
            raise LetterError(
                "letter_bad_number",
                f"文号的年份或者序号不可用：{short(year)}、{short(n)}。",
                f"no such year or number: {short(year)}, {short(n)}.",
            )
        if "{organ_code}" in self.pattern and not organ_code.strip():
            raise LetterError(
                "letter_bad_number",
                "文号格式需要机关代字，本机关没有登记。请先登记机关代字。",
                "the pattern needs the organ's code, and the organ has none. Record it first.",
            )
        values = {"organ_code": organ_code.strip(), "year": str(year), "n": str(n)}
        return _FIELD.sub(lambda found: values[found[1]], self.pattern)

    def read(self, number: str) -> tuple[int, int] | None:
        """Year and number of a letter numbered by this pattern; None for another.

        >>> NumberPattern.parse(DEFAULT_PATTERN).read("某建公开告〔2026〕12号")
        (2026, 12)
        """
        pieces = _FIELD.split(self.pattern)
        seen: set[str] = set()
        pattern = ""
        for index, piece in enumerate(pieces):
            if index % 2 == 0:
                pattern += re.escape(piece)
            else:
                pattern += r"\S+?" if piece in seen else _FIELDS[piece]
                seen.add(piece)
        found = re.fullmatch(pattern, number.strip())
        return (int(found["year"]), int(found["n"])) if found else None
