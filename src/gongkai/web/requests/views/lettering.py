"""Letters of a case: chosen, filled from the record, read as they will be, issued."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.documents.letters import LetterText, to_pdf, unprintable
from gongkai.statute.letters import kind as letter_kind
from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.look.pieces import Action, Column, Fact, Finding, Row, Tab, Table
from gongkai.web.look.templatetags.look import moment, short_day
from gongkai.web.organs.errors import WorkError
from gongkai.web.requests.actions.filing import look_at_file
from gongkai.web.requests.actions.lettering import (
    draft_letter,
    drop_letter,
    findings_of,
    issue_letter,
    read_letter,
)
from gongkai.web.requests.actions.mailing import address_for
from gongkai.web.requests.forms.lettering import IssueForm, OwnWordsForm
from gongkai.web.requests.letter_choice import letters_offered
from gongkai.web.requests.models import Case, Letter, Service
from gongkai.web.requests.permissions import may_read, may_work
from gongkai.web.requests.sealed import Opener, opener_of
from gongkai.web.requests.views.files_work import file_name
from gongkai.web.requests.views.going_out import difference_pieces, difference_words, unsent_files
from gongkai.web.requests.views.letter_drafting import draft_of, letter_of
from gongkai.web.requests.views.letter_facts_shown import (
    facts_shown,
    given_of,
)
from gongkai.web.requests.views.letter_words import kind_words, letter_state, service_state
from gongkai.web.requests.views.working import (
    PLACE,
    Question,
    address,
    ask,
    back_to,
    case_for,
    fresh,
    reason_words,
    to_save,
)


@work_page("GET")
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """The letters of a case, and which could be written now. At most 12 queries."""
    case = case_for(request, pk, may_read)
    rows = list(case.letters.select_related("party").prefetch_related("services").order_by("-pk"))
    offered = letters_offered(case) if may_work(staff_of(request), case) else []
    columns = [
        Column("kind", _("文书"), "title"),
        Column("number", _("文号")),
        Column("to", _("给谁")),
        Column("dated", _("成文日期"), "date"),
        Column("state", _("状态"), "state"),
    ]
    context = {
        "title": _("文书"),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": back_to(case),
        "table": Table(_("文书"), columns, [_row(case, one) for one in rows], empty=_("还没有文书。")),
        "next_steps": [_offer(case, one) for one in offered],
        "next_heading": _("拟写文书"),
        "papers": address("papers", case.pk),
    }
    return fresh(request, "requests/decisions/letters.html", context)


def _row(case: Case, one: Letter) -> Row:
    cells = {
        "kind": kind_words(one.kind),
        "number": one.number,
        "to": one.party.label
        if one.party
        else _("申请人")
        if letter_kind(one.kind).to == "requester"
        else "",
        "dated": one.dated,
        "state": letter_state(one),
    }
    return Row(cells, address("letter", case.pk, one.pk))


def _offer(case: Case, one: Any) -> Action:
    if one.makes_sense:
        return Action(kind_words(one.kind), address("letter_new", case.pk, one.kind))
    why = one.why_not or reason_words(one.reason.zh, one.reason.en, one.reason.rule)
    return Action(kind_words(one.kind), reason=why)


# ---- a letter ----


@work_page("GET")
def letter(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """A letter as it reads, with what the law has against it, and its service. At most 14 queries."""
    case = case_for(request, pk, may_read)
    row = letter_of(case, letter)
    services = list(row.services.prefetch_related("papers").order_by("pk"))
    text, found, differing = None, [], ""
    if not row.is_dropped:
        opener = opener_of(case)
        text = read_letter(row, opener)[0]
        if row.issued_at is None:
            found = law_pieces(row, opener, text)
        differing = difference_words(row, opener)
    staff = staff_of(request)
    context = {
        "title": kind_words(row.kind),
        "lead": f"{case.number} {case.subject}",
        "state": letter_state(row),
        "place": PLACE,
        "back": Tab(_("文书"), address("letters", case.pk)),
        "letter": text,
        "facts": _letter_facts(row, differing),
        "findings": found if row.issued_at is None and not row.is_dropped else None,
        "next_steps": _next(case, row, services) if may_work(staff, case) else _downloads(case, row),
        "table": _services(case, services, may_work(staff, case)),
        "papers": _papers(case, services),
        "is_issued": row.issued_at is not None,
    }
    return fresh(request, "requests/decisions/letter.html", context)


def law_pieces(row: Letter, opener: Opener, text: LetterText) -> list[Finding]:
    """What the law has against a letter, and signs no font has. WorkError is told as one of them."""
    english = language() == "en"
    try:
        told = [Finding(one.severity, one.en if english else one.zh) for one in findings_of(row, opener)]
    except WorkError as lacking:
        told = [Finding("error", lacking.message(language()))]
    told += difference_pieces(row, opener)
    rare = unprintable(text)
    if rare:
        words = _("字库中没有这些字，打印时以“〓”代替：%(signs)s。请手写补上或者改用其他写法。")
        told.append(Finding("warning", words % {"signs": "、".join(rare)}))
    return told


def _letter_facts(row: Letter, differing: str) -> list[Fact]:
    told = [
        Fact(_("文号"), row.number),
        Fact(_("成文日期"), row.dated),
        Fact(_("签发人"), str(row.issued_by) if row.issued_by else ""),
        Fact(_("给谁"), row.party.label if row.party else ""),
        Fact(_("与决定不同的内容"), differing, wide=True),
    ]
    return [one for one in told if one.value]


def _next(case: Case, row: Letter, services: list[Service]) -> list[Action]:
    if row.is_dropped:
        return []
    if row.issued_at is None:
        return [
            Action(_("签发"), address("issue", case.pk, row.pk), style="main"),
            Action(_("修改内容"), address("letter_edit", case.pk, row.pk)),
            Action(_("改写正文"), address("letter_own_words", case.pk, row.pk)),
            Action(_("预览PDF"), address("letter_pdf", case.pk, row.pk)),
            Action(_("作废草稿"), address("drop", case.pk, row.pk), style="danger"),
        ]
    last = services[-1] if services else None
    is_out = last is not None and last.returned_on is None
    send = _("再次送达") if services else _("送达")
    why = _("这份文书已经送出，没有退回，不用再送。") if is_out else ""
    by_mail = address_for(case, row) != ""
    send = _("其他方式送达") if by_mail else send
    steps = [
        Action(
            send,
            "" if why else address("send", case.pk, row.pk),
            style="second" if by_mail else "main",
            reason=why,
        )
    ]
    if by_mail and not why:
        steps.insert(0, Action(_("用电子邮件送达"), address("mail", case.pk, row.pk), style="main"))
    if last is not None and is_out and last.reached_on is None:
        steps.append(Action(_("记录签收"), address("arrived", case.pk, last.pk)))
        steps.append(Action(_("记录退回"), address("returned", case.pk, last.pk)))
    if last is not None:
        steps.append(Action(_("加入送达凭证"), address("evidence", case.pk, last.pk)))
    return [*steps, *_downloads(case, row)]


def _downloads(case: Case, row: Letter) -> list[Action]:
    if row.pdf is None:
        return []
    steps = [Action(_("下载PDF"), address("letter_file", case.pk, row.pk, "pdf"))]
    if row.docx is not None:
        steps.append(Action(_("下载Word"), address("letter_file", case.pk, row.pk, "docx")))
    return [*steps, Action(_("信封标签"), address("printing", what="envelopes", letter=row.pk))]


def _services(case: Case, services: list[Service], works: bool) -> Table:
    columns = [
        Column("way", _("送达方式"), "title"),
        Column("sent", _("送出")),
        Column("number", _("邮件号")),
        Column("reached", _("签收"), "date"),
        Column("returned", _("退回")),
        Column("fetched", _("网上下载")),
        Column("state", _("状态"), "state"),
    ]
    rows = [
        Row(
            {
                "way": one.get_way_display(),
                "sent": moment(one.sent_at) if one.sent_at else short_day(one.sent_on),
                "number": one.tracking_number,
                "reached": one.reached_on,
                "fetched": moment(one.fetched_at) if one.fetched_at else "",
                "returned": f"{one.returned_on} {one.return_reason}" if one.returned_on else "",
                "state": service_state(one),
            }
        )
        for one in services
    ]
    return Table(_("送达"), columns, rows, empty=_("还没有送出。"))


def _papers(case: Case, services: list[Service]) -> Table | None:
    """What proves each service; None where nothing was served."""
    if not services:
        return None
    columns = [
        Column("name", _("文件名"), "title"),
        Column("of", _("证明的送达")),
        Column("added", _("加入")),
    ]
    rows = [
        Row(
            {
                "name": file_name(case, paper),
                "of": f"{one.get_way_display()} {one.sent_on}",
                "added": moment(paper.added_at),
            },
            address("file", case.pk, paper.pk),
        )
        for one in services
        for paper in sorted(one.papers.all(), key=lambda each: each.pk)
    ]
    return Table(_("送达凭证"), columns, rows, empty=_("还没有送达凭证。"))


@work_page("GET", "POST")
def letter_own_words(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """The body in words of one's own; emptied, it is the template's again."""
    case = case_for(request, pk, may_work)
    row = draft_of(case, letter)
    opener = opener_of(case)
    if row.decision is not None:
        row.decision.case = case
    text, _values, online = read_letter(row, opener)

    def act(form: Any) -> Letter:
        lines = [one.strip() for one in (form.cleaned_data.get("paragraphs") or "").splitlines()]
        found = facts_shown(
            case, str(row.kind), opener, decision=row.decision, party=row.party, online=online
        )
        return draft_letter(
            by=staff_of(request),
            case=case,
            kind=str(row.kind),
            given=given_of(row, opener, found),
            decision=row.decision,
            party=row.party,
            online=online,
            letter=row,
            paragraphs=[one for one in lines if one] or None,
            seen=form.cleaned_data.get("seen"),
        )

    question = Question(
        title=_("改写正文：%(kind)s") % {"kind": kind_words(row.kind)},
        confirm=_("保存并预览"),
        done=_("已保存草稿。"),
        act=act,
        form=OwnWordsForm,
        consequences=[_("法律要求写明的内容仍会检查，缺少的不能签发。")],
        initial={"paragraphs": "\n".join(text.paragraphs)},
        then=lambda made: address("letter", case.pk, made.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


@work_page("GET")
def letter_pdf(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """The draft as it would be printed, without number and date."""
    case = case_for(request, pk, may_work)
    row = draft_of(case, letter)
    text = read_letter(row, opener_of(case))[0]
    content = to_pdf([text], written_at=clock.now())
    return to_save(content, f"{text.title}（{_('草稿')}）.pdf", "application/pdf")


@work_page("GET")
def letter_file(request: HttpRequest, pk: int, letter: int, name: str) -> HttpResponse:
    """The file of an issued letter; that it was fetched is in the log."""
    case = case_for(request, pk, may_read)
    row = letter_of(case, letter)
    file = {"pdf": row.pdf, "docx": row.docx}.get(name)
    if file is None:
        raise Http404
    file.case = case
    told, content = look_at_file(by=staff_of(request), row=file)
    return to_save(content, told, str(file.media_type))


@work_page("GET", "POST")
def issue(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Number, date, pdf and docx; refused with the reasons where the law misses something."""
    case = case_for(request, pk, may_work)
    row = draft_of(case, letter)
    opener = opener_of(case)
    text = read_letter(row, opener)[0]
    question = Question(
        title=_("签发%(kind)s？") % {"kind": kind_words(row.kind)},
        confirm=_("签发"),
        done=_("已签发。下一步：用印、送达。"),
        act=lambda form: issue_letter(
            by=staff_of(request),
            letter=row,
            dated=form.cleaned_data.get("on"),
            why=form.cleaned_data.get("reason") or "",
            seen=form.cleaned_data.get("seen"),
        ),
        form=IssueForm,
        initial={"on": clock.today()},
        facts=[Fact(_("文书"), text.title, wide=True), Fact(_("主送"), text.addressee)],
        consequences=[
            _("编上文号和成文日期，固定为 PDF 和 Word。"),
            _("签发以后不能修改。"),
        ],
        more={"findings": [*law_pieces(row, opener, text), *unsent_files(row)]},
        then=lambda made: address("letter", case.pk, made.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


@work_page("GET", "POST")
def drop(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    row = draft_of(case, letter)
    question = Question(
        title=_("作废这份草稿？"),
        confirm=_("作废"),
        done=_("草稿已作废。"),
        act=lambda _form: drop_letter(by=staff_of(request), letter=row),
        facts=[Fact(_("文书"), kind_words(row.kind))],
        is_danger=True,
        then=lambda _made: address("letters", case.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)
