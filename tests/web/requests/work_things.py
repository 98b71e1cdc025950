"""One of each thing of the lists, intake and case page, for the isolation matrix (tests/web/isolation.py)."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from PIL import Image
from tests.web.platform import House
from tests.web.requests.asking import asked, at, received

from gongkai.web.config import clock
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import add_party, ask_party
from gongkai.web.requests.actions.deciding import draft_decision
from gongkai.web.requests.actions.filing import add_file
from gongkai.web.requests.actions.inside import give_task, write_note
from gongkai.web.requests.actions.lettering import draft_letter
from gongkai.web.requests.actions.receiving import register, submit
from gongkai.web.requests.models import Case

# What nobody of another organ may read of a case.
SECRET_SUBJECT = "北山镇申请公开事项丁"
WORKERS = ["clerk", "unit_head", "secrecy_officer", "leader", "disclosure_office", "auditor"]
DRAFTERS = ["clerk", "unit_head", "disclosure_office"]
REGISTRARS = ["clerk", "disclosure_office"]
OPENERS = ["clerk", "leader", "disclosure_office"]
_SEEN = ("case", "receipt", "label", "note", "log", "task")
_WORKED = ("step", "assign", "task_give", "task_cancel", "file_add")
_OF_A_CASE = (
    "case",
    "receipt",
    "label",
    "step",
    "assign",
    "task_give",
    "note",
    "split",
    "merge",
    "person",
    "correct",
    "log",
)
# Who of the organ may open each page; nobody elsewhere.
OF_THE_ORGAN: dict[str, tuple[list[str], list[str]]] = {
    **{f"requests_work:{name}": (WORKERS, []) for name in _SEEN},
    **{f"requests_work:{name}": (DRAFTERS, []) for name in _WORKED},
    **{f"requests_work:{name}": (REGISTRARS, []) for name in ("confirm", "split", "merge", "correct")},
    **{f"requests_work:{name}": (OPENERS, []) for name in ("person", "file")},
    "requests_work:void": (["leader", "disclosure_office"], []),
}
OF_ONES_OWN: dict[str, list[str]] = {
    **{
        f"requests_work:{name}": WORKERS
        for name in ("cases", "export", "found", "table3", "table3_cell", "tasks")
    },
    "requests_work:register": REGISTRARS,
    "requests_work:find": OPENERS,
}


def work_things(house: House) -> dict[str, dict[str, Any]]:
    """Ids by the name of the address."""
    office, today = house[Role.DISCLOSURE_OFFICE], clock.today()
    words = f"申请公开{SECRET_SUBJECT}"
    made = register(
        by=office, organ=house.organ, asked=asked(words=words), channel="in-person", arrived_on=today
    ).case
    task = give_task(by=office, case=made, unit=house.affairs, question="请查找")
    file = add_file(by=office, case=made, name="a.png", content=b"x", media_type="image/png", kind="request")
    waiting = submit(organ=house.organ, asked=asked(words=words)).case
    event = Case.objects.get(pk=made.pk).events.get()
    return {
        **{f"requests_work:{name}": {"pk": made.pk, "kind": "withdrawn"} for name in _OF_A_CASE},
        **{f"requests_work:{name}": {"pk": task.pk} for name in ("task", "task_cancel")},
        "requests_work:confirm": {"pk": waiting.pk},
        "requests:enter": {"token": "none"},
        "requests_work:file": {"pk": made.pk, "file": file.pk},
        "requests_work:file_add": {"pk": made.pk},
        "requests_work:void": {"pk": made.pk, "event": event.pk},
    }


def busy(house: House, on: dt.date) -> Case:
    """A case with something of everything."""
    for number in range(3):
        received(house, on - dt.timedelta(days=number + 1))
    case = received(house, on)
    office = house[Role.DISCLOSURE_OFFICE]
    with at(on):
        now = Case.objects.get(pk=case.pk)
        party = add_party(by=office, case=now, kind="third-party", name="虚构建设公司", address="虚构路1号")
        ask_party(by=office, party=party, on=on)
        give_task(by=office, case=now, unit=house.affairs, question="请查找分配方案")
        write_note(by=office, case=now, words="已电话联系档案室")
        write_note(by=office, case=now, words="建议予以公开", kind="legal-opinion")
        add_file(
            by=office, case=now, name="申请书.png", content=picture(), media_type="image/png", kind="request"
        )
        draft_letter(by=office, case=now, kind="receipt")
        draft_decision(by=office, case=now, outcome_code="OPEN-1")
    return Case.objects.get(pk=case.pk)


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), "#fff").save(file, "PNG")
    return file.getvalue()
