"""Consultations and surveys as staff see them: the list, one with its opinions, its terms, its result."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.config import clock
from gongkai.web.disclosure.queries.visible import areas
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.participation import questionnaire
from gongkai.web.participation.actions.consulting import (
    ANNOUNCEMENT_KIND,
    change_terms,
    draft_consultation,
    draft_result,
)
from gongkai.web.participation.actions.opining import why_nothing_is_entered
from gongkai.web.participation.forms.staff import (
    ConsultationForm,
    ResultForm,
    TermsForm,
)
from gongkai.web.participation.models import Consultation
from gongkai.web.participation.permissions import (
    may_read_opinions,
    may_run_consultation,
    may_see,
    may_see_area,
)
from gongkai.web.participation.queries import consultations as queries
from gongkai.web.participation.queries.consultations import Seen, Standing
from gongkai.web.participation.queries.feedback import area_counts
from gongkai.web.participation.settled import (
    adoptions,
    described_as,
    of_consultations,
    opinion_channels,
    words_of,
)
from gongkai.web.participation.views.counting import adoption_counts, channel_counts
from gongkai.web.participation.views.standing import lead_words, standing_words
from gongkai.web.participation.views.work import PLACE, act, address, address_of, room_tabs

MOST_SHOWN = 500
_FIRST_WORDS = 80


@work_page("GET")
def consultations(request: HttpRequest) -> HttpResponse:
    """All of the organ, the newest first."""
    organ, staff = organ_to(request, may_see), staff_of(request)
    columns = [
        Column("title", _("标题"), "title"),
        Column("form", _("形式")),
        Column("closes", _("截止"), "date"),
        Column("standing", _("情况")),
        Column("count", _("收到"), "number"),
        Column("days", _("期限"), "days"),
    ]
    rows = [_row(one) for one in queries.staff_consultations(organ)]
    year, wanted = clock.today().year, of_consultations("wanted_a_year")
    context = {
        "title": _("意见征集和网上调查"),
        "lead": _("%(year)s 年已开展 %(n)s 次（检查指标：门户网站每年不少于 %(wanted)s 次，待核）。")
        % {"year": year, "n": queries.begun_in_year(organ, year), "wanted": wanted},
        "actions": [Action(_("新建"), address_of("consultation_add", organ), style="main")]
        if may_run_consultation(staff, organ)
        else [],
        **room_tabs(request, organ, "consultations"),
        "table": Table(_("意见征集和网上调查"), columns, rows, empty=_("还没有意见征集和网上调查。")),
    }
    return render(request, "workspace/list.html", context)


def _row(one: Seen) -> Row:
    consultation = one.consultation
    return Row(
        {
            "title": consultation.announcement.title,
            "form": _form_words(consultation),
            "closes": one.terms.closes_on,
            "standing": standing_words(one.standing),
            "count": consultation.closed_count,
            "days": one.days_left,
        },
        address("consultation", consultation.pk),
        consultation.unit.name if consultation.unit else "",
    )


def _form_words(consultation: Consultation) -> str:
    return _("网上调查") if consultation.is_survey else _("意见征集")


@work_page("GET")
def area(request: HttpRequest) -> HttpResponse:
    """For a supervising authority: results that stay out, reports past their day."""
    tops = [one for one in areas(staff_of(request)) if may_see_area(staff_of(request), one)]
    if not tops:
        raise NotAllowed
    rows: list[Row] = []
    reports: list[Row] = []
    for top in tops:
        for one in queries.late_in_area(top):
            row = _row(one)
            rows.append(Row({**row.cells, "organ": one.consultation.organ.name}, row.address))
        reports += _report_rows(top)
    context = {
        "title": _("辖区的公众参与"),
        "lead": _("截止 %(n)s 天以后仍没有公布结果的征集，和逾期没有答复的网页纠错。")
        % {"n": of_consultations("result_days")},
        **room_tabs(request, tops[0], "area"),
        "table": Table(
            _("逾期没有公布结果的征集"),
            [
                Column("title", _("标题"), "title"),
                Column("organ", _("机关")),
                Column("closes", _("截止"), "date"),
                Column("days", _("期限"), "days"),
            ],
            rows,
            empty=_("没有逾期未公布结果的征集。"),
        ),
        "reports_table": Table(
            _("待答复的网页纠错"),
            [
                Column("organ", _("机关"), "title"),
                Column("open", _("待答复"), "number"),
                Column("late", _("已逾期"), "number"),
            ],
            reports,
            empty=_("没有待答复的网页纠错。"),
        ),
    }
    return render(request, "participation/area.html", context)


def _report_rows(top: Organ) -> list[Row]:
    counts = area_counts(top)
    names = dict(Organ.objects.filter(pk__in=counts).values_list("pk", "name"))
    late_first = sorted(counts.items(), key=lambda item: (-item[1]["late"], -item[1]["open"]))
    return [Row({"organ": names[pk], **told}) for pk, told in late_first]


@work_page("GET", "POST")
def consultation_add(request: HttpRequest) -> HttpResponse:
    organ, staff = organ_to(request, may_run_consultation), staff_of(request)
    units = [
        one
        for one in Unit.objects.filter(organ=organ, is_active=True)
        if may_run_consultation(staff, Consultation(organ=organ, unit=one))
    ]
    initial = {
        "kind": "opinions",
        "unit": str(staff.unit_id or ""),
        "theme": described_as(ANNOUNCEMENT_KIND)["theme"],
        "opens_on": clock.today(),
    }
    form = ConsultationForm(
        request.POST if request.method == "POST" else None, units=units, lang=language(), initial=initial
    )

    def do() -> Any:
        facts = form.facts("title", "opens_on", "closes_on", "words", "questions", "theme")
        kind = form.cleaned_data["kind"]
        return draft_consultation(by=staff, organ=organ, form=kind, unit=form.chosen_unit(), **facts)

    done = act(
        request,
        form,
        do,
        _("公告草稿已建立。请核对，提交审查；审查通过公开后开始征集。"),
        lambda made: address("consultation", made.pk),
    )
    context = {
        "title": _("新建意见征集或者网上调查"),
        "lead": _("%(organ)s：公告同其他信息一样，经过全部审查环节才公开。") % {"organ": organ.name},
        "place": PLACE,
        "back": Tab(_("意见征集"), address_of("consultations", organ)),
        "form": form,
        "cancel_address": address_of("consultations", organ),
        "submit_words": _("建立草稿"),
    }
    return done or render(request, "workspace/form.html", context)


@work_page("GET")
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands, what can be done next, what has come in."""
    one, seen = _seen(request, pk)
    staff = staff_of(request)
    counts = queries.opinion_counts(one)
    reads = may_read_opinions(staff, one)
    context = {
        "title": one.announcement.title,
        "lead": lead_words(seen),
        "place": PLACE,
        "back": Tab(_("意见征集"), address_of("consultations", one.organ)),
        "days_left": seen.days_left,
        "facts": _facts(one, seen, counts),
        "next_steps": list(_steps(staff, one, seen, counts)),
        "counts": adoption_counts(counts),
        "channels": [] if one.is_survey else channel_counts(queries.opinion_channel_counts(one)),
        "questions": questionnaire.kept(seen.terms.questions),
        "table": _opinions_table(request, one) if reads else None,
    }
    return render(request, "participation/consultation_work.html", context)


