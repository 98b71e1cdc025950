"""The outcomes of a request and the exemptions a refusal can rest on, as data (REG.14 to REG.16, REG.36).

data/outcomes.toml, data/exemptions.toml. The codes of the rows are those of the annual report's table 3, so
that the report is counted from the cases with no translation in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import DecisionError, unknown_choice
from gongkai.statute.findings import Mark

Force = Literal["must", "may"]


class Part(NamedTuple):
    """Something a reply letter says. `rule`: where it is asked for."""

    code: str
    zh: str
    en: str
    rule: str


class Basis(NamedTuple):
    """What an outcome rests on. `code` is "" where the outcome has one basis only.

    `parts`: what the letter must say beside what every letter says; `may`: what it can add. `exempt`: an
    exemption is to be cited. `search_record`: the file must hold the record of a search (REG.36(4)).
    `grounded_in`: the ranks of law it can rest on, where that is limited. `first`: whether reconsideration
    comes before a suit, where that differs from the outcome's rule; None if it does not. `to_confirm`: of
    this basis alone, for a legal officer.
    """

    code: str
    zh: str
    en: str
    rule: str
    parts: tuple[Part, ...]
    may: tuple[Part, ...]
    exempt: bool
    search_record: bool
    grounded_in: tuple[str, ...]
    first: bool | None = None
    to_confirm: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision code (LAW.md 1.5). `row`: its row of table 3 (FMT.T3). `to_confirm`: for a legal officer.

    `reconsideration_first`: ARL.23.1(4) and SPC.1; the reply letter must say so (ARL.23.2). A basis may say
    otherwise: ask `comes_first(basis)`.
    `fee_bases`: `item` (FEE.4), `page` (FEE.5).
    """

    code: str
    zh: str
    en: str
    row: str
    when_zh: str
    when_en: str
    reconsideration_first: bool
    fee_bases: tuple[str, ...]
    bases: tuple[Basis, ...]
    mark: Mark
    to_confirm: str
    always: tuple[Part, ...]  # what every reply letter says

    @property
    def grounds(self) -> tuple[str, ...]:
        """The ids of the articles it rests on."""
        return tuple(dict.fromkeys(basis.rule for basis in self.bases))

    @property
    def needs_search_record(self) -> bool:
        """Whether any of its bases asks for the record of a search."""
        return any(basis.search_record for basis in self.bases)

    @property
    def refuses(self) -> bool:
        """Whether it withholds something by an exemption."""
        return any(basis.exempt for basis in self.bases)

    def basis(self, code: str = "") -> Basis | None:
        """The basis of that code; for "" the only one. None if there is no such basis, or several for ""."""
        if not code and len(self.bases) == 1:
            return self.bases[0]
        return next((basis for basis in self.bases if basis.code and basis.code == code), None)

    def comes_first(self, basis: str = "") -> bool:
        """Whether reconsideration comes before a suit, for that basis (ARL.23.1(4), SPC.1).

        Only a refusal under REG.14 to REG.16 must go to reconsideration first. Without a basis the rule of
        the outcome. DecisionError for a basis the outcome does not have.

        >>> outcome("PART").comes_first("exempt"), outcome("PART").comes_first("not_government_information")
        (True, False)
        """
        if not basis:
            return self.reconsideration_first
        found = self._known_basis(basis)
        return self.reconsideration_first if found.first is None else found.first

    def letter(self, basis: str = "") -> tuple[Part, ...]:
        """What the reply letter must say. DecisionError for a basis the outcome does not have.

        >>> [part.code for part in outcome("NONE-1").letter("not_responsible")][-1]
        'why_not_ours'
        """
        return (*self.always, *self._known_basis(basis).parts)

    def _known_basis(self, code: str) -> Basis:
        found = self.basis(code)
        if found is None:
            raise unknown(
                "basis", f"{self.code} 的依据", f"basis of {self.code}", code, [b.code for b in self.bases]
            )
        return found


@dataclass(frozen=True, slots=True)
class Exemption:
    """What may or must stay closed. `id`: REG.14a … REG.16.2b; `outcome`: the code of its refusal.

    `force`: `must` (REG.14, REG.15) or `may` (REG.16: the organ weighs and gives reasons).
    `lifted_by`: `consent` of the third party, `public-interest` (REG.15), `disclosure-rule`: a law, a
    regulation or a rule that orders disclosure (REG.16.2). `grounded_in`: the ranks of law REG.14b needs.
    `kinds`: what the article names.
    """

    id: str
    zh: str
    en: str
    outcome: str
    row: str
    force: Force
    lifted_by: frozenset[str]
    grounded_in: tuple[str, ...]
    kinds: tuple[str, ...]
    mark: Mark


