"""A letter goes out, arrives, comes back; and the files that go out with a reply."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.statute.clock import Event, EventKind
from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.look.pieces import Action, Fact, Finding
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.releasing import (
    RELEASABLE,
    add_paper,
    clean_file,
    look_again,
    release_file,
    unrelease_file,
)
from gongkai.web.requests.actions.serving import (
    SENDING,
    keep_evidence,
    letter_arrived,
    letter_returned,
    send_letter,
)
from gongkai.web.requests.forms.serving import (
    ArrivedForm,
    EvidenceForm,
    NewFileForm,
    ReleaseForm,
    ReturnedForm,
    SendForm,
)
from gongkai.web.requests.models import Case, CaseFile, DecisionKind, FileKind, Letter, Service, Stands
from gongkai.web.requests.permissions import may_read, may_work
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.stands import clock_of
from gongkai.web.requests.views.going_out import beyond_approval, unsent_files
from gongkai.web.requests.views.letter_drafting import letter_of
from gongkai.web.requests.views.letter_words import kind_words
from gongkai.web.requests.views.parties import add_each, add_scans
from gongkai.web.requests.views.working import (
    PLACE,
    REFUSED,
    Question,
    address,
    ask,
    back_to,
    case_for,
    day_needed,
    fresh,
)
from gongkai.web.requests.words_en import reply_words

_NEW_FILES = "papers"


@work_page("GET", "POST")
def send(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """That a letter went out. Shown beside: until when it is in time, and what the sending does."""
    case = case_for(request, pk, may_work)
    row = letter_of(case, letter)
    question = Question(
        title=_("送达%(kind)s") % {"kind": kind_words(row.kind)},
        confirm=_("记录送达"),
        done=_("已记录送达。"),
        act=lambda form: _send(request, case, row, form),
        form=SendForm,
        facts=_facts(case, row),
        consequences=_consequences(case, row),
        more={"findings": unsent_files(row)},
        then=lambda _made: address("letter", case.pk, row.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


def _facts(case: Case, row: Letter) -> list[Fact]:
    wanted = reply_words(case.reply_ways)
    return [
        Fact(_("文号"), row.number),
        Fact(_("成文日期"), row.dated),
        Fact(_("给谁"), row.party.label if row.party else ""),
        Fact(_("申请人要求的途径"), wanted if row.party is None else ""),
    ]


def _consequences(case: Case, row: Letter) -> list[str]:
    kind = SENDING.get(str(row.kind))
    told = []
    if kind is EventKind.SERVED and row.decision is not None and row.decision.kind == DecisionKind.FIRST:
        told += in_time_words(case)
        told.append(_("网络送达的，答复书和列入公开的文件显示在申请人的办理查询页上。"))
    elif kind is not None:
        told.append(
            _("记录后，办理过程记入“%(what)s”。") % {"what": kind.en if language() == "en" else kind.zh}
        )
    told.append(_("邮寄的以交邮之日为准，所以须填邮件号；对方签收另行记录。"))
    return told


def in_time_words(case: Case, on: dt.date | None = None) -> list[str]:
    """Whether a reply served today would be in time (V-235 item 4). 1 query."""
    if case.due_on is None:
        return []
    today = on or clock.today()
    told = clock_of(case, today, Event(EventKind.SERVED, today))
    in_time = told.in_time if told is not None else None
    if in_time is None:
        in_time = today <= case.due_on
    words = (
        _("答复期限到 %(due)s：今天送达，在期限内。")
        if in_time
        else _("答复期限到 %(due)s：今天送达，已经逾期。")
    )
    return [words % {"due": case.due_on}]


def _send(request: HttpRequest, case: Case, row: Letter, form: Any) -> Any:
    facts, staff = form.cleaned_data, staff_of(request)
    on = day_needed(form, "请填写送出日期。")
    with transaction.atomic():
        sent = send_letter(
            by=staff,
            letter=row,
            way=facts.get("way") or "",
            on=on,
            tracking_number=facts.get("tracking_number") or "",
            seen=facts.get("seen"),
        )
        _keep_evidence(request, sent.case, sent.service, staff)
    return sent


def _keep_evidence(request: HttpRequest, case: Case, service: Service, staff: Any) -> int:
    """The papers that prove a service, put into the case and named by it. How many."""
    files = add_scans(request, case, "evidence", FileKind.SERVICE, staff)
    if files:
        keep_evidence(by=staff, service=service, files=files)
    return len(files)


def _service(case: Case, pk: int) -> Service:
    found = Service.objects.select_related("letter__party").filter(letter__case=case, pk=pk).first()
    if found is None:
        raise Http404
    found.letter.case = case
    return found


@work_page("GET", "POST")
def arrived(request: HttpRequest, pk: int, service: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    one = _service(case, service)

    def act(form: Any) -> Service:
        on = day_needed(form, "请填写签收日期。")
        staff = staff_of(request)
        with transaction.atomic():
            made = letter_arrived(by=staff, service=one, on=on)
            _keep_evidence(request, case, made, staff)
        return made

    return _ask_of(
        request,
        case,
        one,
        title=_("记录签收"),
        confirm=_("记录"),
        done=_("已记录签收。"),
        act=act,
        form=ArrivedForm,
    )


@work_page("GET", "POST")
def returned(request: HttpRequest, pk: int, service: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    one = _service(case, service)

    def act(form: Any) -> Service:
        on = day_needed(form, "请填写退回日期。")
        staff = staff_of(request)
        with transaction.atomic():
            made = letter_returned(by=staff, service=one, on=on, reason=form.cleaned_data.get("reason") or "")
            _keep_evidence(request, case, made, staff)
        return made

    return _ask_of(
        request,
        case,
        one,
        title=_("记录退回"),
        confirm=_("记录"),
        done=_("已记录退回。请核对地址，再次送达。"),
        act=act,
        form=ReturnedForm,
        consequences=[_("首次交邮之日仍然有效（国办公开办函〔2016〕235号）；应当再次送达。")],
    )


@work_page("GET", "POST")
def evidence(request: HttpRequest, pk: int, service: int) -> HttpResponse:
    """Papers that prove a service, whenever they come."""
    case = case_for(request, pk, may_work)
    one = _service(case, service)

    def act(_form: Any) -> Service:
        staff = staff_of(request)
        with transaction.atomic():
            if not _keep_evidence(request, case, one, staff):
                raise WorkError("file_missing", _("请选择文件。"), "Choose a file.", field="evidence")
        return one

    return _ask_of(
        request,
        case,
        one,
        title=_("加入送达凭证"),
        confirm=_("加入"),
        done=_("已加入送达凭证。"),
        act=act,
        form=EvidenceForm,
    )


def _ask_of(request: HttpRequest, case: Case, one: Service, **asked: Any) -> HttpResponse:
    """A step of one service: leads back to its letter. `asked`: as `Question`."""
    question = Question(
        facts=_out(one),
        then=lambda _made: address("letter", case.pk, one.letter_id),
        template="requests/decisions/step.html",
        **asked,
    )
    return ask(request, case, question)


def _out(one: Service) -> list[Fact]:
    return [
        Fact(_("文书"), f"{kind_words(one.letter.kind)} {one.letter.number}".strip()),
        Fact(_("送达方式"), one.get_way_display()),
        Fact(_("送出"), one.sent_on),
        Fact(_("邮件号"), one.tracking_number),
    ]


# ---- files that go out with the reply ----


@work_page("GET", "POST")
def released(request: HttpRequest, pk: int) -> HttpResponse:
    """What is given out, what might be, and what each hides. 4 queries."""
    case = case_for(request, pk, may_read)
    staff = staff_of(request)
    form = NewFileForm(request.POST, request.FILES) if request.method == "POST" else _new_files(case)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                added = add_each(request, _NEW_FILES, partial(_paper, staff, case))
            if not added:
                raise WorkError("file_missing", _("请选择文件。"), "Choose a file.", field=_NEW_FILES)
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("已加入。请看过检查结果，再确定公开。"))
            return HttpResponseRedirect(address("released", case.pk))
    works = may_work(staff, case)
    files = [_shown(case, one, works) for one in case.files.filter(kind__in=RELEASABLE).order_by("pk")]
    context = {
        "title": _("随答复提供的文件"),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": back_to(case),
        "files": files,
        "form": form if works else None,
        "is_served": case.stands == Stands.SERVED,
    }
    return fresh(request, "requests/decisions/released.html", context, REFUSED if form.errors else 200)


def _paper(staff: Staff, case: Case, name: str, content: bytes) -> CaseFile:
    return add_paper(by=staff, case=case, name=name, content=content)


def _new_files(case: Case) -> NewFileForm:
    return NewFileForm(initial={"seen": case.revision})


def _shown(case: Case, row: CaseFile, works: bool) -> dict[str, Any]:
    row.case = case
    is_out = row.kind == FileKind.DISCLOSED
    actions = []
    if works and is_out and case.stands != Stands.SERVED:
        actions.append(Action(_("不再公开"), address("unrelease", case.pk, row.pk)))
    elif works and not is_out:
        actions.append(Action(_("检查并公开"), address("release", case.pk, row.pk)))
    return {
        "name": opener_of(case).open(row, "name"),
        "kind": row.get_kind_display(),
        "size": row.size,
        "is_out": is_out,
        "address": address("file", case.pk, row.pk),
        "actions": actions,
    }


def _file(case: Case, pk: int) -> CaseFile:
    found: CaseFile | None = case.files.filter(pk=pk, kind__in=RELEASABLE).first()
    if found is None:
        raise Http404
    found.case = case
    return found


@work_page("GET", "POST")
def release(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """What a file hides; cleaned, released, or released with a reason."""
    case = case_for(request, pk, may_work)
    row = _file(case, file)
    try:
        hidden = look_again(row).findings
    except WorkError as problem:
        hidden, cannot = [], problem.message(language())
    else:
        cannot = ""
    if request.POST.get("do") == "clean":
        made = clean_file(by=staff_of(request), row=row)
        messages.success(request, _("已另存一份清除了属性和批注的文件。"))
        return HttpResponseRedirect(address("release", case.pk, made.pk))
    question = Question(
        title=_("公开这个文件？"),
        confirm=_("确定公开"),
        done=_("已列入公开的文件，答复送达后提供给申请人。"),
        act=lambda form: release_file(
            by=staff_of(request),
            row=row,
            reason=form.cleaned_data.get("reason") or "",
            seen=form.cleaned_data.get("seen"),
        ),
        form=ReleaseForm,
        facts=[Fact(_("文件"), opener_of(case).open(row, "name"), wide=True)],
        consequences=[
            _("请确认应当遮盖的内容已经真正去除，不是只用色块盖住。"),
            *([cannot] if cannot else []),
            *beyond_approval(case),
        ],
        more={
            "findings": [_hidden(one) for one in hidden],
            "findings_heading": _("文件里的隐藏内容"),
            "can_be_cleaned": bool(hidden),
        },
        then=lambda _made: address("released", case.pk),
        template="requests/decisions/release.html",
    )
    return ask(request, case, question)


def _hidden(one: dict[str, Any]) -> Finding:
    english = language() == "en"
    words = str(one.get("en" if english else "zh") or one.get("zh") or "")
    severity = one.get("severity", "warning")
    return Finding(severity if severity in ("error", "warning", "info") else "warning", words)


@work_page("GET", "POST")
def unrelease(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    row = _file(case, file)
    question = Question(
        title=_("不再公开这个文件？"),
        confirm=_("不再公开"),
        done=_("已从公开的文件中去掉。"),
        act=lambda form: unrelease_file(
            by=staff_of(request),
            row=row,
            reason=form.cleaned_data.get("reason") or "",
            seen=form.cleaned_data.get("seen"),
        ),
        form=ReleaseForm,
        facts=[Fact(_("文件"), opener_of(case).open(row, "name"), wide=True)],
        consequences=beyond_approval(case),
        then=lambda _made: address("released", case.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)
