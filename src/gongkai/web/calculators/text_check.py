"""The text check: personal data and wrong wording marked in a text that somebody pastes; nothing is kept."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from gongkai.documents import DocumentError
from gongkai.documents.isolation import Limits, Workers
from gongkai.web.annual_reports import uploads
from gongkai.web.calculators import file_text
from gongkai.web.calculators.marked_text import MOST_CARDS, cards_of, counts, marked
from gongkai.web.calculators.typed import Problem, in_other_language
from gongkai.web.config.language import short_language
from gongkai.wording import scanning
from gongkai.wording.scanning import ScanOptions, scan

# A long report has 50,000 characters. The scan of so many takes half a second at most.
MOST_CHARACTERS = 100_000
_PERSONAL, _WORDING = "personal", "wording"
EXAMPLE = (
    "关于回应群众反映路灯问题的情况说明（示例，人名、号码、地名均为虚构）\n\n"
    "2025年3月，申请人李晓燕（身份证11010519491231002X，手机13800138000，住某市某县清溪镇柳树村3组12号）"
    "来信反映路灯不亮。我局已安排施工单位重新按装灯具，道路用地手续按照国土资源部有关规定办理。\n"
    "联系电话：010-61234567，电子邮箱：someone@example.com。\n"
)


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def text_check(request: HttpRequest) -> HttpResponse:
    """The form; and, for a text that is sent, the text marked, the findings, and a masked copy."""
    lang = short_language(request)
    sent = request.method == "POST"
    text, not_read = _text(request, lang) if sent else ("", [])
    looks_for = _looks_for(request) if sent else {_PERSONAL, _WORDING}
    if not sent and "example" in request.GET:
        text = EXAMPLE
    problems = (not_read or _problems(text, looks_for)) if sent else []
    context = {
        "problems": problems,
        "problem_of": {one.field: one.text for one in problems},
        "other_language": in_other_language(request, lang),
        "text": text,
        "personal": _PERSONAL in looks_for,
        "wording": _WORDING in looks_for,
        "most": f"{MOST_CHARACTERS:,}",
        "most_megabytes": uploads.MOST_BYTES_PER_FILE // uploads.MIB,
        "sent": sent,
        **(_checked(text, looks_for) if sent and not problems else {}),
    }
    return render(request, "calculators/text_check.html", context, status=422 if problems else 200)


@never_cache
@require_http_methods(["POST"])
def masked_copy(request: HttpRequest) -> HttpResponse:
    """The text with its personal data masked, as a file."""
    text = _plain_lines(request.POST.get("text", ""))
    problems = _problems(text, {_PERSONAL})
    if problems:
        return text_check(request)
    response = HttpResponse(
        scanning.masked(text, options=ScanOptions(wording=False)), content_type="text/plain; charset=utf-8"
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, "遮盖个人信息.txt") or ""
    return response


def _text(request: HttpRequest, lang: str) -> tuple[str, list[Problem]]:
    """The text of the file, if one was chosen, else the one that was pasted."""
    pasted = _plain_lines(request.POST.get("text", ""))
    chosen = [(name, content) for name, content in uploads.uploaded(request, "file") if name]
    try:
        for _name, refused in uploads.refused(request):
            raise refused
        text = _read(*chosen[0]) if chosen else pasted
    except DocumentError as error:
        return pasted, [Problem("file", error.code, error.message(lang))]
    if chosen and not text.strip():
        return pasted, [Problem("file", "file_without_text", _("文件里没有可以检查的文字。"))]
    return text, []


def _read(name: str, content: bytes) -> str:
    """The words of a file, read in a process of its own where the settings want that."""
    own = workers()
    read = file_text.answer(name, content) if own is None else own.run(name, content)
    return _plain_lines(read.decode("utf-8", "replace"))


@cache
def workers() -> Workers | None:
    """The processes that read, for as long as the server runs; None where the settings want none."""
    if settings.FILE_READERS <= 0:
        return None
    return Workers(file_text.TASK, Limits(workers=settings.FILE_READERS))


def _looks_for(request: HttpRequest) -> set[str]:
    return {name for name in (_PERSONAL, _WORDING) if name in request.POST}


def _plain_lines(text: str) -> str:
    """Line ends as the text had them before the browser sent them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _problems(text: str, looks_for: set[str]) -> list[Problem]:
    problems = []
    if not text.strip():
        problems.append(Problem("text", "text_missing", _("请粘贴要检查的文字。")))
    if len(text) > MOST_CHARACTERS:
        words = _("文字共 %(n)s 个字符，一次最多检查 %(most)s 个，请分段检查。")
        shown = {"n": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"}
        problems.append(Problem("text", "text_too_long", words % shown))
    if not looks_for:
        problems.append(Problem("personal", "nothing_chosen", _("请至少选一项检查内容。")))
    return problems


def _checked(text: str, looks_for: set[str]) -> dict[str, Any]:
    options = ScanOptions(personal=_PERSONAL in looks_for, wording=_WORDING in looks_for)
    findings = scan(text, options=options)
    cards = cards_of(findings)
    can_mask = any(one.maskable for one in findings)
    return {
        "found": True,
        "cards": cards[:MOST_CARDS],
        "other_cards": max(0, len(cards) - MOST_CARDS),
        "counts": counts(cards),
        "marked": marked(text, findings, cards),
        "masked": scanning.masked(text, options=options) if can_mask else "",
    }
