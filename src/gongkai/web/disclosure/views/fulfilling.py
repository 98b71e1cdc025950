"""What is public already, joined to an item of the checklist and taken off again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongkai.web.disclosure.actions.fulfilling import join_record, leave_item
from gongkai.web.disclosure.forms.fields import send_anew
from gongkai.web.disclosure.forms.fulfilling import FulfilForm, SearchForm
from gongkai.web.disclosure.models import ChecklistItem, Record, State
from gongkai.web.disclosure.once import FIELD, token
from gongkai.web.disclosure.permissions import may_draft, may_fulfil, may_see
from gongkai.web.disclosure.queries.checklist import items
from gongkai.web.disclosure.queries.fulfilling import (
    MOST_FOUND,
    found_for,
    items_for,
    joined_to,
    proposals,
)
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import (
    MOST_ID,
    seen_record,
    staff_of,
    tell,
    to_record,
    words_of,
    work_page,
)
from gongkai.web.disclosure.views.organ_choice import address
from gongkai.web.disclosure.views.standing import standing_state
from gongkai.web.look.pieces import Action, Fact, Tab
from gongkai.web.organs.errors import NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Staff

PLACE = "checklist"


def item_seen(staff: Staff, pk: int) -> ChecklistItem:
    """The item, or 404: for what is not there and what the person may not see alike."""
    found = ChecklistItem.objects.select_related("organ", "unit").defer("organ__emblem").filter(pk=pk).first()
    if found is None or not may_see(staff, found):
        raise Http404
    return found


def item_actions(staff: Staff, item: ChecklistItem, *, has_records: bool) -> list[Action]:
    """On an item's page: what is public joined to it, what is under it taken off."""
    if not may_fulfil(staff, item):
        return []
    to = address("checklist_join", item.organ, item.pk)
    actions = [Action(_("把已公开的信息归到本项"), to)] if item.is_active else []
    return [*actions, Action(_("移出信息"), f"{to}#joined")] if has_records else actions


def record_actions(staff: Staff, record: Record) -> list[Action]:
    """On a public record's page: which item it fulfils."""
    if record.state != State.PUBLISHED or not may_draft(staff, record):
        return []
    return [Action(_("履行清单事项"), reverse("disclosure:fulfils", args=(record.pk,)))]


@work_page("GET", "POST")
def checklist_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Public records for an item: proposed, searched for, joined by a button; and those that are under it."""
    staff, item = staff_of(request), _fulfilled_by(request, pk)
    form = SearchForm(request.GET or None)
    asked = form.asked()
    if request.method == "POST":
        return _sent(request, item, join_record, _("已归到本项：%(title)s"), asked)
    stands = items(item.organ, closed=not item.is_active).get(pk=item.pk)
    joined = joined_to(item)
    hits = found_for(item, asked) if asked else proposals(item) if item.is_active else []
    context = {
        "title": _("把已公开的信息归到本项"),
        "lead": _("%(item)s。已经公开、当时没有选择事项的信息，可以在这里归到本项，公开时间按原来的算。")
        % {"item": item},
        "place": PLACE,
        "back": Tab(str(item), address("checklist_item", item.organ, item.pk)),
        "state": standing_state(stands.standing),
        "days_left": showing.days_until(stands.due_on),
        "form": form,
        "asked": asked,
        "item": item,
        "hits": [_line(one, _why_not(item, one)) for one in hits],
        "is_cut": bool(asked) and len(hits) == MOST_FOUND,
        "join_address": _here("checklist_join", item, asked),
        "joined": [_line(one) for one in joined],
        "leave_address": _here("checklist_leave", item, asked),
        "may_leave": may_fulfil(staff, item),
    }
    return render(request, "disclosure/joining.html", context)


@work_page("POST")
def checklist_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A record is taken off the item."""
    item = _fulfilled_by(request, pk)
    asked = SearchForm(request.GET or None).asked()
    return _sent(request, item, leave_item, _("已从本项移出：%(title)s"), asked)


def _sent(
    request: HttpRequest, item: ChecklistItem, act: Callable[..., Record], words: str, asked: str
) -> HttpResponse:
    """One record joined or taken off; what came of it is told on the page it was sent from."""
    try:
        record = act(by=staff_of(request), item=item, record=_named(request, item), seen=_seen(request))
    except NotAllowed:
        raise
    except WorkError as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, words % {"title": record.title})
    return HttpResponseRedirect(_here("checklist_join", item, asked))


