"""The list of records, the page of one, its versions and what changed between them, its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.answers import kept_answers
from gongkai.web.disclosure.checks import check_version
from gongkai.web.disclosure.forms.records import FilterForm
from gongkai.web.disclosure.holding_up import why_overdue
from gongkai.web.disclosure.models import Attachment, Image, Record, Review, State
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.permissions import may_draft, may_export, may_open_gate
from gongkai.web.disclosure.proposals import repeals_told
from gongkai.web.disclosure.queries.differences import contents, difference
from gongkai.web.disclosure.queries.record_page import (
    RecordParts,
    attachments_of,
    entries_of,
    record_parts,
    versions_of,
)
from gongkai.web.disclosure.queries.records import NEWEST, SORTINGS, Asked, open_steps, page_of
from gongkai.web.disclosure.queries.visible import areas, organs_seen, own_organs
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import language, seen_record, staff_of, work_page
from gongkai.web.disclosure.views.buttons import gates_shown, links_shown, next_actions
from gongkai.web.disclosure.views.fulfilling import record_actions
from gongkai.web.disclosure.views.log_lines import entry_steps
from gongkai.web.look.pieces import Action, Column, Pages, Row, Tab, Table
from gongkai.web.organs.models import Organ, Staff, Unit

AREA = "area"
_SHOWN_FIRST = ("title", "document_number", "kind", "unit", "state", "due", "published")
_WITH_FINDINGS = (Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED, Stage.PUBLISHED)
_SAFE_FILES = "default-src 'none'; sandbox"


def _columns(*, of_area: bool = False) -> dict[str, Column]:
    """Every column; the list of an area has one order alone."""
    listed = (
        Column("title", _("标题"), "title"),
        Column("index_number", _("索引号")),
        Column("document_number", _("发文字号")),
        Column("organ", _("机关")),
        Column("kind", _("种类")),
        Column("category", _("公开类别")),
        Column("unit", _("科室")),
        Column("drafter", _("起草人")),
        Column("state", _("状态"), "state"),
        Column("due", _("公开期限"), "days", sortable=not of_area),
        Column("made_on", _("成文日期"), "date"),
        Column("published", _("公开时间"), "date", sortable=not of_area),
        Column("validity", _("有效性"), "state"),
    )
    return {one.key: one for one in listed}


@work_page("GET")
def records(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    every = organs_seen(staff)
    if not every:
        return render(request, "disclosure/no_records.html", {"title": _("信息"), "place": "records"})
    chosen = _chosen_organs(request, staff, every)
    units = list(Unit.objects.filter(organ=chosen[0])) if len(chosen) == 1 else []
    filters = FilterForm(request.GET, organs=_organ_choices(staff, every), units=units, lang=language())
    asked = _asked(request, filters, of_area=len(chosen) > 1)
    page = page_of(chosen, asked)
    steps = open_steps(page.records)
    columns = _columns(of_area=len(chosen) > 1)
    keys = _chosen_columns(request, of_area=len(chosen) > 1)
    none = _("没有符合条件的信息。可以放宽筛选条件。") if filters.count_set else _("还没有信息。")
    rows = [_row(one, steps.get(one.pk)) for one in page.records]
    table = Table(_("信息"), [columns[key] for key in keys], rows, asked.sort, none)
    context = {
        "title": _("信息"),
        "lead": _narrowed_words(asked.sort),
        "place": "records",
        "actions": _list_actions(request, staff, chosen),
        "filters": filters,
        "filters_set": filters.count_set,
        "table": table,
        "pages": Pages(page.before, page.after),
        "column_choices": [(key, one.words, key in keys) for key, one in columns.items() if key != "title"],
    }
    return render(request, "workspace/list.html", context)


def _asked(request: HttpRequest, filters: FilterForm, *, of_area: bool) -> Asked:
    """What the address asks for; of an area always the newest first."""
    sort = request.GET.get("sort", "")
    return Asked(
        filters.said("state"),
        filters.said("kind"),
        filters.said("category"),
        int(filters.said("unit") or 0) or None,
        int(filters.said("year") or 0) or None,
        filters.said("validity"),
        filters.said("q").strip()[:200],
        sort if sort in SORTINGS and not of_area else NEWEST,
        request.GET.get("before", ""),
        request.GET.get("after", ""),
    )


def _organ_choices(staff: Staff, every: list[Organ]) -> list[tuple[str, str]]:
    whole = [(AREA, _("全部机关"))] if len(every) > 1 and areas(staff) else []
    return [*whole, *((one.code, one.name) for one in every)]


def _chosen_organs(request: HttpRequest, staff: Staff, every: list[Organ]) -> list[Organ]:
    """The organ asked for; without one, the person's own, and of a supervisor the whole area."""
    asked = request.GET.get("organ", "")
    found = [one for one in every if one.code == asked]
    if found:
        return found
    own = own_organs(staff)
    if asked == AREA or not own:
        return every
    kept = request.session.get("organ")
    return [next((one for one in own if one.code == kept), own[0])]


