"""One form sent from two places in the same moment: one case, one receipt. On both databases."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections
from tests.web.platform import house
from tests.web.requests.asking import asked

from gongkai.web.organs.errors import Invalid
from gongkai.web.requests.actions.citizens import Receipt, receipt_of, send
from gongkai.web.requests.models import Case, CaseCounter, SentForm

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def test_one_form_sent_from_everywhere_at_once_is_one_case(settings: Any) -> None:
    organ = house("beishan", "虚构区北山镇人民政府", 2).organ
    begin, told, wrong = threading.Barrier(AT_ONCE), [], []

    def go() -> None:
        begin.wait()
        try:
            told.append(send(organ=organ, form="a" * 64, asked=asked()))
        except Exception as problem:  # noqa: BLE001 - whatever it is, the test tells
            wrong.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(AT_ONCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
    assert len({(one.case.pk, one.code) for one in told}) == 1
    assert Case.objects.count() == SentForm.objects.count() == 1
    assert CaseCounter.objects.get().last == 1


def test_what_is_refused_leaves_no_trace_and_can_be_sent_again() -> None:
    organ = house("beishan", "虚构区北山镇人民政府", 2).organ
    with pytest.raises(Invalid):
        send(organ=organ, form="a" * 64, asked=asked(words=""))
    assert receipt_of("a" * 64) is None
    receipt = send(organ=organ, form="a" * 64, asked=asked())
    assert isinstance(receipt, Receipt)
    assert receipt.case.serial == 1


def test_another_form_does_not_learn_the_code(settings: Any) -> None:
    organ = house("beishan", "虚构区北山镇人民政府", 2).organ
    send(organ=organ, form="a" * 64, asked=asked())
    assert receipt_of("b" * 64) is None
    kept = SentForm.objects.get()
    assert kept.code
    assert "a" * 64 not in (kept.token, kept.code)
