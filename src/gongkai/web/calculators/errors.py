"""What is said when a pasted text is past what a form may hold; other errors are those of every page."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.annual_reports import errors


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read."""
    if isinstance(exception, RequestDataTooBig) and request.path.startswith(reverse("text_check")):
        text = _("粘贴的文字太大，没有检查。请回到上一页，分段检查。")
        return errors.problem(request, 413, _("内容太大"), text)
    return errors.bad_request(request, exception)