def outcomes() -> tuple[Outcome, ...]:
    """Every outcome, in the order of table 3."""
    return tuple(_outcomes().values())


def outcome(code: str) -> Outcome:
    """The outcome of that code. DecisionError `decision_unknown_outcome` for any other value.

    >>> outcome("REF-5").row, outcome("REF-5").reconsideration_first
    ('refused.internal_affairs', True)
    """
    found = _outcomes().get(code) if isinstance(code, str) else None
    if found is None:
        raise unknown("outcome", "办理结果", "outcome", code, _outcomes())
    return found


def outcomes_for_row(row: str) -> tuple[Outcome, ...]:
    """The outcomes counted in a row of table 3; () for the rows of receipt and of totals.

    >>> [one.code for one in outcomes_for_row("granted")]
    ['OPEN-1', 'OPEN-2']
    """
    return tuple(one for one in outcomes() if one.row == row)


def exemptions() -> tuple[Exemption, ...]:
    """Every exemption, in the order of the articles."""
    return tuple(_exemptions().values())


def exemption(id: str) -> Exemption:
    """The exemption of that id, `REG.14a` … `REG.16.2b`. DecisionError `decision_unknown_exemption` else.

    >>> exemption("REG.16.1").force
    'may'
    """
    found = _exemptions().get(id) if isinstance(id, str) else None
    if found is None:
        raise unknown("exemption", "不予公开的情形", "exemption", id, _exemptions())
    return found


@cache
def ranks() -> MappingProxyType[str, tuple[str, str]]:
    """The ranks of law by code, each with its Chinese and English name."""
    return MappingProxyType({row["code"]: (row["zh"], row["en"]) for row in data("exemptions.toml")["rank"]})


@cache
def disclosing_ranks() -> frozenset[str]:
    """The ranks of law whose order to disclose wins over REG.16.2."""
    return frozenset(data("exemptions.toml")["disclosure_rule"]["ranks"])


@cache
def parts() -> MappingProxyType[str, Part]:
    """Everything a reply letter may have to say, by code."""
    return MappingProxyType({row["code"]: Part(**row) for row in data("outcomes.toml")["part"]})


def unknown(kind: str, zh: str, en: str, value: object, known: Any) -> DecisionError:
    """The error for a code that is none."""
    return unknown_choice(DecisionError, f"decision_unknown_{kind}", zh, en, value, known)


@cache
def _outcomes() -> MappingProxyType[str, Outcome]:
    file = data("outcomes.toml")
    always = tuple(parts()[code] for code in file["letter"]["always"])
    return MappingProxyType({row["code"]: _read_outcome(row, always) for row in file["outcome"]})


def _read_outcome(row: dict[str, Any], always: tuple[Part, ...]) -> Outcome:
    return Outcome(
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        row=row["row"],
        when_zh=row["when_zh"],
        when_en=row["when_en"],
        reconsideration_first=row["first"],
        fee_bases=tuple(row["fee"]),
        bases=tuple(map(_read_basis, row["bases"])),
        mark=row["mark"],
        to_confirm=row.get("to_confirm", ""),
        always=always,
    )


def _read_basis(row: dict[str, Any]) -> Basis:
    return Basis(
        code=row.get("code", ""),
        zh=row.get("zh", ""),
        en=row.get("en", ""),
        rule=row["rule"],
        parts=tuple(parts()[code] for code in row["parts"]),
        may=tuple(parts()[code] for code in row.get("may", ())),
        exempt=row.get("exempt", False),
        search_record=row.get("search_record", False),
        grounded_in=tuple(row.get("grounded_in", ())),
        first=row.get("first"),
        to_confirm=row.get("to_confirm", ""),
    )


@cache
def _exemptions() -> MappingProxyType[str, Exemption]:
    return MappingProxyType(
        {
            row["id"]: Exemption(
                id=row["id"],
                zh=row["zh"],
                en=row["en"],
                outcome=row["outcome"],
                row=row["row"],
                force=row["force"],
                lifted_by=frozenset(row.get("lifted_by", ())),
                grounded_in=tuple(row.get("grounded_in", ())),
                kinds=tuple(row.get("kinds", ())),
                mark=row["mark"],
            )
            for row in data("exemptions.toml")["exemption"]
        }
    )