def _facts(one: Consultation, seen: Seen, counts: dict[str, int]) -> list[Fact]:
    total = sum(counts.values())
    result = one.result
    return [
        Fact(_("形式"), _form_words(one)),
        Fact(_("承办科室"), one.unit.name if one.unit else ""),
        Fact(_("开始日期"), seen.terms.opens_on),
        Fact(_("截止日期"), seen.terms.closes_on),
        Fact(_("收到份数"), total),
        Fact(_("结果期限"), seen.result_due_on),
        Fact(
            _("公告"),
            one.announcement.index_number,
            address=reverse("disclosure:record", args=(one.announcement_id,)),
        ),
        Fact(
            _("结果"),
            result.index_number if result else "",
            address=reverse("disclosure:record", args=(result.pk,)) if result else "",
        ),
    ]


def _steps(staff: Staff, one: Consultation, seen: Seen, counts: dict[str, int]) -> Any:
    yield Action(_("打开公告"), reverse("disclosure:record", args=(one.announcement_id,)))
    if not may_run_consultation(staff, one):
        return
    yield Action(_("期限和问题"), address("terms", one.pk), reason=_why_no_terms(one))
    if not one.is_survey:
        refused = why_nothing_is_entered(one)
        why = "" if refused is None else refused.message(language())
        yield Action(_("登记意见（来信、座谈会等）"), address("opinion_add", one.pk), reason=why)
    yield Action(
        _("起草结果") if one.result is None else _("重新写入结果草稿"),
        address("result", one.pk),
        style="main" if one.closed_at else "second",
        reason=_why_no_result(one, seen),
    )


