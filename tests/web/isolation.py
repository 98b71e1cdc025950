"""Every address of the platform with things of one organ to fill it, and everybody who could ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image
from tests.web.channels.things import channel_things
from tests.web.participation.things import participation_things
from tests.web.platform import (
    District,
    House,
    draft,
    open_review,
    pass_once,
    published,
    staff,
    submitted,
)
from tests.web.portal.reporting import archived
from tests.web.requests.decision_things import decision_things
from tests.web.requests.work_things import SECRET_SUBJECT, work_things

from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.actions.attaching import attach_file, keep_images
from gongkai.web.disclosure.actions.checklist import add_item
from gongkai.web.disclosure.actions.drafting import start_version
from gongkai.web.disclosure.actions.figures import enter_figure
from gongkai.web.disclosure.actions.importing import run_import
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.actions.settling import open_gate
from gongkai.web.disclosure.actions.withholding import withhold
from gongkai.web.disclosure.looking_at_files import Picture
from gongkai.web.disclosure.models import GateKind, LinkKind, Record
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.organs.actions.organs import set_emblem
from gongkai.web.organs.models import Appointment, Role, Staff

# What nobody of another organ may ever read.
SECRET_TITLE, SECRET_ITEM, SECRET_WITHHELD = "北山镇未公开草稿甲", "北山镇公开事项乙", "北山镇不予公开事项丙"
SECRETS = (SECRET_TITLE, SECRET_ITEM, SECRET_WITHHELD, SECRET_SUBJECT)
# What some pages must be asked with.
QUESTIONS = {
    "disclosure:table2_documents": "?block=normative_documents&part=issued&year=2026",
    "requests_work:table3_cell": "?row=received.new&column=total",
}
REPORT_YEAR = 2024
UNIT_PAGES = frozenset({"organs:unit", "organs:name_disclosure_office", "organs:close_unit"})
# Django's own pages, for superusers with a second factor alone: tested in tests/web/organs.
NOT_OURS = ("admin:", "keepers:")


@dataclass(frozen=True)
class Address:
    """An address's name with the names of what stands in it."""

    name: str
    arguments: tuple[str, ...]


def addresses() -> list[Address]:
    """Every named address of the URL table, each once."""
    found: dict[str, Address] = {}
    for name, arguments in _walk(get_resolver(), "", ()):
        if not name.startswith(NOT_OURS):
            found[name] = Address(name, arguments)
    return sorted(found.values(), key=lambda one: one.name)


def _walk(
    resolver: URLResolver, space: str, before: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in resolver.url_patterns:
        arguments = (*before, *one.pattern.converters)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one, inner, arguments)
        elif isinstance(one, URLPattern) and one.name:  # what has none only leads on to another
            yield f"{space}{one.name}", arguments


@dataclass
class Things:
    """What an organ has, to be asked for by others: ids by the name of the argument, per address."""

    house: House
    ids: dict[str, dict[str, Any]]

    def address(self, address: Address) -> str:
        known = {**self.ids["*"], **self.ids.get(address.name, {})}
        found = reverse(address.name, kwargs={name: known[name] for name in address.arguments})
        return found + QUESTIONS.get(address.name, "")


