"""Lists of cases: what waits, the nearest limit first; all of an organ, by filters, to be saved as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongkai.statute.outcomes import outcomes
from gongkai.web.disclosure.exporting import file_of
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.disclosure.views.exporting import asked_format, file_response
from gongkai.web.disclosure.views.organ_choice import organ_to, organs_of
from gongkai.web.look.pieces import Action, Column, Pages, Row, Tab, Table
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.requests.actions.listing import note_listing, note_search
from gongkai.web.requests.forms.lists import CaseFilterForm, PersonForm
from gongkai.web.requests.models import Case, Channel, Kind, RequesterKind, Stands
from gongkai.web.requests.permissions import may_open_personal, may_register, may_see
from gongkai.web.requests.queries import lists
from gongkai.web.requests.queries.come_back import mark_come_back
from gongkai.web.requests.queries.finding import MOST_OF_PERSON, cases_of_person, years_of
from gongkai.web.requests.views import case_words
from gongkai.web.requests.views.working import PLACE, REFUSED, address, address_of, case_address, fresh

MOST_WAITING = 50
_MOST_PEOPLE = 500
_MOST_ID = 2**63 - 1
_SHOWN_FIRST = ("title", "subject", "left", "state", "received", "due", "unit", "handler")
_EXPORTED = (
    ("编号", "year"),
    ("序号", "serial"),
    ("申请类别", "kind"),
    ("申请人类别", "requester_kind"),
    ("提交渠道", "channel"),
    ("申请事项", "subject"),
    ("到达日期", "arrived_on"),
    ("收到申请之日", "received_on"),
    ("答复期限", "due_on"),
    ("状态", "stands"),
    ("办理结果", "outcome"),
    ("决定日期", "decided_on"),
    ("办结日期", "closed_on"),
    ("已用工作日", "days_used"),
    ("按期", "in_time"),
    ("承办科室", "unit__name"),
    ("承办人", "handler__name"),
)


def _columns() -> dict[str, Column]:
    listed = (
        Column("title", _("编号"), "title"),
        Column("subject", _("申请事项")),
        Column("left", _("剩余")),
        Column("state", _("状态"), "state"),
        Column("arrived", _("到达"), "date"),
        Column("received", _("收到申请"), "date"),
        Column("due", _("答复期限"), "date"),
        Column("closed", _("办结"), "date"),
        Column("outcome", _("办理结果")),
        Column("channel", _("提交渠道")),
        Column("requester_kind", _("申请人类别")),
        Column("unit", _("科室")),
        Column("handler", _("承办人")),
    )
    return {one.key: one for one in listed}


@work_page("GET")
def cases(request: HttpRequest) -> HttpResponse:
    """What waits, in the order of days left; with a filter, or all: the newest first. At most 10 queries."""
    staff = staff_of(request)
    organ = organ_to(request, may_see)
    filters = _filters(request, staff, organ)
    lists.refreshed(organ)
    is_all = bool(filters.count_set) or request.GET.get("tab") == "all"
    found, pages = _page(request, organ, filters.wanted()) if is_all else _waiting(organ)
    keys = _chosen_columns(request)
    columns = _columns()
    context = {
        "title": _("依申请公开"),
        "lead": organ.name,
        "place": PLACE,
        "tabs": room_tabs(organ, "all" if is_all else "cases"),
        "tabs_label": _("依申请公开"),
        "actions": _actions(request, staff, organ),
        "filters": filters,
        "filters_set": filters.count_set,
        "filter_address": address("cases"),
        "table": Table(
            _("申请"),
            [columns[key] for key in keys],
            [case_row(one) for one in mark_come_back(organ, found)],
            empty=_none_words(filters, is_all, finds_people=bool(may_open_personal(staff, organ))),
        ),
        "pages": pages,
        "column_choices": [(key, one.words, key in keys) for key, one in columns.items() if key != "title"],
    }
    return render(request, "requests/work/list.html", context)


def room_tabs(organ: Organ, here: str) -> list[Tab]:
    """The lists of this room."""
    return [
        Tab(_("待办"), address_of("cases", organ), here == "cases"),
        Tab(_("全部申请"), address_of("cases", organ, tab="all"), here == "all"),
        Tab(_("科室交办"), address_of("tasks", organ), here == "tasks"),
        Tab(_("年报表三"), address_of("table3", organ), here == "table3"),
        Tab(_("已公开信息提示"), address_of("found", organ), here == "found"),
    ]


def _filters(request: HttpRequest, staff: Staff, organ: Organ) -> CaseFilterForm:
    people = Staff.objects.filter(organ=organ).order_by("id").only("pk", "name", "username")[:_MOST_PEOPLE]
    return CaseFilterForm(
        request.GET,
        organs=organs_of(staff, may_see),
        units=list(Unit.objects.filter(organ=organ)),
        people=list(people),
        years=years_of(organ),
        lang=language(),
    )


def _waiting(organ: Organ) -> tuple[list[Case], Pages]:
    found = [*lists.come_back_cases(organ), *lists.open_cases(organ, MOST_WAITING + 1)]
    more = len(found) > MOST_WAITING
    words = _("只列期限最近的 %(n)s 件，其余见“全部申请”。") % {"n": MOST_WAITING} if more else ""
    return found[:MOST_WAITING], Pages(words=words)


def _page(request: HttpRequest, organ: Organ, wanted: lists.Wanted) -> tuple[list[Case], Pages]:
    """A page by the id of its first or last row."""
    after, before = _id_in(request, "after"), _id_in(request, "before")
    found = lists.cases(organ, wanted, after, lists.PAGE, before=before)
    more = len(found) > lists.PAGE
    if before is not None:
        found = found[1:] if more else found
        first, last = more, bool(found)
    else:
        found = found[: lists.PAGE]
        first, last = after is not None, more
    if not found:
        return [], Pages()
    return found, Pages(str(found[0].pk) if first else None, str(found[-1].pk) if last else None)


def _id_in(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return min(int(text), _MOST_ID) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _chosen_columns(request: HttpRequest) -> list[str]:
    """The columns that the address names, in our order; the number always."""
    asked = set(request.GET.getlist("columns"))
    return [key for key in _columns() if key == "title" or key in (asked or _SHOWN_FIRST)]


def _actions(request: HttpRequest, staff: Staff, organ: Organ) -> list[Action]:
    kept = request.GET.copy()
    for name in ("before", "after", "lang", "columns", "tab", "organ"):
        kept.pop(name, None)
    kept["organ"] = organ.code
    actions = []
    if may_register(staff, organ):
        actions.append(Action(_("登记申请"), address_of("register", organ), style="main"))
    if may_open_personal(staff, organ):
        actions.append(Action(_("按申请人查找"), address_of("find", organ)))
    return [*actions, Action(_("导出"), f"{address('export')}?{kept.urlencode()}&format=csv")]


def _none_words(filters: CaseFilterForm, is_all: bool, finds_people: bool) -> str:
    if finds_people and filters.said("q"):
        return _("没有符合条件的申请。要按姓名、电话、证件号码找，用“按申请人查找”。")
    if filters.count_set:
        return _("没有符合条件的申请。可以放宽筛选条件。")
    return _("还没有申请。") if is_all else _("现在没有待办的申请。")


def case_row(case: Case) -> Row:
    """A case as a row, with a value for every column of these lists."""
    return Row(
        {
            "title": case.number,
            "subject": case.subject,
            "left": case_words.square_of(case),
            "state": case_words.state_of(case),
            "arrived": case.arrived_on,
            "received": case.received_on,
            "due": case.due_on,
            "decided": case.decided_on,
            "closed": case.closed_on,
            "outcome": case_words.outcome_words(case.outcome),
            "channel": Channel(case.channel).label,
            "requester_kind": RequesterKind(case.requester_kind).label,
            "unit": case.unit.name if case.unit else "",
            "handler": case.handler.name if case.handler else "",
        },
        case_address(case),
        _note(case),
    )


def _note(case: Case) -> str:
    notes = []
    if getattr(case, "has_come_back", False):
        notes.append(_("文书退回待再送达"))
    if case.waits_until is not None and not case.is_closed:
        notes.append(_("等待至 %(day)s") % {"day": case.waits_until})
    if case.due_is_provisional and case.due_on is not None:
        notes.append(_("期限跨未公布放假安排的年度，待复核"))
    if case.has_faults:
        notes.append(_("有程序问题"))
    return _("；").join(notes)


@work_page("GET", "POST")
def find(request: HttpRequest) -> HttpResponse:
    """The cases of somebody, by what names them. Who is looked for comes in a form and stands in no address.
    That somebody was looked for is in the log. At most 10 queries."""
    staff = staff_of(request)
    organ = organ_to(request, may_open_personal)
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm()
    context: dict[str, Any] = {
        "title": _("按申请人查找"),
        "lead": organ.name,
        "back": Tab(_("依申请公开"), address_of("cases", organ)),
        "place": PLACE,
        "form": form,
        "submit_words": _("查找"),
        "form_address": address_of("find", organ),
    }
    if request.method == "POST" and form.is_valid():
        found = cases_of_person(organ, form.cleaned_data["who"])
        note_search(by=staff, organ=organ, rows=len(found[:MOST_OF_PERSON]))
        columns = _columns()
        context |= {
            "table": Table(
                _("这个申请人的申请"),
                [columns[key] for key in _SHOWN_FIRST],
                [case_row(one) for one in mark_come_back(organ, found[:MOST_OF_PERSON])],
                empty=_("没有找到。姓名、电话、邮箱、证件号码要完整，与登记的一致。"),
            ),
            "pages": Pages(words=_("只列最近的 %(n)s 件。") % {"n": MOST_OF_PERSON})
            if len(found) > MOST_OF_PERSON
            else None,
        }
    return fresh(request, "requests/work/find.html", context, REFUSED if form.errors else 200)


@work_page("GET")
def export(request: HttpRequest) -> HttpResponse:
    """The list as a file, narrowed as the list is: nothing in it names a requester. That it was taken is in
    the log.
    `format`: csv, xlsx (the usual one) or json."""
    staff = staff_of(request)
    organ = organ_to(request, may_see)
    form = asked_format(request)
    lists.refreshed(organ)
    wanted = _filters(request, staff, organ).wanted()
    found = lists.filtered(organ, wanted).order_by("-id")
    note_listing(by=staff, organ=organ, wanted=wanted, rows=found.count(), form=form)
    rows = found.values_list(*(name for _label, name in _EXPORTED)).iterator(chunk_size=2000)
    heads = [label for label, name in _EXPORTED if name != "serial"]
    return file_response(file_of(heads, _exported(rows), form, "申请"), f"{organ.called}依申请公开", form)


def _exported(rows: Iterator[Any]) -> Iterator[Sequence[Any]]:
    """Rows in the words of the file's heads, whatever the reader's language."""
    with override("zh-hans"):
        words: dict[str, dict[Any, str]] = {
            "kind": {one.value: str(one.label) for one in Kind},
            "requester_kind": {one.value: str(one.label) for one in RequesterKind},
            "channel": {one.value: str(one.label) for one in Channel},
            "stands": {one.value: str(one.label) for one in Stands},
            "outcome": {one.code: one.zh for one in outcomes()},
            "in_time": {True: "是", False: "否"},
        }
    names = [name for _label, name in _EXPORTED[2:]]
    for year, serial, *values in rows:
        told = [words.get(name, {}).get(one, one) for name, one in zip(names, values, strict=True)]
        yield [f"〔{year}〕{serial}号", *told]
