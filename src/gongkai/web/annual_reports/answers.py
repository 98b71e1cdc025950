"""What several views answer with: files, and that what came back cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongkai.documents import DocumentError
from gongkai.web.annual_reports.carried import NotCarried, Work, unpack
from gongkai.web.annual_reports.errors import problem
from gongkai.web.config.language import short_language

View = Callable[[HttpRequest], HttpResponse]

# No file system takes these in a name; a name of a file that a person keeps is not endless either.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e]+')
LONGEST_NAME = 80


def only_sent_back(view: View) -> View:
    """A download is made of the results that its form sends: for a bare address there is nothing to make."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return view(request)
        text = _("下载要从核对结果页上点按钮。请回到首页，核对后再下载。")
        response = problem(request, 405, _("这里没有可下载的文件"), text)
        response.headers["Allow"] = "POST"
        return response

    return answer


def refuses_what_was_not_carried(view: View) -> View:
    """`NotCarried` is answered with a page in words."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except NotCarried:
            text = _("送回的核对结果不完整或被改动过，不能使用。请回到首页重新核对。")
            return problem(request, 400, _("送回的内容无法使用"), text)

    return answer


def says_what_was_stopped(view: View) -> View:
    """Work that took too much time or memory is answered with a page in words."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except DocumentError as error:
            return problem(request, 422, _("没有完成"), error.message(short_language(request)))

    return answer


def carried_work(request: HttpRequest) -> Work:
    """The work that the page sent back. Raises `NotCarried`."""
    return unpack(request.POST.get("results", ""), request.POST.get("changes", ""))


def file_answer(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to keep, under a name in any script (RFC 5987, RFC 6266)."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response


def safe_name(words: str) -> str:
    """The words as part of a file's name; "" where nothing is left of them."""
    return _NOT_IN_NAMES.sub("", words).strip(".")[:LONGEST_NAME]
