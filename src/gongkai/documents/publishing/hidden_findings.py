"""One thing that a file carries unseen, and the collector of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

from gongkai.documents.intermediate import Place
from gongkai.documents.limits import Budget
from gongkai.documents.publishing.refusing import words

Severity = Literal["error", "warning", "info"]
MOST_OF_A_KIND = 20  # listed one by one; of the others the number is told
_LONGEST = 40  # characters of a quotation
_LOOKED_AT = 400  # characters in which personal data are looked for
_BLANKS = re.compile(r"\s+")
_PATH_USER = re.compile(r"((?:Users|Documents and Settings|home)[\\/]+)[^\\/]+", re.IGNORECASE)


class Where(NamedTuple):
    """A place in words."""

    zh: str = ""
    en: str = ""

    @classmethod
    def of(cls, place: Place) -> Where:
        return cls(place.label("zh"), place.label("en"))


WHOLE = Where()  # the file as a whole


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a reader does not see but a receiver can dig out.

    `kind`: tracked_change, comment, hidden_content, embedded, metadata, link, unchecked. `where` and
    `where_en`: the place in words, "" for the file as a whole. `what`: a short quotation, its personal data
    masked. `removed_by`: what `cleaned` must be asked to remove; "" where a person
    decides.
    `zh` and `en` say what is wrong and what to do.
    """

    code: str
    kind: str
    where: str
    where_en: str
    what: str
    severity: Severity
    zh: str
    en: str
    removed_by: str = ""

    def message(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en


class Findings:
    """Collects what is found, each kind up to `MOST_OF_A_KIND` one by one. Draws on the file's budget."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._found: list[Hidden] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, what: str = "", where: Where = WHOLE, **facts: object) -> None:
        """Notes one; `what` is quoted as it is given: mask it first with `quoted` or `person`."""
        self._counts[code] += 1
        if self._counts[code] % 1000 == 0:
            self.budget.check_time()
        if self._counts[code] <= MOST_OF_A_KIND:
            self._found.append(_hidden(code, what, where, facts))

    def all(self) -> tuple[Hidden, ...]:
        """In the order they were found, errors first; how many more there are of each kind at the end."""
        more = [
            _more(code, count - MOST_OF_A_KIND)
            for code, count in self._counts.items()
            if count > MOST_OF_A_KIND
        ]
        order = ("error", "warning", "info")
        return tuple(sorted([*self._found, *more], key=lambda hidden: order.index(hidden.severity)))


def _hidden(code: str, what: str, where: Where, facts: dict[str, object]) -> Hidden:
    kind = words("hidden.toml")[code]
    zh = kind["zh"].format(what=f"“{what}”" if what else "", **facts)
    en = kind["en"].format(what=f" “{what}”" if what else "", **facts)
    zh, en = f"{zh}{kind['act_zh']}", f"{en} {kind['act_en']}"
    if where.zh:
        zh, en = f"{where.zh}：{zh}", f"{where.en[:1].upper()}{where.en[1:]}: {en}"
    return Hidden(code, kind["kind"], where.zh, where.en, what, kind["severity"], zh, en, kind["removed_by"])


def _more(code: str, count: int) -> Hidden:
    """Of the same code, kind and severity, so that nothing is passed over for its number."""
    said, kind = words("hidden.toml")["more"], words("hidden.toml")[code]
    return Hidden(
        code,
        kind["kind"],
        "",
        "",
        "",
        kind["severity"],
        said["zh"].format(count=count) + said["act_zh"],
        f"{said['en'].format(count=count)} {said['act_en']}",
        kind["removed_by"],
    )


def quoted(text: str) -> str:
    """A short quotation of a text, its personal data masked.

    >>> quoted("  联系人电话：13800001234 ")
    '联系人电话：138****1234'
    """
    from gongkai.wording.personal import find_all_personal

    plain = _BLANKS.sub(" ", text[:_LOOKED_AT]).strip()
    masked, last = "", 0
    for data in find_all_personal(plain):
        masked += plain[last : data.start] + data.masked
        last = data.end
    masked += plain[last:]
    cut = len(masked) > _LONGEST or len(text) > _LOOKED_AT
    return masked[: _LONGEST - 1] + "…" if cut else masked


def person(name: str) -> str:
    """A name as it may be shown to many: the family name, or the first letters.

    >>> person("张三丰"), person("Administrator")
    ('张某', 'Ad…')
    """
    from gongkai.wording.personal.name_data import is_name, surname_of

    plain = _BLANKS.sub(" ", name).strip()
    if is_name(plain):
        return f"{surname_of(plain)}某"
    if any("\u4e00" <= character <= "\u9fff" for character in plain):
        return quoted(plain) if len(plain) > 4 else f"{plain[:1]}某"
    return f"{plain[:2]}…"


def path(written: str) -> str:
    """A path with its user's name taken out, cut to what shows what it is.

    >>> path(r"file:///C:\\\\Users\\\\zhangsan\\\\公文.dotm")
    'file:///C:\\\\\\\\Users\\\\\\\\***\\\\\\\\公文.dotm'
    """
    return quoted(_PATH_USER.sub(r"\1***", written))
