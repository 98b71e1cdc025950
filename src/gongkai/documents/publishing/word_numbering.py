"""Numbers that Word prints and does not write: counted as Word counts them, put as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.word_styles import Styles, value, whole
from gongkai.documents.xml_part import Element, attribute, child, children

BULLET = "•"
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_LEVELS = 9
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_MOST = 30_000  # past it a number is written in figures


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _Sequence:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document as they come."""

    def __init__(self, package: Package, main: str, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._numbers: dict[str, Element] = {}
        self._sequences: dict[str, _Sequence] = {}
        for part in package.related(main, "numbering")[:1]:
            root = package.xml(part)
            for abstract in children(root, "abstractNum"):
                self._abstract[attribute(abstract, "abstractNumId") or ""] = _levels(abstract)
            for number in children(root, "num"):
                self._numbers[attribute(number, "numId") or ""] = number

    def printed(self, properties: Element | None) -> str:
        """The number before a paragraph as it is printed; "•" for a bullet, "" where there is none."""
        own = child(properties, "numPr")
        style = self._styles.numbering(value(properties, "pStyle"))
        name = value(own, "numId") or value(style, "numId")
        number = self._numbers.get(name)
        if number is None or name == "0":
            return ""
        at = whole(value(own, "ilvl") or value(style, "ilvl") or "0") or 0
        sequence = self._sequence(number)
        level = sequence.levels.get(at)
        if level is None or not 0 <= at < _LEVELS:
            return ""
        sequence.counts[at] = sequence.counts.get(at, level.start - 1) + 1
        for deeper in [deeper for deeper in sequence.counts if deeper > at]:
            restart = sequence.levels[deeper].restart if deeper in sequence.levels else None
            if restart is None or (restart != 0 and at < restart):
                del sequence.counts[deeper]
        return _text(sequence, at, level)

    def _sequence(self, number: Element) -> _Sequence:
        """The paragraphs of one list count together, even under several numbers for it."""
        abstract = value(number, "abstractNumId")
        own = list(children(number, "lvlOverride"))
        name = attribute(number, "numId") if own else None
        key = f"{abstract}/{name}" if own else abstract
        if key not in self._sequences:
            levels = dict(self._abstract.get(abstract, {}))
            for override in own:
                at = whole(attribute(override, "ilvl") or "") or 0
                given = child(override, "lvl")
                level = _level(given) if given is not None else levels.get(at, _Level())
                start = whole(value(override, "startOverride"))
                levels[at] = _Level(
                    level.form,
                    level.text,
                    level.start if start is None else start,
                    level.restart,
                    level.legal,
                )
            self._sequences[key] = _Sequence(levels)
        return self._sequences[key]


def _levels(abstract: Element) -> dict[int, _Level]:
    return {whole(attribute(level, "ilvl") or "") or 0: _level(level) for level in children(abstract, "lvl")}


def _level(level: Element) -> _Level:
    start = whole(value(level, "start"))
    return _Level(
        value(level, "numFmt") or "decimal",
        value(level, "lvlText"),
        1 if start is None else start,
        whole(value(level, "lvlRestart")),
        child(level, "isLgl") is not None,
    )


def _text(sequence: _Sequence, at: int, level: _Level) -> str:
    if level.form == "bullet":
        return BULLET
    if level.form == "none":
        return _PLACE.sub("", level.text)

    def number(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        its = sequence.levels.get(place, _Level())
        form = "decimal" if level.legal else its.form
        return in_form(sequence.counts.get(place, its.start), form)

    return _PLACE.sub(number, level.text)


def in_form(number: int, form: str) -> str:
    """A number as a form of Word's prints it.

    >>> in_form(12, "chineseCounting"), in_form(3, "decimalEnclosedCircle"), in_form(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    known = _FORMS.get(form)
    return known(number) if known and 0 < number <= _MOST else str(number)


def _chinese(number: int) -> str:
    if number >= 10_000:
        return str(number)
    text, blank = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if blank and text else "") + _DIGITS[digit] + word
        blank = digit == 0
    return text.removeprefix("一") if 10 <= number < 20 else text


def _by_digit(number: int) -> str:
    return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    # Word repeats the letter after z: aa, bb, cc.
    times, at = divmod(number - 1, 26)
    return chr(97 + at) * min(times + 1, 20)


def _roman(number: int) -> str:
    text = ""
    for worth, word in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += word * (number // worth)
        number %= worth
    return text


def _enclosed(first: str, most: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= most else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": lambda number: _chinese(number).translate(_LEGAL),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedCircleChinese": _enclosed("①", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    "ideographZodiac": lambda number: "子丑寅卯辰巳午未申酉戌亥"[(number - 1) % 12],
}
