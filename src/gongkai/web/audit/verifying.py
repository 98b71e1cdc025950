"""`gongkai audit verify`: the chain from its first entry, and the rows of the database against it.

What is looked at: every entry's hash, number and place in the chain; the chain's end; personal data against
the digest in its entry; every tracked row against what the last entry about it says it looks like; rows
nobody entered; rows gone that nobody removed. An entry is never believed for itself: an outside copy of the
chain's end (`gongkai audit seal`) shows whether the whole chain was made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from django.apps import apps
from django.db import connection, models, transaction

from gongkai.web.audit.actions import SHRED, entry_hash, personal_digest, promised_by
from gongkai.web.audit.canonical import TRACKED_OF_OTHERS, tracked_fields, values_digest
from gongkai.web.audit.guards import missing
from gongkai.web.audit.ledger import Ledger
from gongkai.web.audit.models import GENESIS, ChainHead, Entry, PersonalDatum

_AT_ONCE = 2000
# As many values as one statement of SQLite takes in its oldest form, and one for the table.
_ROWS_AT_ONCE = 900
_MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold. `where`: entry number or row."""

    code: str
    where: str
    zh: str
    en: str


@dataclass(slots=True)
class Verdict:
    """What was looked at and what was found."""

    entries: int = 0
    rows: int = 0
    files: int = 0
    faults: list[Fault] = field(default_factory=list)
    left_out: int = 0

    @property
    def ok(self) -> bool:
        return not self.faults

    def add(self, code: str, where: str, zh: str, en: str) -> None:
        if len(self.faults) < _MOST_TOLD:
            self.faults.append(Fault(code, where, zh, en))
        else:
            self.left_out += 1


def verify(*, rows: bool = True, seals: Iterable[str] = ()) -> Verdict:
    """The whole log, and with `rows` every tracked row against it. `seals`: lines of `gongkai audit seal`."""
    verdict = Verdict()
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and is_first:
            # One picture of the whole database, however long it takes; nobody waits for us.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        with closing(Ledger()) as ledger:
            _chain(verdict, _seals(seals), ledger)
            _personal(verdict, ledger)
            if rows:
                _every_row(verdict, ledger)
        for name in missing():
            zh = f"数据库的防护（触发器 {name}）缺失：有人删除过，或者数据库迁移没有完成。"
            verdict.add("guard_missing", name, zh, f"The database's guard {name} is missing.")
        if connection.vendor == "sqlite":
            _sqlite_integrity(verdict)
    return verdict


def tracked_models() -> list[type[models.Model]]:
    """Models whose rows change through actions alone: those with `is_tracked`, and some of libraries."""
    ours = [model for model in apps.get_models() if getattr(model, "is_tracked", False)]
    return [*ours, *TRACKED_OF_OTHERS]


def _called(model: type[models.Model]) -> str:
    """What people call its rows: a library's own words are not ours."""
    told = model._meta.verbose_name
    return f"{told}（{model._meta.label_lower}）" if model in TRACKED_OF_OTHERS else str(told)


def _every_row(verdict: Verdict, ledger: Ledger) -> None:
    for model in tracked_models():
        _rows(verdict, model, ledger)
    for label in ledger.labels():
        zh = f"操作记录提到未知的数据表 {label}。"
        verdict.add("unknown_rows", label, zh, f"Unknown table {label}.")


def _chain(verdict: Verdict, seals: dict[int, str], ledger: Ledger) -> None:
    """Every entry in order, once; what each row and each personal value should be goes into the ledger."""
    expected, previous = 1, GENESIS
    last = None
    for entry in Entry.objects.order_by("number").iterator(chunk_size=_AT_ONCE):
        verdict.entries += 1
        _link(verdict, entry, expected, previous)
        if entry.number in seals and seals[entry.number] != entry.hash:
            zh = f"第 {entry.number} 条操作记录与封存的校验值不符：整条记录链被重造过。"
            verdict.add("seal_differs", str(entry.number), zh, f"Entry {entry.number} differs from its seal.")
        ledger.states(entry.states)
        for place, digest in promised_by(entry):
            ledger.promise(entry.number, place, digest)
        if entry.action == SHRED:
            ledger.destroyed(str(one) for one in entry.after.get("destroyed", ()))
        expected, previous, last = entry.number + 1, entry.hash, entry
    _end(verdict, last, seals)


