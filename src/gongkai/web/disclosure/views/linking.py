"""Joining records: search for the other one, choose it, and undo a link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.disclosure.actions.linking import link as join
from gongkai.web.disclosure.actions.linking import unlink as part
from gongkai.web.disclosure.forms.fields import SeenForm, send_anew
from gongkai.web.disclosure.forms.records import LinkForm
from gongkai.web.disclosure.forms.steps import ReasonForm
from gongkai.web.disclosure.links_in_vain import ACTING, acting_kept, acting_stands, has_expired, in_vain
from gongkai.web.disclosure.models import Link, LinkKind, Record, State
from gongkai.web.disclosure.permissions import may_link
from gongkai.web.disclosure.queries.finding import alike
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import seen_record, staff_of, tell, to_record, words_of, work_page
from gongkai.web.disclosure.views.asking import Question, ask
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.errors import NotAllowed, Stale, WorkError


@work_page("GET", "POST")
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed is searched for; one hit is joined at once, of several one is chosen."""
    staff, record = staff_of(request), seen_record(request, pk)
    if not may_link(staff, record):
        raise NotAllowed
    posted = request.method == "POST"
    initial = {"seen": record.revision, **_asked(request)}
    # One that was sent all the same is for the action to refuse, which says what to do.
    acting = acting_stands(record) is None or (posted and request.POST.get("kind") in ACTING)
    form = LinkForm(request.POST if posted else None, initial=initial, acting=acting)
    hits: list[Record] = []
    if posted and form.is_valid():
        hits = _hits(record, form.cleaned_data)
        try:
            if len(hits) == 1:
                kind = LinkKind(form.cleaned_data["kind"] or LinkKind.RELATED)
                join(by=staff, record=record, target=hits[0], kind=kind, seen=form.cleaned_data["seen"])
                if has_expired(kind, hits[0]):
                    messages.warning(request, _expired_words(hits[0]))
                return to_record(request, record, _("已关联：%(title)s") % {"title": hits[0].title})
            if not hits:
                zh = _("本机关没有符合的信息。请换一个号码，或者少输几个字。")
                raise WorkError("target_unknown", zh, "No record fits.", field="target")
        except NotAllowed:
            raise
        except WorkError as refused:
            hits = []
            if isinstance(refused, Stale):
                send_anew(form, record.revision)
            tell(form, refused)
    address = reverse("disclosure:record", args=(record.pk,))
    context = {
        "title": _("关联其他信息"),
        "lead": record.title,
        "back": Tab(_("返回信息页"), address),
        "place": "records",
        "form": form,
        "hits": [_hit(one, form) for one in hits],
        "kind": form.data.get("kind", "") if posted else "",
        "submit_words": _("查找并关联"),
        "cancel_address": address,
        "record": record,
    }
    return render(request, "disclosure/link.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    target = request.GET.get("target", "").replace("\x00", "")[:200]
    return {"kind": request.GET.get("kind", LinkKind.INTERPRETS.value), "target": target}


def _hit(found: Record, form: LinkForm) -> dict[str, Any]:
    """A record that fits, with why it cannot be joined so, or what to think of."""
    chosen = form.cleaned_data.get("kind") or LinkKind.RELATED
    kind = LinkKind(chosen)
    problem = in_vain(kind, found)
    warning = words_of(problem) if problem else _expired_words(found) if has_expired(kind, found) else ""
    return {
        "record": found,
        "state": showing.state_of(found),
        "validity": found.validity if found.state == State.PUBLISHED else "",
        "warning": warning,
        "can_be_joined": problem is None,
    }


def _expired_words(found: Record) -> str:
    return _("“%(title)s”的有效期已于 %(day)s 届满，请核对是否还需要废止或修改。") % {
        "title": found.title,
        "day": found.expires_on,
    }


def _hits(record: Record, given: dict[str, Any]) -> list[Record]:
    """The one chosen from the hits, else what fits the words typed; the record itself is none."""
    if given.get("chosen"):
        return list(Record.objects.filter(organ=record.organ_id, pk=given["chosen"]))
    text = given["target"].strip()
    return [one for one in alike(record.organ, text) if one.pk != record.pk] if text else []


@work_page("GET", "POST")
def unlink(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Asks before a link is taken off; of what readers have seen for the reason as well."""
    staff, record = staff_of(request), seen_record(request, pk)
    found = Link.objects.select_related("source", "target").filter(source=record, pk=link).first()
    if found is None:
        raise Http404
    if not may_link(staff, record):
        raise NotAllowed
    problem = acting_kept(found.kind, record, found.target) if found.kind in ACTING else None
    if problem is not None and request.method != "POST":
        messages.error(request, words_of(problem))
        return HttpResponseRedirect(reverse("disclosure:record", args=(record.pk,)))
    other, was_public = found.target, record.state != State.DRAFT

    def act(form: Any) -> None:
        given = form.cleaned_data
        part(by=staff, link=found, reason=given.get("reason", ""), seen=given["seen"])

    told = [_("另一条信息：%(title)s") % {"title": f"{other.title} {other.document_number}".strip()}]
    if was_public:
        told.append(_("两个公开页面上不再互相链接；理由记入操作记录。"))
    question = Question(
        "link",
        _("取消关联？"),
        _("取消关联"),
        _("关联已取消。"),
        act,
        ReasonForm if was_public else SeenForm,
        told,
    )
    return ask(request, record, question)