def _why_no_terms(one: Consultation) -> str:
    if one.closed_at is not None:
        return _("已经截止。")
    working = one.announcement.working
    if working is None:
        return _("公告已公开：要改期限，请先在公告上“修改内容”，另起新版本。")
    return "" if working.can_be_edited else _("公告正在审查，请先收回。")


def _why_no_result(one: Consultation, seen: Seen) -> str:
    if seen.standing == Standing.TOLD:
        return _("结果已经公布。")
    return "" if one.closed_at is not None else _("截止以后才能起草结果。")


def _opinions_table(request: HttpRequest, one: Consultation) -> Table:
    rows = []
    for opinion in queries.opinions_of(one)[:MOST_SHOWN]:
        text = opinion.words or _("（问卷）")
        cells = {
            "title": text if len(text) <= _FIRST_WORDS else f"{text[:_FIRST_WORDS]}…",
            "received": opinion.received_on,
            "channel": words_of(opinion_channels(), opinion.channel, language()),
            "adoption": words_of(adoptions(), opinion.adoption, language()) if opinion.adoption else "",
        }
        rows.append(Row(cells, address("opinion", opinion.pk)))
    columns = [
        Column("title", _("意见"), "title"),
        Column("received", _("收到"), "date"),
        Column("channel", _("提交方式")),
        Column("adoption", _("采纳情况")),
    ]
    return Table(_("收到的意见"), columns, rows, empty=_("还没有收到意见。"))


@work_page("GET", "POST")
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """From when to when, and what is asked: written into the announcement's draft."""
    one, seen = _seen(request, pk)
    staff = staff_of(request)
    if not may_run_consultation(staff, one):
        raise NotAllowed
    initial = {
        "opens_on": seen.terms.opens_on,
        "closes_on": seen.terms.closes_on,
        "questions": questionnaire.written(questionnaire.kept(seen.terms.questions)),
        "seen": one.announcement.revision,
    }
    form = TermsForm(
        request.POST if request.method == "POST" else None, is_survey=one.is_survey, initial=initial
    )

    def do() -> Any:
        facts = form.cleaned_data
        return change_terms(
            by=staff,
            consultation=one,
            opens_on=facts["opens_on"],
            closes_on=facts["closes_on"],
            questions=facts.get("questions", ""),
            seen=facts["seen"],
        )

    done = act(request, form, do, _("已写入公告草稿。"), address("consultation", pk))
    context = {
        "title": _("期限和问题"),
        "lead": one.announcement.title,
        "place": PLACE,
        "back": Tab(_("返回"), address("consultation", pk)),
        "form": form,
        "consequences": [_("写入公告正文，随公告一同审查；公开以后照审查过的内容征集。")],
        "confirm_words": _("保存"),
        "cancel_address": address("consultation", pk),
    }
    return done or render(request, "workspace/confirm.html", context)


@work_page("GET", "POST")
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The result is drafted, or what was counted is written into its draft anew."""
    one, seen = _seen(request, pk)
    staff = staff_of(request)
    if not may_run_consultation(staff, one):
        raise NotAllowed
    form = ResultForm(request.POST if request.method == "POST" else None)
    done = act(
        request,
        form,
        lambda: draft_result(by=staff, consultation=one, summary=form.cleaned_data["summary"]),
        _("结果草稿已建立，请核对后提交审查。"),
        lambda record: reverse("disclosure:edit", args=(record.pk,)),
    )
    context = {
        "title": _("起草结果"),
        "lead": one.announcement.title,
        "place": PLACE,
        "back": Tab(_("返回"), address("consultation", pk)),
        "form": form,
        "facts": [
            Fact(_("收到份数"), sum(queries.opinion_counts(one).values())),
            Fact(_("截止日期"), seen.terms.closes_on),
        ],
        "consequences": [
            _("按采纳情况、意见要点和问卷统计写成草稿，不含公众的原话和姓名。"),
            _("经过全部审查环节才公开，与公告互相关联。"),
        ],
        "confirm_words": _("起草"),
        "cancel_address": address("consultation", pk),
    }
    return done or render(request, "workspace/confirm.html", context)


def _seen(request: HttpRequest, pk: int) -> tuple[Consultation, Seen]:
    seen = queries.staff_consultation(pk)
    if seen is None or not may_see(staff_of(request), seen.consultation):
        raise Http404
    return seen.consultation, seen
