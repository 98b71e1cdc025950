"""Requests for the measures of `benchmarks.requests`, in a process of its own with its own GONGKAI_DATA.

`python -m benchmarks.requests_data fill N|facts|forms N|queries` prints one JSON object.

Cases are written straight into the tables, sealed as the actions seal them, without entries in the log: what
is measured is how pages find and show them. An answered one has its decision and its reply with file and
service; one reply of fifty came back, and every hundredth of those waits to be sent again. The guards stay
on. Beyond the first 100,000 the rows are copies under numbers of their own: lists find them like any other,
their sealed texts open no more, and the pages of cases that are asked for are the first ones'.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from random import Random
from typing import Any

_AT_ONCE = 2000
_SEALED = 100_000
_SPAN = dt.timedelta(days=3 * 365)
_ANSWERED_AFTER = 12  # working days, of nearly all
_CAME_BACK, _NOT_SENT_AGAIN = 50, 5000  # one reply of so many
_COPY = 10_000_000  # what a copy's numbers lie behind those of the one before
_MATTERS = ("农村公路养护资金分配方案", "征地补偿安置方案", "幼儿园收费标准", "低保评审结果", "路灯采购合同")


def main() -> int:
    from gongkai.cli_platform import start

    start()
    asked = {"fill": fill, "facts": facts, "forms": forms, "queries": queries}
    arguments = [int(one) for one in sys.argv[2:]]
    print(json.dumps(asked[sys.argv[1]](*arguments), ensure_ascii=False))  # type: ignore[operator]
    return 0


def fill(count: int) -> dict[str, float]:
    """So many cases more, the district's government having more than half; seconds it took."""
    from django.db import transaction

    from gongkai.web.requests.models import CaseCounter
    from gongkai.web.requests.stands import reckon_due
    from gongkai.web.sample.founding import standing

    begun = time.perf_counter()
    houses, chance = standing(), Random(7)
    serials: dict[tuple[int, int], int] = defaultdict(int)
    for counter in CaseCounter.objects.all():
        serials[counter.organ_id, counter.year] = counter.last
    sealed = min(count, _SEALED)
    for first in range(0, sealed, _AT_ONCE):
        with transaction.atomic():
            _write(list(_made(houses, range(first, min(first + _AT_ONCE, sealed)), sealed, serials, chance)))
    for copy in range(1, count // sealed):
        _copied(copy)
    for (organ, year), last in serials.items():
        CaseCounter.objects.update_or_create(organ_id=organ, year=year, defaults={"last": last})
    reckon_due()
    return {"seconds": time.perf_counter() - begun}


def _made(
    houses: list[Any], numbers: range, count: int, serials: dict[tuple[int, int], int], chance: Random
) -> Iterator[tuple[Any, Any, Any, list[Any], list[Any]]]:
    from gongkai.statute.calendar import national
    from gongkai.web.config import clock
    from gongkai.web.organs.models import Role
    from gongkai.web.requests.models import Case, CaseEvent, Requester
    from gongkai.web.requests.numbering import code_index, new_query_code
    from gongkai.web.requests.sealed import fill as sealed_into
    from gongkai.web.requests.sealed import new_opener

    calendar, today = national(), clock.today()
    for number in numbers:
        house = houses[0] if chance.random() < 0.6 else chance.choice(houses[1:])
        on = today - _SPAN + dt.timedelta(days=number * _SPAN.days // count)
        served = calendar.add_working_days(on, chance.randint(_ANSWERED_AFTER - 8, _ANSWERED_AFTER + 7)).date
        is_open = served > today
        serials[house.organ.pk, on.year] += 1
        clerk = house.holding(Role.CLERK)[0]
        matter = f"申请公开{on.year}年{chance.choice(_MATTERS)}（测量用{number}）"
        case = Case(
            organ=house.organ,
            year=on.year,
            serial=serials[house.organ.pk, on.year],
            requester_kind="natural_person" if number % 4 else "business",
            unit=house.unit_of(clerk),
            handler=clerk,
            channel="web",
            submitted_at=clock.now() - (today - on),
            arrived_on=on,
            received_on=on,
            subject=matter,
            reply_ways=["web"],
            stands="running" if is_open else "served",
            is_open=is_open,
            outcome="" if is_open else "OPEN-1",
            decided_on=None if is_open else served,
            closed_on=None if is_open else served,
            in_time=None if is_open else True,
            reckoned_on=on if is_open else today,
        )
        opener, key = new_opener(case)
        case.words = opener.seal(case, "words", matter)
        case.query_code = code_index(opener.key, new_query_code())
        requester = Requester(case=case, identity_kind="resident")
        facts = {
            "name": f"测量用{number}",
            "identity_number": f"测量用{number % 5000}",
            "phone": "10000000000",
        }
        sealed_into(requester, opener, facts)
        kinds = [("received", on), *([] if is_open else [("decided", served), ("served", served)])]
        events = [
            CaseEvent(
                case=case,
                kind=kind,
                on=day,
                way="online" if kind == "served" else "",
                recorded_at=clock.now(),
                recorded_by=clerk,
            )
            for kind, day in kinds
        ]
        yield case, key, requester, events, [] if is_open else _answer(case, opener, clerk, served, number)


def _answer(case: Any, opener: Any, clerk: Any, on: dt.date, number: int) -> list[Any]:
    """Decision, file, reply, and its services: a second one where the first came back."""
    from gongkai.web.config import clock
    from gongkai.web.requests.models import CaseFile, Decision, Letter, Service

    now, fills = clock.now(), {"finding": "该信息可以公开。", "information": case.subject}
    decision = Decision(case=case, number=1, stage="made", outcome="OPEN-2", basis="given", round=1)
    decision.drafted_by, decision.drafted_at, decision.made_on = clerk, now, on
    for name, words in fills.items():
        setattr(decision, name, opener.seal(decision, name, words))
    file = CaseFile(case=case, kind="letter", media_type="application/pdf", size=40_000, added_by=clerk)
    file.name, file.sha256, file.added_at = opener.seal(file, "name", "答复书.pdf"), "0" * 64, now
    letter = Letter(case=case, organ=case.organ, kind="reply", template_digest="0" * 64)
    letter.number = f"测量用〔{on.year}〕{number}号"
    letter.decision, letter.pdf, letter.dated, letter.issued_at = decision, file, on, now
    letter.text, letter.issued_by = opener.seal(letter, "text", "{}"), clerk
    sent = {"letter": letter, "way": "mail", "sent_on": on, "served_on": on, "tracking_number": "0"}
    services = [Service(**sent, recorded_by=clerk, recorded_at=now)]
    if number % _CAME_BACK == 0:
        back = on + dt.timedelta(days=5)
        services[0].returned_on, services[0].return_reason = back, "查无此人"
        if number % _NOT_SENT_AGAIN == 0:
            letter.came_back_on = back
        else:
            services.append(Service(**sent, recorded_by=clerk, recorded_at=now))
    return [decision, file, letter, *services]


def _copied(copy: int) -> None:
    """All cases once more, with what belongs to them, in one transaction."""
    from django.db import connection, transaction

    from gongkai.web.requests.models import Case, CaseEvent, CaseKey, Requester

    is_sqlite = connection.vendor == "sqlite"
    random = "lower(hex(randomblob({})))" if is_sqlite else "md5(random()::text)"
    moved = ("id", "case_id", "decision_id", "letter_id", "pdf_id", "service_id")
    with transaction.atomic(), connection.cursor() as cursor:
        for model in (Case, CaseKey, Requester, CaseEvent, *_answer_models()):
            taken = {
                **{name: f"{name} + {copy * _COPY}" for name in moved},
                "serial": f"serial + {copy * _COPY}",
                "uid": random.format(16) + ("" if is_sqlite else "::uuid"),
                "query_code": random.format(32),
            }
            names = [field.column for field in model._meta.concrete_fields]
            into = ", ".join(f'"{name}"' for name in names)
            values = ", ".join(taken.get(name, f'"{name}"') for name in names)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({into}) SELECT {values} "
                f"FROM {model._meta.db_table} WHERE {model._meta.pk.column} < {_COPY}"
            )


def _write(made: list[tuple[Any, Any, Any, list[Any]]]) -> None:
    from gongkai.web.requests.models import Case, CaseEvent, CaseKey, Requester

    Case.objects.bulk_create([case for case, *_ in made])
    for case, key, requester, events, answer in made:
        for row in (key, requester, *events, *answer[:3]):
            row.case = case  # which has its number now
    CaseKey.objects.bulk_create([key for _, key, *_ in made])
    Requester.objects.bulk_create([requester for _, _, requester, *_ in made])
    CaseEvent.objects.bulk_create([row for *_, events, _ in made for row in events])
    rows = [row for *_, answer in made for row in answer]
    for model in _answer_models():
        own = [row for row in rows if isinstance(row, model)]
        for row in own:  # what it stands under has its number now
            for name in ("decision", "pdf", "letter"):
                if getattr(row, name, None) is not None:
                    setattr(row, name, getattr(row, name))
        model.objects.bulk_create(own)


def _answer_models() -> tuple[Any, ...]:
    """In the order in which they refer to each other."""
    from gongkai.web.requests.models import CaseFile, Decision, Letter, Service

    return Decision, CaseFile, Letter, Service


def facts() -> dict[str, Any]:
    """Cases of the largest organ, spread over all of them, and some that are worked on."""
    from gongkai.web.requests.models import Case

    own = Case.objects.filter(organ__code="xugou", pk__lt=_COPY).order_by("-pk")
    last, first = own.values_list("pk", flat=True)[0], own.values_list("pk", flat=True).last()
    chance = Random(1)
    spread = [
        own.filter(pk__lte=chance.randint(first, last)).values_list("pk", flat=True)[0] for _ in range(60)
    ]
    at_work = own.filter(is_open=True).values_list("pk", flat=True)[:60]
    waiting = Case.objects.filter(organ__code="xugou", is_open=True)
    return {"cases": [*spread, *at_work], "open": waiting.count()}


def forms(count: int) -> list[dict[str, str]]:
    """Forms filled in to the last page: the organ they go to, and the state that their page carries."""
    from gongkai.web.organs.models import Organ
    from gongkai.web.requests.forms.citizens_state import new_filled, sealed

    organs = list(Organ.objects.order_by("pk"))
    said = {
        "kind": "information",
        "words": "申请公开虚构道路养护方案",
        "wanted_form": "electronic",
        "requester_kind": "natural_person",
        "name": "虚构申请人",
        "identity_kind": "resident",
        "identity_number": "11010519491231002X",
        "proof_later": True,
        "reply_ways": ["web"],
        "phone": "13800001234",
        "has_looked": True,
    }
    told = []
    for number in range(count):
        organ = organs[number % len(organs)]
        filled = new_filled().filled(**{**said, "words": f"{said['words']}{secrets.token_hex(4)}"})
        told.append({"organ": organ.code, "state": sealed(filled, organ)})
    return told


def queries() -> dict[str, int]:
    """How many queries the page of a case takes, signing in left out; the most of some."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from gongkai.web.organs.models import Staff

    client = Client()
    client.force_login(Staff.objects.get(username="xugou.clerk"))
    taken = []
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for pk in facts()["cases"][::10]:
            client.get(f"/work/requests/{pk}/")
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/work/requests/{pk}/").status_code == 200
            taken.append(len(seen))
    return {"case": max(taken)}


if __name__ == "__main__":
    sys.exit(main())
