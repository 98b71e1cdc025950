"""What an import takes: a few questions a row, and the log locked once, at its end."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.web.disclosure.sheets import workbook
from tests.web.platform import House

from gongkai.web.audit.actions import Change, append, held_together
from gongkai.web.audit.models import ChainHead, Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.importing import run_import
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
HEAD = ("标题", "发文字号", "成文日期", "正文", "责任科室")
MOST_OF_A_ROW = 6  # the row's own savepoint, begun and ended, its record, its version, and which is at work
MOST_BESIDE = 60


def _rows(first: int, count: int) -> bytes:
    rows = (
        (f"第{n}号通知", f"虚政发〔2026〕{n}号", "2026-03-01", "各村：\n现印发给你们。", "社会事务办公室")
        for n in range(first, first + count)
    )
    return workbook(HEAD, *rows)


def test_a_row_asks_few_questions_and_the_log_is_locked_once_at_the_end(town: House) -> None:
    with CaptureQueriesContext(connection) as asked:
        run = run_import(
            by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, content=_rows(1, 50), name="信息.xlsx"
        )
    assert run.made == 50
    assert len(asked) <= 50 * MOST_OF_A_ROW + MOST_BESIDE
    told = [one["sql"] for one in asked.captured_queries]
    locks = [at for at, sql in enumerate(told) if sql.startswith("SELECT") and "audit_chainhead" in sql]
    last_record = max(at for at, sql in enumerate(told) if 'INTO "disclosure_record"' in sql)
    assert len(locks) == 1
    assert locks[0] > last_record


def test_each_row_has_its_own_entry_and_the_chain_holds(town: House) -> None:
    run_import(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, content=_rows(1, 12), name="信息.xlsx")
    drafted = Entry.objects.filter(action="disclosure.draft").order_by("number")
    assert [one.subject_id for one in drafted] == list(
        Record.objects.order_by("pk").values_list("pk", flat=True)
    )
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert verify().faults == []


def test_index_numbers_go_on_from_those_given_out_and_pass_over_those_taken(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    run_import(by=by, organ=town.organ, content=_rows(1, 2), name="甲.xlsx")
    taken = Record.objects.order_by("pk").first()
    assert taken is not None
    stem = str(taken.index_number)[:-5]
    content = workbook(("标题", "索引号"), ("带号的公告", f"{stem}00004"))
    run_import(by=by, organ=town.organ, content=content, name="乙.xlsx")
    run = run_import(by=by, organ=town.organ, content=_rows(10, 3), name="丙.xlsx")
    given = Record.objects.filter(pk__in=run.results).order_by("pk").values_list("index_number", flat=True)
    assert [number[-5:] for number in given] == ["00003", "00005", "00006"]


def test_entries_that_were_held_are_gone_with_what_went_wrong(town: House) -> None:
    before = ChainHead.objects.get().number
    with pytest.raises(RuntimeError):
        _halfway(town)
    assert ChainHead.objects.get().number == before
    with transaction.atomic(), held_together():
        entry = append(Change("tests.one", None, town.organ, touched=[town.organ]))
    assert entry.number == before + 1
    assert verify().faults == []


@transaction.atomic
def _halfway(town: House) -> None:
    with held_together():
        append(Change("tests.one", None, town.organ, touched=[town.organ]))
        raise RuntimeError("halfway")
