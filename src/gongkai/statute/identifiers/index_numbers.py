"""Index numbers (META.1): which form one has, what it says, and how one is put together.

There is no national syntax, so a form is a template (data/index_numbers.toml has those seen); an office may
add its own or take another as the one it gives out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import IdentifierError, plain_text, short, whole_number
from gongkai.statute.identifiers.check_characters import is_credit_code
from gongkai.statute.identifiers.faults import Fault
from gongkai.statute.identifiers.half_width import HALF_WIDTH

DEFAULT_TEMPLATE = "{USCC}/{YYYY}-{seq:05d}"
_FIELD = re.compile(r"\{(?P<name>USCC|ORG|SITE|code|YYYY|MM|DD|seq)(?::0(?P<width>[1-9])d)?\}")
_PATTERNS = {
    "USCC": "[0-9A-HJ-NPQRTUWXY]{18}",
    "ORG": "[0-9A-Z]{7,8}-?[0-9X]",
    "SITE": "(?:[0-9]{10}|bm[0-9]{8})",
    "code": "[0-9A-Z]{1,20}",
    "YYYY": "(?:19|20)[0-9]{2}",
    "MM": "(?:0[1-9]|1[0-2])",
    "DD": "(?:0[1-9]|[12][0-9]|3[01])",
}
_LENIENT = {"YYYY": "[0-9]{4}", "MM": "[0-9]{2}", "DD": "[0-9]{2}", "seq": "[0-9]{1,12}"}
_ORGAN_FIELDS = ("USCC", "ORG", "SITE", "code")
_MOST = 99_999_999
_LONGEST = 100


class IndexNumber(NamedTuple):
    """An index number taken apart. `organ`: the codes before the date, as written; month, day 0 if none."""

    text: str
    form: str
    organ: tuple[str, ...]
    year: int
    month: int
    day: int
    sequence: int

    def __str__(self) -> str:
        return self.text

    @property
    def ok(self) -> bool:
        return True


@dataclass(frozen=True)
class IndexForm:
    """A form as a template of fields and separators; IdentifierError `index_bad_template` if it is none.

    >>> form = IndexForm("信用代码/年-顺序号", "{USCC}/{YYYY}-{seq:05d}")
    >>> form.format(("11441700007280420Y",), 2021, 50)
    '11441700007280420Y/2021-00050'
    """

    name: str
    template: str

    def __post_init__(self) -> None:
        names = self.fields
        rest = _FIELD.sub("", self.template)
        needed = (
            names.count("seq") == names.count("YYYY") == 1
            and names.count("MM") <= 1
            and names.count("DD") <= 1
        )
        if not needed or not any(name in _ORGAN_FIELDS for name in names) or re.search(r"[{}\w\s]", rest):
            raise IdentifierError(
                "index_bad_template",
                f"索引号格式 {short(self.template)} 不可用：须有一个 {{YYYY}}、一个 {{seq}} 和机关代码项，"
                "其间只用 / 或 - 等符号分隔。",
                f"Template {short(self.template)} needs one {{YYYY}}, one {{seq}}, a code and separators.",
            )

    @property
    def fields(self) -> list[str]:
        return [found["name"] for found in _FIELD.finditer(self.template)]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        parts, at = [], 0
        for found in _FIELD.finditer(self.template):
            width = found["width"] or "1"
            piece = _PATTERNS.get(found["name"], f"[0-9]{{{width},8}}")
            parts += [re.escape(self.template[at : found.start()]), f"({piece})"]
            at = found.end()
        return re.compile("".join(parts) + re.escape(self.template[at:]))

    @cached_property
    def lenient_pattern(self) -> re.Pattern[str]:
        """The form with any digits where its numbers stand, to tell which of them is wrong."""
        parts, at = [], 0
        for found in _FIELD.finditer(self.template):
            piece = _LENIENT.get(found["name"], _PATTERNS.get(found["name"], ""))
            parts += [re.escape(self.template[at : found.start()]), f"({piece})"]
            at = found.end()
        return re.compile("".join(parts) + re.escape(self.template[at:]))

    @property
    def width(self) -> int:
        """How many digits the serial number has at least."""
        return next(int(f["width"] or 1) for f in _FIELD.finditer(self.template) if f["name"] == "seq")

    def parse(self, text: str) -> IndexNumber | None:
        """`text` taken apart, or None if it has another form or no possible date."""
        found = self.pattern.fullmatch(text)
        if not found:
            return None
        pairs = list(zip(self.fields, found.groups(), strict=True))
        numbers = {name: int(value) for name, value in pairs if name not in _ORGAN_FIELDS}
        codes = tuple(value for name, value in pairs if name in _ORGAN_FIELDS)
        if not numbers["seq"] or not _possible(numbers) or not _codes_hold(pairs):
            return None
        date = numbers["YYYY"], numbers.get("MM", 0), numbers.get("DD", 0)
        return IndexNumber(text, self.name, codes, *date, numbers["seq"])

    def format(self, organ: Iterable[str], year: int, sequence: int, month: int = 0, day: int = 0) -> str:
        """The index number of the `sequence`-th record of `year`. IdentifierError if a part does not fit."""
        whole_number(sequence, "顺序号", code="index_bad_part", least=1, most=_MOST, error=IdentifierError)
        whole_number(year, "年份", code="index_bad_part", least=1900, most=2099, error=IdentifierError)
        codes = iter(organ)
        values = {"YYYY": f"{year:04d}", "MM": f"{month:02d}", "DD": f"{day:02d}"}

        def put(found: re.Match[str]) -> str:
            if found["name"] == "seq":
                return f"{sequence:0{found['width'] or 1}d}"
            return values.get(found["name"]) or next(codes, "")

        made = _FIELD.sub(put, self.template)
        if next(codes, None) is not None or self.parse(made) is None:
            raise IdentifierError(
                "index_bad_part",
                f"按格式“{self.name}”编不出索引号，得到的是 {short(made)}。请核对机关代码和日期。",
                f"Form {self.name!r} gives {short(made)}, which is no index number. Check codes and date.",
            )
        return made


@cache
def known_forms() -> tuple[IndexForm, ...]:
    """The forms of data/index_numbers.toml; the default form first."""
    return tuple(IndexForm(row["name"], row["template"]) for row in data("index_numbers.toml")["form"])


def parse_index_number(text: str, forms: Iterable[IndexForm] | None = None) -> IndexNumber | Fault:
    """The index number by the first form that fits, or what is wrong (META.1).

    >>> number = parse_index_number("000013338/2023-00079")
    >>> number.organ, number.year, number.sequence
    (('000013338',), 2023, 79)
    >>> parse_index_number("11441700007280420X/2021-00050").code
    'index_bad_credit_code'
    """
    written = plain_text(text, "索引号", error=IdentifierError).strip()
    tried = known_forms() if forms is None else tuple(forms)
    if len(written) <= _LONGEST:
        for form in tried:
            found = form.parse(written)
            if found:
                return found
    return _fault(written, tried)


def _codes_hold(pairs: list[tuple[str, str]]) -> bool:
    return all(name != "USCC" or is_credit_code(value) for name, value in pairs)


def _possible(numbers: dict[str, int]) -> bool:
    try:
        dt.date(numbers["YYYY"], numbers.get("MM", 1), numbers.get("DD", 1))
    except ValueError:
        return False
    return True


def _fault(written: str, forms: tuple[IndexForm, ...]) -> Fault:
    credit = re.match("([0-9A-HJ-NPQRTUWXY]{18})[/-]", written)
    if credit and not is_credit_code(credit[1]):
        return Fault(
            ("index_bad_credit_code",),
            f"索引号中的统一社会信用代码 {credit[1]} 校验不符。请核对代码。",
            f"The unified social credit code {credit[1]} in the index number fails its check.",
        )
    plain = re.sub(r"\s", "", written.translate(_FULL_WIDTH)).upper()
    if len(plain) <= _LONGEST and plain != written:
        for form in forms:
            if form.parse(plain):
                return Fault(
                    ("index_not_plain",),
                    f"索引号中有空格、全角或小写字符。建议写作“{plain}”。",
                    f"Blanks, full-width or small characters; write {plain}.",
                    plain,
                )
    for form in forms if len(written) <= _LONGEST else ():
        if part := _wrong_part(written, form):
            return part
    return Fault(
        ("index_unreadable",),
        f"不是已知格式的索引号：{short(written)}。请核对，或在设置中登记本机关的索引号格式。",
        f"{short(written)} has none of the known forms of an index number. Check it or register your form.",
    )


def _wrong_part(written: str, form: IndexForm) -> Fault | None:
    """Which number keeps a text from having the form; None if it is not of that form at all."""
    found = form.lenient_pattern.fullmatch(written)
    if not found:
        return None
    pairs = list(zip(form.fields, found.groups(), strict=True))
    if not _codes_hold(pairs):
        return None
    typed = {name: value for name, value in pairs if name not in _ORGAN_FIELDS}
    faults = [*_date_faults(typed), *_sequence_faults(typed["seq"], form.width)]
    if not faults:
        return None
    suggestion = ""
    if [code for code, _zh, _en in faults] == ["index_short_sequence"]:
        start, end = found.span(form.fields.index("seq") + 1)
        suggestion = written[:start] + typed["seq"].zfill(form.width) + written[end:]
    advice = (f"建议写作“{suggestion}”。", f" Write {suggestion}.") if suggestion else ("请核对。", "")
    return Fault(
        tuple(code for code, _zh, _en in faults),
        f"索引号（格式“{form.name}”）有误：{'；'.join(zh for _code, zh, _en in faults)}。{advice[0]}",
        f"Index number of the form {form.name!r}: {', '.join(en for _code, _zh, en in faults)}.{advice[1]}",
        suggestion,
    )


def _date_faults(typed: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    numbers = {name: int(value) for name, value in typed.items()}
    year = 1900 <= numbers["YYYY"] <= 2099
    if not year:
        yield "index_bad_year", f"年份 {typed['YYYY']} 不在 1900 至 2099 之间", f"year {typed['YYYY']}"
    if not 1 <= numbers.get("MM", 1) <= 12:
        yield "index_bad_month", f"没有 {typed['MM']} 月", f"month {typed['MM']}"
    elif year and not _possible(numbers):
        month = f"{typed['MM']} 月" if "MM" in typed else "1 月"
        yield "index_bad_day", f"{month}没有 {typed['DD']} 日", f"day {typed['DD']}"


def _sequence_faults(typed: str, width: int) -> Iterator[tuple[str, str, str]]:
    most = len(str(_MOST))
    if not int(typed):
        yield "index_zero_sequence", "顺序号从 1 起编，不能为 0", "serial number 0"
    elif len(typed) > most:
        yield "index_long_sequence", f"顺序号最多 {most} 位，现为 {len(typed)} 位", "serial number too long"
    elif len(typed) < width:
        zh = f"顺序号应有 {width} 位，现为 {len(typed)} 位"
        yield "index_short_sequence", zh, f"serial number shorter than {width} digits"


_FULL_WIDTH = HALF_WIDTH | {ord("—"): "-", ord("－"): "-", ord("–"): "-"}