def things_of(house: House) -> Things:
    """One of each thing an organ can have: records in several states, with all that hangs on them."""
    clerk, office = house[Role.CLERK], house[Role.DISCLOSURE_OFFICE]
    out = _amended(house)
    record = draft(house, title=SECRET_TITLE)
    row = Record.objects.get(pk=record.pk)
    file = attach_file(by=clerk, record=row, content=b"1,2\n3,4\n", name="table.csv")
    picture = Picture("image:1", "image/png", b"\x89PNG\r\n\x1a\n")
    keep_images(by=clerk, record=Record.objects.get(pk=record.pk), images=[picture])
    gate = open_gate(
        by=clerk,
        record=record,
        kind=GateKind.CONSULT_ORGAN,
        organ_name="虚构区水务局",
        question="是否同意公开",
    )
    joined = link(by=clerk, record=record, target=out, kind=LinkKind.RELATED)
    reviewed = submitted(house, title="审查中的文件")
    item = add_item(by=office, organ=house.organ, facts={"source": "主动公开基本目录", "level1": SECRET_ITEM})
    withheld = withhold(
        by=office, organ=house.organ, title=SECRET_WITHHELD, basis="REG.16.1", reason="内部管理事项"
    )
    figure = enter_figure(by=clerk, organ=house.organ, kind="penalties", year=2025, value=3, source="台账")
    table = "标题,信息种类,成文日期\n北山镇导入的文件,一般信息,2026-03-02\n"
    run = run_import(by=clerk, organ=house.organ, content=table.encode(), name="records.csv")
    entry = Entry.objects.filter(organ_id=house.organ.pk).order_by("-number")[0]
    person = house[Role.CLERK]
    archived(house, REPORT_YEAR)
    archived(house, REPORT_YEAR - 1)
    assert out.published is not None
    ids: dict[str, dict[str, Any]] = {
        "*": {
            "code": house.organ.code,
            "pk": record.pk,
            "number": 1,
            "image": 1,
            "version": out.published.pk,
            "file": file.pk,
            "attachment": file.pk,
            "name": "table.csv",
            "gate": gate.pk,
            "link": joined.pk,
            "session": "none",
            "token": "none",
            "year": REPORT_YEAR,
            "ending": "csv",
            "appointment": Appointment.objects.filter(staff=person)[0].pk,
        },
        "disclosure:review": {"pk": open_review(reviewed).pk},
        "disclosure:take_back": {"pk": reviewed.pk},
        "disclosure:import_run": {"pk": run.pk},
        "disclosure:import_left_out": {"pk": run.pk},
        "disclosure:changes": {"pk": out.pk, "number": 2},
        "portal:version": {"pk": out.pk, "number": 1},
        "portal:sitemap_part": {"number": 1},
        **{f"workspace:{name}": {"number": entry.number} for name in ("entry", "shred")},
        **{
            f"disclosure:checklist_{name}": {"pk": item.pk}
            for name in ("item", "change", "close", "join", "leave")
        },
        **{f"disclosure:figure_{name}": {"pk": figure.pk} for name in ("replace", "withdraw")},
        "disclosure:withheld_item": {"pk": withheld.pk},
        **participation_things(house, out),
        **channel_things(house, out),
        **decision_things(house),
        **work_things(house),
    }
    for name in ("amend", "correct", "withdraw", "repeal", "undo_repeal"):
        ids[f"disclosure:{name}"] = {"pk": out.pk}
    for name in ("record", "qr", "file", "picture"):
        ids[f"portal:{name}"] = {"pk": out.pk}
    for address in addresses():
        if address.name.startswith("organs:"):
            unit = "unit" in address.name.split("_") or address.name in UNIT_PAGES
            ids[address.name] = {"pk": house.affairs.pk if unit else person.pk}
    return Things(house, ids)


def _emblem() -> bytes:
    """A red square as PNG."""
    file = BytesIO()
    Image.new("RGB", (32, 32), "#b3261e").save(file, "PNG")
    return file.getvalue()


def _amended(house: House) -> Record:
    """A public record in its second version, repealed by mistake a moment ago."""
    out = published(house, title="已公开的文件")
    start_version(by=house[Role.CLERK], record=out, change=ChangeKind.AMENDMENT, note="第二条修改")
    submit_for_review(by=house[Role.CLERK], record=Record.objects.get(pk=out.pk))
    for _ in range(3):
        pass_once(house, out)
    return Record.objects.get(pk=out.pk)


@dataclass(frozen=True)
class Asker:
    """Somebody who asks: where they work, seen from the thing's organ, and as what."""

    place: str  # own, other, above, nowhere
    role: str
    staff: Staff | None

    def client(self) -> Client:
        client = Client(headers={"host": "localhost"})
        if self.staff is not None:
            client.force_login(self.staff, backend=settings.AUTHENTICATION_BACKENDS[-1])
        return client


def askers(district: District) -> list[Asker]:
    """Every role at the town itself, at the bureau beside it, at the government above it; and the rest."""
    houses = (("own", district.town), ("other", district.bureau), ("above", district.government))
    for _, house in houses:
        set_emblem(by=house[Role.ADMINISTRATOR], organ=house.organ, content=_emblem())
    found = [Asker(place, role.value, house[role]) for place, house in houses for role in Role]
    root = Staff.objects.create_superuser("root", "Zhuhai-2026-lake", name="虚构超级用户")
    idle = staff("idle", "虚构闲人", district.town.organ)
    return [
        *found,
        Asker("nowhere", "superuser", root),
        Asker("own", "nothing", idle),
        Asker("nowhere", "nobody", None),
    ]
