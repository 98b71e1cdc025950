"""What people see when something cannot be done: the same page for every error, in words."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.web.organs.signing_in.gate import WORKING_PATHS
from gongkai.web.organs.signing_in.views import form_too_old


def problem(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """A page that says what is wrong and what to do."""
    context = {"problem_title": title, "problem_text": text}
    return render(request, "annual_reports/problem.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(request, 404, _("没有这个页面"), _("地址可能写错了，或者页面已经移走。请从首页重新开始。"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        text = _("随表单送回的核对结果太大。请减少文件数量，重新核对后再下载。")
        return problem(request, 413, _("内容太大"), text)
    return problem(request, 400, _("请求无法处理"), _("浏览器送来的内容不完整或格式不对。请从首页重新开始。"))


def server_error(request: HttpRequest) -> HttpResponse:
    text = _("程序没能完成这一步，错误已记入日志。文件没有保存。请稍后再试，或换一种格式另存后再试。")
    return problem(request, 500, _("程序出错"), text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    given_back = form_too_old(request) if request.path.startswith(WORKING_PATHS) else None
    if given_back is not None:
        return given_back
    text = _("页面打开时间过长，或者浏览器不接受 Cookie。请允许本站的 Cookie，回到首页重新提交。")
    return problem(request, 403, _("提交未被接受"), text)
