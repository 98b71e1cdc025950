"""Feedback on a page, and looking up what became of a report."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.web.config.language import short_language
from gongkai.web.config.sealing import seal, unseal
from gongkai.web.disclosure.models import Record, State
from gongkai.web.look.pieces import Fact, Tab
from gongkai.web.look.templatetags.look import day
from gongkai.web.organs.errors import WorkError
from gongkai.web.participation import pacing
from gongkai.web.participation.actions.feedback import mark, report_error
from gongkai.web.participation.forms.citizens import LookupForm, ReportForm
from gongkai.web.participation.models import ErrorReport
from gongkai.web.participation.pacing import Standing
from gongkai.web.participation.queries.feedback import report_of_code
from gongkai.web.participation.settled import report_kinds, report_results, words_of
from gongkai.web.participation.strangers import from_own_page
from gongkai.web.participation.views.answering import MOST_ID, fresh_page, organ_or_404, tell, too_many
from gongkai.web.portal import faces, queries
from gongkai.web.portal.addresses import record_address

_RECEIPT = "report.receipt"
_SHOWN_FOR = 1800  # seconds that the page with the code can be loaded again


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Did it help; what is wrong with it. 1 query to be shown."""
    record = queries.record_for_page(code, pk) if pk <= MOST_ID else None
    if record is None or record.state != State.PUBLISHED:
        raise Http404
    if request.method != "POST":
        return _form_page(request, record, ReportForm(lang=short_language(request)))
    if request.POST.get("helped") in ("yes", "no"):
        return _marked(request, record, request.POST["helped"])
    return _reported(request, record)


def _marked(request: HttpRequest, record: Record, said: str) -> HttpResponse:
    """Counted, where it has not been counted often enough from there; thanked always."""
    pace = (("mark", ()), ("mark_same", (record.pk,)))
    if all(pacing.standing(request, name, record.organ, *by) == Standing.TAKEN for name, by in pace):
        for name, by in pace:
            pacing.count(request, name, record.organ, *by)
        mark(record=record, helped=said == "yes")
    return _to(record, thanks=said)


def _reported(request: HttpRequest, record: Record) -> HttpResponse:
    form = ReportForm(request.POST, lang=short_language(request))
    if form.is_trapped:
        return _to(record, thanks="report")
    how = pacing.standing(request, "report", record.organ)
    if how == Standing.REFUSED:
        return too_many(request)
    if how == Standing.ASKED and not form.has_answered():
        form.is_valid()
        if "token" in request.POST:
            form.add_error("question", _("请回答这个问题。"))
        form.ask()
        return _form_page(request, record, form, 422)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            _report, code = report_error(
                record=record, kind=facts["kind"], words=facts["words"], contact=facts["contact"]
            )
        except WorkError as refused:
            tell(request, form, refused)
        else:
            pacing.count(request, "report", record.organ)
            return _to(record, receipt=signing.dumps(seal(code, _RECEIPT), salt=_RECEIPT))
    if how == Standing.ASKED:
        form.ask()
    return _form_page(request, record, form, 422)


def _to(record: Record, **query: str) -> HttpResponse:
    """Back to the page with thanks: sent again by reloading, nothing is counted twice."""
    address = reverse("participation:feedback", args=[record.organ.code, record.pk])
    response = HttpResponseRedirect(f"{address}?{urlencode(query)}")
    response.status_code = 303
    return response


def _form_page(request: HttpRequest, record: Record, form: ReportForm, status: int = 200) -> HttpResponse:
    organ = record.organ
    version = record.published
    title = version.title if version else record.title
    own = Tab(title, record_address(organ.code, record.pk))
    context = {
        **faces.face(organ),
        "crumbs": faces.crumbs(organ, own, Tab(_("意见反馈"), "", is_current=True)),
        "record_title": title,
        "record_address": record_address(organ.code, record.pk),
        "lookup_address": reverse("participation:lookup", args=[organ.code]),
        "thanks": request.GET.get("thanks", "") if status == 200 else "",
        "receipt": _receipt(request.GET.get("receipt", "")),
        "form": form,
    }
    return fresh_page(request, "participation/feedback.html", context, status)


def _receipt(sealed: str) -> str:
    """The code on a receipt, for a while; "" where there is none or the while is over."""
    if not sealed:
        return ""
    try:
        return unseal(signing.loads(sealed[:1000], salt=_RECEIPT, max_age=_SHOWN_FOR), _RECEIPT)
    except (signing.BadSignature, WorkError):
        return ""


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a report, under the code of its receipt."""
    organ = organ_or_404(code)
    form = LookupForm(request.POST if request.method == "POST" else None)
    found: ErrorReport | None = None
    status = 200
    if request.method == "POST":
        if pacing.standing(request, "lookup", organ) == Standing.REFUSED:
            return too_many(request)
        pacing.count(request, "lookup", organ)
        found = report_of_code(organ, form.data.get("code", "")) if form.is_valid() else None
        if found is None:
            form.add_error("code", _("没有这个查询码。请核对，字母不分大小写。"))
            status = 422
    context = {
        **faces.face(organ),
        "crumbs": faces.crumbs(organ, Tab(_("纠错查询"), "", is_current=True)),
        "form": form,
        "found": found,
        "facts": _facts(request, found) if found else (),
    }
    return fresh_page(request, "participation/lookup.html", context, status)


def _told_of(report: ErrorReport) -> Fact:
    """The information it is about. Of what was withdrawn not its title: it may be what had to go."""
    record = report.record
    if record.state == State.PUBLISHED:
        return Fact(_("信息"), record.title, wide=True)
    return Fact(_("索引号"), record.index_number)


def _facts(request: HttpRequest, report: ErrorReport) -> list[Fact]:
    """What its sender is told: never the words or the contact, which anybody with the code could read."""
    lang = short_language(request)
    told = [
        _told_of(report),
        Fact(_("问题"), words_of(report_kinds(), report.kind, lang)),
        Fact(_("收到日期"), day(report.received_at)),
    ]
    if report.answered_at is None:
        return [*told, Fact(_("状态"), _("正在办理")), Fact(_("答复期限"), day(report.due_on))]
    return [
        *told,
        Fact(_("处理结果"), words_of(report_results(), report.result, lang)),
        Fact(_("答复日期"), day(report.answered_at)),
        Fact(_("答复"), report.answer, wide=True),
    ]