def _chosen_columns(request: HttpRequest, *, of_area: bool) -> list[str]:
    """The columns that the address names, in our order; the title always."""
    asked = set(request.GET.getlist("columns"))
    first = {*_SHOWN_FIRST, *(["organ"] if of_area else [])} - ({"unit"} if of_area else set())
    return [key for key in _columns() if key == "title" or key in (asked or first)]


def _narrowed_words(sort: str) -> str:
    only = SORTINGS[sort].only
    if only == State.DRAFT:
        return _("按公开期限排列：只列还没有公开的信息。")
    return _("按公开时间排列：只列已公开的信息。") if only == State.PUBLISHED else ""


def _list_actions(request: HttpRequest, staff: Staff, chosen: list[Organ]) -> list[Action]:
    actions = []
    if any(may_draft(staff, one) for one in own_organs(staff)):
        actions.append(Action(_("新建信息"), reverse("disclosure:new"), style="main"))
    if len(chosen) == 1 and may_export(staff, chosen[0]):
        actions.append(Action(_("导出"), export_address(request)))
    return actions


def export_address(request: HttpRequest) -> str:
    """The export of what the list shows, whatever page of it."""
    kept = request.GET.copy()
    for name in ("before", "after", "lang", "columns"):
        kept.pop(name, None)
    return f"{reverse('disclosure:export')}?{kept.urlencode()}"


def _row(record: Record, review: Review | None) -> Row:
    at_work = record.working is not None
    late = record.due_on if record.state == State.DRAFT else None
    note = ""
    if at_work and record.state != State.DRAFT and record.working is not None:
        words = showing.stage_state(record.working.stage, review.step if review else "").words
        note = _("在办版本：%(state)s") % {"state": words}
    return Row(
        {
            "title": record.title or _("（没有标题）"),
            "index_number": record.index_number,
            "document_number": record.document_number,
            "organ": record.organ.called,
            "kind": showing.kind_words(record.kind),
            "category": showing.category_words(record.category),
            "unit": record.unit.name if record.unit else "",
            "drafter": str(record.created_by),
            "state": showing.state_of(record, review.step if review else ""),
            "due": showing.days_until(late),
            "made_on": record.made_on,
            "published": record.published_at,
            "validity": record.validity if record.state == State.PUBLISHED else "",
        },
        reverse("disclosure:record", args=(record.pk,)),
        note,
    )


@work_page("GET")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    staff = staff_of(request)
    found = seen_record(request, pk)
    parts = record_parts(found)
    standing = parts.standing
    is_moving = found.working is not None
    due = showing.due_of(found, parts.shown, parts.links) if is_moving else None
    context: dict[str, Any] = {
        "title": parts.shown.title or found.index_number,
        "state": showing.state_of(found, standing.review.step if standing.review else ""),
        "back": Tab(_("信息"), reverse("disclosure:records")),
        "actions": [*_to_the_public_page(found), *record_actions(staff, found)],
        "place": "records",
        "record": found,
        "lead": _which_version(found),
        "notice": _notice(found) or why_overdue(found.working, parts.gates),
        "facts": showing.facts_of(found, parts.shown),
        "body": showing.body_of(parts.shown),
        "attachments": showing.attachments_of(parts.attachments, found),
        "versions": showing.version_lines(parts.versions, found),
        "next_steps": next_actions(standing, staff),
        "steps": showing.review_steps(parts.shown, parts.reviews),
        "gates": gates_shown(parts.gates),
        "may_answer": may_open_gate(staff, found),
        "links": links_shown(parts.links, found, staff, parts.repealed),
        "log": entry_steps(entries_of(found)),
    }
    context |= _checked(parts)
    if is_moving and found.due_on:
        context |= {
            "due": found.due_on,
            "days_left": showing.days_until(found.due_on),
            "due_words": _("应当公开"),
        }
        context["due_why"] = due.message(language()) if due else ""
    return render(request, "disclosure/record.html", context)


