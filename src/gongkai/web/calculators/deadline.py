"""The deadline calculator: the day of receipt in, the last day for the reply out, with every step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.statute.articles import article
from gongkai.statute.as_json import clock_to_json
from gongkai.statute.clock import Channel, Clock, State, explanation
from gongkai.statute.limits import limits_on
from gongkai.web.calculators.answer import Answer, answer
from gongkai.web.calculators.course import (
    GROUPS,
    MOST_PARTY,
    MOST_ROWS,
    WAY_WORDS,
    Course,
    Row,
    read_course,
)
from gongkai.web.calculators.errors import of_bounded_length
from gongkai.web.calculators.fields import day_field
from gongkai.web.calculators.sheets import sheets, text_list
from gongkai.web.calculators.typed import Problem, in_other_language, today
from gongkai.web.calculators.words import (
    channel_words,
    event_words,
    heading,
    latest_sentence,
    long_day,
    reply_sentence,
    state_word,
    weekday,
)
from gongkai.web.config.language import short_language

# Invented cases that show what the page can do.
EXAMPLES = (
    (gettext_noop("普通申请，跨中秋、国庆假期"), "received=2026-09-18"),
    (
        gettext_noop("网上提交，征求第三方意见，又延期答复"),
        "received=2026-03-02&channel=online&confirmed=2026-03-03&kind1=third-party-asked&on1=2026-03-10"
        "&kind2=third-party-reached&on2=2026-03-12&kind3=third-party-answered"
        "&on3=2026-03-25&kind4=extension-approved&on4=2026-04-08&kind5=extension-notified"
        "&on5=2026-04-09&days5=20&kind6=decided&on6=2026-05-11&kind7=served&on7=2026-05-12&way7=mail",
    ),
    (
        gettext_noop("补正通知发晚了，答复逾期送达"),
        "received=2026-01-05&kind1=supplement-asked&on1=2026-01-16&until1=2026-01-30"
        "&kind2=supplement-received&on2=2026-01-26&kind3=decided&on3=2026-03-06&kind4=served&on4=2026-03-09"
        "&way4=courier",
    ),
)

_PRESSING = frozenset({"supplement_period_over", "payment_period_over"})


@require_safe
@never_cache
@of_bounded_length
def deadline(request: HttpRequest) -> HttpResponse:
    """The form and, once it is sent, the answer. The address holds the whole question."""
    lang = short_language(request)
    course = read_course(request.GET, without=request.GET.get("remove", ""))
    is_building = "add" in request.GET or "remove" in request.GET
    is_asked = bool(course.query()) and not (is_building and not course.received.strip())
    found, problems = answer(course, lang) if is_asked else (None, [])
    problems = [one._replace(label=field_label(one.field)) for one in problems]
    if is_asked and not problems and "add" not in request.GET and (kept := _kept(request, course)):
        return HttpResponseRedirect(f"{reverse('deadline')}?{kept}")
    context = {
        **_form(course, problems, adds="add" in request.GET),
        "other_language": in_other_language(request, lang),
        "problems": problems,
        "limits": limits_on(today()),
        **(_answered(found, course, lang) if found is not None else {}),
    }
    return render(request, "calculators/deadline.html", context, status=422 if problems else 200)


@require_safe
@never_cache
@of_bounded_length
def deadline_json(request: HttpRequest) -> HttpResponse:
    """The same answer for machines; 422 with the fields and codes where there is none."""
    found, problems = answer(read_course(request.GET), short_language(request))
    if found is None or found.clock is None:
        if found is not None and found.receipt is not None:
            problems = [Problem("confirmed", "receipt_not_confirmed", _fault(found, short_language(request)))]
        errors = [{"field": one.field, "code": one.code, "message": one.text} for one in problems]
        return JsonResponse({"errors": errors}, status=422, json_dumps_params={"ensure_ascii": False})
    response = JsonResponse(
        clock_to_json(found.clock), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    name = f"答复期限-{found.clock.received}.json"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _kept(request: HttpRequest, course: Course) -> str:
    """The address without what is empty, where the one asked for is another; "" where it is the same."""
    wanted = course.query()
    if request.GET.get("lang"):
        wanted += f"&lang={request.GET['lang'][:2]}" if request.GET["lang"] in ("zh", "en") else ""
    return "" if sorted(wanted.split("&")) == sorted(request.GET.urlencode().split("&")) else wanted


def _form(course: Course, problems: list[Problem], *, adds: bool) -> dict[str, Any]:
    said: dict[str, str] = {}
    for one in problems:
        said.setdefault(one.field, one.text)
    rows = list(course.rows)
    if (adds or not rows) and len(rows) < MOST_ROWS:
        rows.append(Row(len(rows) + 1))
    return {
        "received": day_field("received", course.received, said),
        "confirmed": day_field("confirmed", course.confirmed, said),
        "as_of": day_field("as_of", course.as_of, said),
        "channel": course.channel,
        "channel_problem": said.get("channel", ""),
        "channels": [(one.value, channel_words(one)) for one in Channel],
        "rows": [_row_fields(row, said) for row in rows],
        "shows_rows": bool(course.rows) or adds,
        "shows_channel": bool(course.channel or course.confirmed),
        "most_party": MOST_PARTY,
        "next_row": len(course.rows) + 1,
        "can_add": len(course.rows) < MOST_ROWS,
        "groups": [(title, [(kind.value, event_words(kind)) for kind in kinds]) for title, kinds in GROUPS],
        "ways": [(way.value, words) for way, words in WAY_WORDS.items()],
        "examples": [(_(title), query) for title, query in EXAMPLES],
    }


def field_label(field: str) -> str:
    """What a field is called, with the number of its row: 第 2 项的日期."""
    names = {
        "received": _("收到申请的日期"),
        "channel": _("提交方式"),
        "confirmed": _("双方确认收到的日期"),
        "as_of": _("看哪一天的情况"),
        "kind": _("发生了什么"),
        "on": _("日期"),
        "party": _("征求意见的对象"),
        "until": _("告知的期限"),
        "days": _("延长的工作日"),
        "way": _("送达方式"),
    }
    name = field.rstrip("0123456789")
    number = field[len(name) :]
    if not number:
        return names.get(name, "")
    return _("第 %(n)s 项，%(field)s") % {"n": number, "field": names[name]}


def _row_fields(row: Row, said: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind,
        "kind_problem": said.get(row.field("kind"), ""),
        "on": day_field(row.field("on"), row.on, said),
        "until": day_field(row.field("until"), row.until, said),
        "party": row.party[:400],
        "party_problem": said.get(row.field("party"), ""),
        "days": row.days[:60],
        "days_problem": said.get(row.field("days"), ""),
        "way": row.way,
        "way_problem": said.get(row.field("way"), ""),
    }


# ---- the answer ----


def _answered(found: Answer, course: Course, lang: str) -> dict[str, Any]:
    context: dict[str, Any] = {"found": True, "query": course.query(), "receipt": None}
    if found.receipt is not None:
        context["receipt"] = found.receipt.zh if lang == "zh" else found.receipt.en
        context["receipt_faults"] = [zh if lang == "zh" else en for zh, en in found.receipt.faults]
    stands = found.clock
    if stands is None or found.picture is None:
        return context
    due = stands.due
    findings = _findings(found, stands, lang)
    return {
        **context,
        "clock": stands,
        "due": long_day(due.date) if due else "",
        "due_weekday": weekday(due.date) if due else "",
        "why": (due.why if lang == "zh" else due.why_en) if due and due.provisional else "",
        "latest": latest_sentence(stands),
        "as_of_day": long_day(stands.as_of),
        "closed_day": long_day(stands.closed) if stands.closed else "",
        "received_day": long_day(stands.received),
        "heading": heading(stands, is_today=stands.as_of == today()),
        "sentence": reply_sentence(stands),
        "state": state_word(stands.state),
        "tone": _tone(stands),
        "is_today": stands.as_of == today(),
        "over": -stands.left if stands.left is not None and stands.left < 0 else 0,
        "later": found.later,
        "lines": _lines(stands, lang),
        "findings": findings,
        # What changes the answer itself stands beside it.
        "pressing": [one["words"] for one in findings if one["code"] in _PRESSING],
        "sheets": sheets(found.picture, stands),
        "marks": found.picture.marks,
        "days": text_list(found.picture),
        "invites_events": not course.rows and stands.state is State.OVERDUE,
    }


def _tone(stands: Clock) -> str:
    """Whether the answer is good or bad news: late, waiting, done or running."""
    if stands.state is State.OVERDUE or stands.in_time is False:
        return "late"
    if stands.due is None and stands.closed is None:
        return "waiting"
    return "done" if stands.closed is not None else "running"


def _lines(stands: Clock, lang: str) -> list[dict[str, str]]:
    """The explanation, the article apart from the words."""
    found = []
    for line in explanation(stands):
        cited = article(line.rule)
        words = (
            line.zh.removesuffix(f"〔{cited.zh}〕")
            if lang == "zh"
            else line.en.removesuffix(f" [{cited.en}]")
        )
        found.append({"words": words, "article": cited.zh if lang == "zh" else cited.en})
    return found


def _findings(found: Answer, stands: Clock, lang: str) -> list[dict[str, Any]]:
    names = {"error": _("违反规定"), "warning": _("需要核对"), "info": _("提示")}
    return [
        {
            "code": one.code,
            "severity": one.severity,
            "severity_word": names[one.severity],
            "words": one.zh if lang == "zh" else one.en,
            "article": article(one.rule).zh if lang == "zh" else article(one.rule).en,
            "row": found.rows.get((one.event, one.on)),
        }
        for one in stands.findings
    ]


def _fault(found: Answer, lang: str) -> str:
    assert found.receipt is not None
    return " ".join(zh if lang == "zh" else en for zh, en in found.receipt.faults)