def _link(verdict: Verdict, entry: Entry, expected: int, previous: str) -> None:
    """One entry: its number, the entry before it, its own hash."""
    if entry.number != expected:
        zh = f"第 {expected} 条操作记录缺失或顺序被改动，其后是第 {entry.number} 条。"
        verdict.add("gap", str(expected), zh, f"Entry {expected} is missing or out of order.")
    elif entry.previous_hash != previous:
        zh = f"第 {entry.number} 条操作记录与前一条不相衔接：前一条被改动、删除或调换过。"
        verdict.add(
            "broken_link", str(entry.number), zh, f"Entry {entry.number} does not follow the one before."
        )
    if entry_hash(entry) != entry.hash:
        zh = f"第 {entry.number} 条操作记录的内容被改动过：与其校验值不符。"
        verdict.add("edited", str(entry.number), zh, f"Entry {entry.number} was edited.")


def _end(verdict: Verdict, last: Entry | None, seals: dict[int, str]) -> None:
    head = ChainHead.objects.filter(pk=1).first()
    number, hash_ = (last.number, last.hash) if last else (0, GENESIS)
    if (head.number, head.hash) != (number, hash_) if head else number:
        end = head.number if head else 0
        zh = f"操作记录链的末尾应为第 {end} 条，现为第 {number} 条：末尾有记录被删除或添加。"
        verdict.add("end_differs", str(number), zh, "The chain's end is not where it should be.")
    if seals and max(seals) > number:
        zh = f"曾封存到第 {max(seals)} 条，现在只到第 {number} 条：末尾的记录被删除。"
        verdict.add("seal_missing", str(max(seals)), zh, "Entries that were sealed are gone.")


def _seals(lines: Iterable[str]) -> dict[int, str]:
    known: dict[int, str] = {}
    for line in lines:
        if line.strip():
            seal = json.loads(line)
            known[int(seal["number"])] = str(seal["hash"])
    return known


def _personal(verdict: Verdict, ledger: Ledger) -> None:
    """Each personal value against the digest in its entry; a destroyed one against the entry that says so."""
    for row in PersonalDatum.objects.iterator(chunk_size=_AT_ONCE):
        where = f"{row.entry_id}:{row.place}"
        digest, is_destroyed = ledger.take_promise(row.entry_id, row.place)
        gone = row.destroyed_by_id is not None
        holds = is_destroyed and not row.value if gone else digest == personal_digest(row.salt, row.value)
        if digest is None or not holds:
            zh = f"第 {row.entry_id} 条操作记录的文字或者个人信息（{row.place}）被改动过。"
            verdict.add("personal_edited", where, zh, f"Personal data of entry {row.entry_id} was edited.")
    for number, place in ledger.promises_left():
        zh = f"第 {number} 条操作记录的文字或者个人信息（{place}）不见了。"
        verdict.add(
            "personal_missing", f"{number}:{place}", zh, f"Personal data of entry {number} is missing."
        )


def _rows(verdict: Verdict, model: type[models.Model], ledger: Ledger) -> None:
    label, name = model._meta.label_lower, _called(model)
    digests = _digests(model)
    while some := list(islice(digests, _ROWS_AT_ONCE)):
        promised = ledger.take(label, [pk for pk, _ in some])
        for pk, digest in some:
            verdict.rows += 1
            known, where = promised.get(pk), f"{label}:{pk}"
            if known is None:
                zh = f"{name} {pk} 没有对应的操作记录：不是通过程序添加的。"
                verdict.add("row_unknown", where, zh, f"{where} was added behind the program's back.")
            elif known != digest:
                zh = f"{name} {pk} 与最后一条有关它的操作记录不符：内容被直接改动过。"
                verdict.add("row_edited", where, zh, f"{where} was edited behind the program's back.")
    for pk in ledger.left(label):
        zh = f"{name} {pk} 不见了：没有删除它的操作记录。"
        verdict.add("row_missing", f"{label}:{pk}", zh, f"{label}:{pk} is gone without an entry.")
    ledger.forget(label)


def _digests(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    fields = tracked_fields(model)
    names = [field.attname for field in fields]
    at = names.index(model._meta.pk.attname)
    for values in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=_AT_ONCE):
        yield str(values[at]), values_digest(names, values)


def _sqlite_integrity(verdict: Verdict) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        for (line,) in cursor.fetchall():
            if line != "ok":
                verdict.add(
                    "database_damaged", "sqlite", f"数据库文件损坏：{line}", f"Database damaged: {line}"
                )