def _checked(parts: RecordParts) -> dict[str, Any]:
    """The body with the words that the checks found, and each finding with the drafter's answer.

    Of a draft what is found now; of what was handed in what was found then. Of what is neither on its way
    nor public the files' findings alone.
    """
    version = parts.shown
    if version.can_be_edited:
        found: list[Any] = list(check_version(version, outside=()))
    else:
        found = version.findings if version.stage in _WITH_FINDINGS else []
    pieces = showing.finding_pieces(found, answers=kept_answers(version) if version.can_be_edited else None)
    files = [one for one in parts.attachments if one.findings]
    return {
        "body": showing.body_of(version, showing.places_of(found)),
        "findings": pieces if pieces or version.can_be_edited else None,
        "attachment_findings": []
        if version.stage in _WITH_FINDINGS or version.can_be_edited
        else [(one.name, showing.finding_pieces(one.findings)) for one in files],
        "findings_answer": version.findings_answer,
        "repealing": repeals_told(parts.record, version) if version.can_be_edited else [],
    }


def _to_the_public_page(found: Record) -> list[Action]:
    """Where citizens read it, and on which channels it is (a page of the room above, known by its name)."""
    channels = Action(_("发布渠道"), reverse("channels:record", args=(found.pk,)))
    if found.state not in (State.PUBLISHED, State.WITHDRAWN):
        return [channels] if found.state == State.DRAFT else []
    return [channels, Action(_("看公开页面"), reverse("portal:record", args=(found.organ.code, found.pk)))]


def _which_version(found: Record) -> str:
    """Which version the page shows, where another one is public."""
    if found.working is None or found.state != State.PUBLISHED:
        return ""
    words = showing.stage_state(found.working.stage).words
    facts = {"n": found.working.number, "state": words}
    return _("公众看到的仍是公开的版本；下面是在办的第 %(n)s 版（%(state)s）。") % facts


def _notice(found: Record) -> str:
    if found.state == State.WITHDRAWN:
        return _("已于 %(day)s 撤回：%(reason)s") % {
            "day": timezone.localdate(found.withdrawn_at),
            "reason": found.withdrawal_reason,
        }
    if found.repealed_on:
        facts = {"day": found.repealed_on, "basis": found.repeal_basis}
        if found.repealed_on > timezone.localdate():
            return _("将于 %(day)s 废止：%(basis)s") % facts
        return _("已于 %(day)s 废止：%(basis)s") % facts
    return ""


@work_page("GET")
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as it is or was."""
    found = seen_record(request, pk)
    shown = found.versions.select_related("drafted_by").filter(number=number).first()
    if shown is None:
        raise Http404
    shown.record = found
    context = {
        "title": shown.title,
        "lead": _("第 %(n)s 版") % {"n": shown.number},
        "state": showing.stage_state(shown.stage),
        "back": Tab(found.title, reverse("disclosure:record", args=(found.pk,))),
        "place": "records",
        "facts": showing.facts_of(found, shown),
        "body": showing.body_of(shown),
        "attachments": showing.attachments_of(attachments_of(shown), found),
        "versions": showing.version_lines(versions_of(found), found),
    }
    return render(request, "workspace/record.html", context)


@work_page("GET")
def changes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What a version changes against the one before it (or another, by `?against=`)."""
    found = seen_record(request, pk)
    asked = request.GET.get("against", "")
    older = found.versions.filter(number__lt=number).exclude(stage=Stage.ABANDONED)
    if asked.isascii() and asked.isdigit() and len(asked) < 9:
        older = found.versions.filter(number=int(asked))
    before = older.order_by("-number").first()
    after = found.versions.filter(number=number).first()
    if before is None or after is None:
        raise Http404
    old, new = contents(before, after)
    told = difference(old, new, language())
    context = {
        "title": _("改动：%(title)s") % {"title": after.title},
        "back": Tab(found.title, reverse("disclosure:record", args=(found.pk,))),
        "place": "records",
        "before_words": _("第 %(n)s 版") % {"n": before.number},
        "after_words": _("第 %(n)s 版") % {"n": after.number},
        "changes": told.changes,
        "pieces": told.pieces,
    }
    return render(request, "disclosure/changes.html", context)


@work_page("GET")
def attachment(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file as it was handed in, to be saved: never opened in our own pages."""
    found = seen_record(request, pk)
    row = Attachment.objects.filter(version__record=found, pk=file).first()
    if row is None:
        raise Http404
    response = HttpResponse(file_store.load(row.sha256), content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.name)
    return _sealed(response)


@work_page("GET")
def picture(request: HttpRequest, pk: int, number: int, image: int) -> HttpResponse:
    """A picture of a version's body."""
    found = seen_record(request, pk)
    row = Image.objects.filter(version__record=found, version__number=number, name=f"image:{image}").first()
    if row is None or row.media_type not in (
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/bmp",
    ):
        raise Http404
    return _sealed(HttpResponse(file_store.load(row.sha256), content_type=row.media_type))


def _sealed(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SAFE_FILES
    return response
