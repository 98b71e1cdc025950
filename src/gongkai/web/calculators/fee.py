"""The fee calculator: items of a month or pages of one application in, the information processing fee out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.statute.as_json import fee_to_json
from gongkai.statute.calendar import DueDay, national
from gongkai.statute.errors import StatuteError
from gongkai.statute.fees import MOST_ITEMS, MOST_PAGES, Fee, FeeBasis, Slice, item_fee, page_fee, payment_due
from gongkai.statute.limits import limits_on
from gongkai.web.calculators.course import known_day
from gongkai.web.calculators.errors import of_bounded_length
from gongkai.web.calculators.fields import day_field
from gongkai.web.calculators.typed import NotTyped, Problem, in_other_language, plain, read_whole, today
from gongkai.web.calculators.words import is_english, long_day, weekday
from gongkai.web.config.language import short_language

FIELDS = ("basis", "items", "after", "pages", "on", "notice")
# Which fields a basis has: what was typed into the other's is let go (FEE.3: one basis for one application).
_OF_BASIS = {FeeBasis.ITEM: ("items", "after"), FeeBasis.PAGE: ("pages",)}
_ALWAYS = ("on", "notice")
MOST_TIERS = 30  # rows of the table; 300 items of a month have 29
_FIRST_TIERS, _LAST_TIERS = 20, 5
EXAMPLES = (
    (gettext_noop("一个月内第 11 件申请"), "basis=item&items=1&after=10"),
    (gettext_noop("一个月内共 63 件申请"), "basis=item&items=63"),
    (gettext_noop("一件申请，要 150 页复印件"), "basis=page&pages=150"),
)


class Charged(NamedTuple):
    """`pay_by`: the last day to pay, where the day the notice was received is known (FEE.6)."""

    fee: Fee
    pay_by: DueDay | None


@require_safe
@never_cache
@of_bounded_length
def fee(request: HttpRequest) -> HttpResponse:
    """The form and, once it is sent, the fee. The address holds the whole question."""
    lang = short_language(request)
    typed = {name: request.GET.get(name, "").strip() for name in FIELDS}
    is_asked = any(typed.values())
    charged, problems = _charged(typed, lang) if is_asked else (None, [])
    problems = [one._replace(label=_field_label(one.field)) for one in problems]
    kept = _kept(typed)
    if charged is not None and "" in request.GET.values():
        language = f"&lang={lang}" if "lang" in request.GET else ""
        return HttpResponseRedirect(f"{reverse('fee')}?{kept}{language}")
    said: dict[str, str] = {}
    for one in problems:
        said.setdefault(one.field, one.text)
    context = {
        "problems": problems,
        "other_language": in_other_language(request, lang),
        "basis": typed["basis"] if typed["basis"] in set(FeeBasis) else "",
        "basis_problem": said.get("basis", ""),
        "numbers": {name: _number_field(name, typed[name], said) for name in ("items", "after", "pages")},
        "on": day_field("on", typed["on"], said),
        "notice": day_field("notice", typed["notice"], said),
        "examples": [(_(title), query) for title, query in EXAMPLES],
        "payment": limits_on(today()).payment,
        **_prices(),
        **(_answered(charged, typed, kept, lang) if charged is not None else {}),
    }
    return render(request, "calculators/fee.html", context, status=422 if problems else 200)


@require_safe
@never_cache
@of_bounded_length
def fee_json(request: HttpRequest) -> HttpResponse:
    """The same fee for machines; 422 with the fields and codes where there is none."""
    typed = {name: request.GET.get(name, "").strip() for name in FIELDS}
    charged, problems = _charged(typed, short_language(request))
    if charged is None:
        errors = [{"field": one.field, "code": one.code, "message": one.text} for one in problems]
        return JsonResponse({"errors": errors}, status=422, json_dumps_params={"ensure_ascii": False})
    found = fee_to_json(charged.fee)
    if charged.pay_by is not None:
        found["pay_by"] = str(charged.pay_by.date)
        found["provisional"] = charged.pay_by.provisional
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _charged(typed: Mapping[str, str], lang: str) -> tuple[Charged | None, list[Problem]]:
    """The fee, or why there is none: each problem at its field."""
    problems: list[Problem] = []
    try:
        basis = FeeBasis(typed["basis"])
    except ValueError:
        problems.append(Problem("basis", "basis_missing", _("请选择按件还是按量计收。")))
        return None, problems
    calendar = national()
    on = known_day(typed["on"], "on", calendar, lang, problems)
    notice = known_day(typed["notice"], "notice", calendar, lang, problems)
    if on is not None and notice is not None and notice < on:
        words = _("收到收费通知的日期早于收到申请的日期（%(day)s），请核对。")
        problems.append(Problem("notice", "notice_before_receipt", words % {"day": on}))
    if basis is FeeBasis.ITEM:
        after = _number("after", typed, problems, default=0, most=MOST_ITEMS)
        number = _number("items", typed, problems, default=None, most=MOST_ITEMS - (after or 0))
    else:
        after, number = 0, _number("pages", typed, problems, default=None, most=MOST_PAGES)
    if problems or number is None or after is None:
        return None, problems
    try:
        found = item_fee(number, after=after, on=on) if basis is FeeBasis.ITEM else page_fee(number, on=on)
    except StatuteError as error:
        return None, [Problem("on", error.code, error.message(lang))]
    try:
        pay_by = payment_due(notice) if notice is not None and found.amount else None
    except StatuteError as error:
        return None, [Problem("notice", error.code, error.message(lang))]
    return Charged(found, pay_by), []


def _number(
    name: str, typed: Mapping[str, str], problems: list[Problem], *, default: int | None, most: int
) -> int | None:
    if not plain(typed[name]):
        if default is None:
            problems.append(Problem(name, f"{name}_missing", _("请填写数量，例如 12。")))
        return default
    try:
        number = read_whole(typed[name])
    except NotTyped as error:
        problems.append(Problem(name, error.code, error.text))
        return None
    least = 0 if default is not None else 1
    if not least <= number <= most:
        words = _("应在 %(least)s 至 %(most)s 之间，请核对。")
        problems.append(Problem(name, "fee_bad_count", words % {"least": least, "most": f"{most:,}"}))
        return None
    return number


def _field_label(field: str) -> str:
    return {
        "items": _("这次要计的件数"),
        "after": _("本月在此之前已有几件"),
        "pages": _("提供多少页"),
        "on": _("行政机关收到申请的日期"),
        "notice": _("申请人收到收费通知的日期"),
    }.get(field, "")


def _kept(typed: Mapping[str, str]) -> str:
    basis = typed["basis"]
    names = ("basis", *(_OF_BASIS[FeeBasis(basis)] if basis in set(FeeBasis) else ()), *_ALWAYS)
    return urlencode([(name, typed[name]) for name in names if typed[name]])


def _number_field(name: str, typed: str, said: Mapping[str, str]) -> dict[str, str]:
    return {"name": name, "value": typed[:60], "problem": said.get(name, "")}


# ---- the answer ----


def _answered(charged: Charged, typed: Mapping[str, str], kept: str, lang: str) -> dict[str, Any]:
    found = charged.fee
    pay_by = charged.pay_by
    return {
        "found": found,
        "query": kept,
        "is_by_item": found.basis is FeeBasis.ITEM,
        "amount": f"{found.amount:,}",
        "count": f"{sum(part.count for part in found.slices):,}",
        "slices": _shown_slices(found.slices),
        "to_confirm": [_(note) for note in found.to_confirm],
        "pay_by": long_day(pay_by.date) if pay_by else "",
        "pay_by_weekday": weekday(pay_by.date) if pay_by else "",
        "provisional": pay_by is not None and pay_by.provisional,
        "why": ""
        if pay_by is None or not pay_by.provisional
        else (pay_by.why if lang == "zh" else pay_by.why_en),
        "asks_notice": bool(found.amount) and not typed["notice"],
        "no_notice_needed": bool(typed["notice"]) and not found.amount,
    }


def _shown_slices(slices: Sequence[Slice]) -> list[dict[str, str]]:
    """The tiers; of very many the first and the last ones, with those between summed up in one row."""
    if len(slices) <= MOST_TIERS:
        return [_slice(part) for part in slices]
    first, between, last = slices[:_FIRST_TIERS], slices[_FIRST_TIERS:-_LAST_TIERS], slices[-_LAST_TIERS:]
    dash = "–" if is_english() else "～"
    folded = {
        "range": f"{between[0].first:,}{dash}{between[-1].last:,}",
        "folded": f"{len(between):,}",
        "count": f"{sum(part.count for part in between):,}",
        "price": f"{between[0].unit_price:,}{dash}{between[-1].unit_price:,}",
        "amount": f"{sum(part.amount for part in between):,}",
        "is_free": "",
    }
    return [*map(_slice, first), folded, *map(_slice, last)]


def _slice(part: Slice) -> dict[str, str]:
    dash = "–" if is_english() else "～"
    return {
        "range": f"{part.first:,}" if part.count == 1 else f"{part.first:,}{dash}{part.last:,}",
        "count": f"{part.count:,}",
        "price": f"{part.unit_price:,}",
        "amount": f"{part.amount:,}",
        "is_free": "" if part.unit_price else "1",
    }


def _prices() -> dict[str, Any]:
    """The prices in force, drawn out over the first of the rising blocks (FEE.4, FEE.5)."""
    by_item, by_page = item_fee(60).slices, page_fee(300).slices
    return {
        "tiers": {"item": [_slice(part) for part in by_item], "page": [_slice(part) for part in by_page]},
        "free": {"item": by_item[0].last, "page": by_page[0].last},
        "last_page_tier": by_page[-1].first,
        "step_items": by_item[-1].count,
        "step_rise": by_item[-1].unit_price - by_item[-2].unit_price,
    }