def _named(request: HttpRequest, item: ChecklistItem) -> Record:
    """The record that the form names, of the item's organ alone: another's is not told to be there."""
    found = Record.objects.filter(pk=_number(request, "record") or 0, organ=item.organ_id).first()
    if found is None:
        zh = _("本机关没有这条信息。请在下面查找后再归入。")
        raise WorkError("no_such_record", zh, zh, field="record")
    return found


def _seen(request: HttpRequest) -> int | None:
    return _number(request, "seen")


def _number(request: HttpRequest, name: str) -> int | None:
    sent = request.POST.get(name, "")
    is_number = sent.isascii() and sent.isdigit() and len(sent) < 20
    return int(sent) if is_number and int(sent) <= MOST_ID else None


def _here(name: str, item: ChecklistItem, asked: str) -> str:
    return f"{reverse(f'disclosure:{name}', args=(item.pk,))}{'?' + urlencode({'q': asked}) if asked else ''}"


def _why_not(item: ChecklistItem, record: Record) -> str:
    """Why a record that was found cannot be joined; the action has the last word."""
    if not item.is_active:
        return _("本项已停用")
    if record.checklist_item_id == item.pk:
        return _("已归到本项")
    if record.checklist_item is not None:
        return _("已归到“%(item)s”，请先从那里移出") % {"item": record.checklist_item}
    return _("已废止") if record.validity == "repealed" else ""


def _line(record: Record, why_not: str = "") -> dict[str, Any]:
    return {
        "record": record,
        "state": showing.state_of(record),
        "address": reverse("disclosure:record", args=(record.pk,)),
        "why_not": why_not,
        "fields": {FIELD: token(), "record": str(record.pk), "seen": str(record.revision)},
    }


def _fulfilled_by(request: HttpRequest, pk: int) -> ChecklistItem:
    staff = staff_of(request)
    item = item_seen(staff, pk)
    if not may_fulfil(staff, item):
        raise NotAllowed
    return item


@work_page("GET", "POST")
def fulfils(request: HttpRequest, pk: int) -> HttpResponse:
    """The item that a public record fulfils: chosen, or taken off."""
    staff, record = staff_of(request), seen_record(request, pk)
    if not may_draft(staff, record):
        raise NotAllowed
    posted = request.method == "POST"
    if record.state != State.PUBLISHED and not posted:
        words = _("这条信息现在没有公开。没有公开的，在草稿的“公开事项”一栏选择事项。")
        messages.error(request, words)
        return HttpResponseRedirect(reverse("disclosure:record", args=(record.pk,)))
    offered = [one for one in items_for(record) if may_fulfil(staff, one)]
    form = FulfilForm(request.POST if posted else None, items=offered, initial={"seen": record.revision})
    if posted and form.is_valid():
        try:
            return _record_sent(request, record, form)
        except NotAllowed:
            raise
        except WorkError as refused:
            if isinstance(refused, Stale):
                send_anew(form, record.revision)
            tell(form, refused)
    return render(request, "disclosure/fulfils.html", _record_context(staff, record, form))


def _record_sent(request: HttpRequest, record: Record, form: FulfilForm) -> HttpResponse:
    staff, seen = staff_of(request), form.cleaned_data["seen"]
    if request.POST.get("leave") and record.checklist_item is not None:
        item = record.checklist_item
        leave_item(by=staff, item=item, record=record, seen=seen)
        return to_record(request, record, _("已从“%(item)s”移出。") % {"item": item})
    chosen = form.chosen()
    if chosen is None:
        zh = _("请选择这条信息履行的公开事项。")
        raise WorkError("item_missing", zh, zh, field="item")
    join_record(by=staff, item=chosen, record=record, seen=seen)
    return to_record(request, record, _("已归到公开事项：%(item)s") % {"item": chosen})


def _record_context(staff: Staff, record: Record, form: FulfilForm) -> dict[str, Any]:
    item = record.checklist_item
    back = reverse("disclosure:record", args=(record.pk,))
    facts = [
        Fact(_("标题"), record.title, wide=True),
        Fact(_("索引号"), record.index_number),
        Fact(_("公开时间"), timezone.localdate(record.published_at) if record.published_at else None),
    ]
    if item is not None:
        to = address("checklist_item", record.organ, item.pk)
        facts.append(Fact(_("公开事项"), str(item), wide=True, address=to))
    return {
        "title": _("履行清单事项"),
        "lead": _("选择这条信息履行公开清单中的哪一项，公开时间按原来的算。"),
        "place": PLACE,
        "back": Tab(_("返回信息页"), back),
        "facts": facts,
        "form": form,
        "item": item,
        "may_leave": item is not None and may_fulfil(staff, item),
        "has_items": bool(form.items),
        "cancel_address": back,
        "submit_words": _("归到这个事项"),
    }
