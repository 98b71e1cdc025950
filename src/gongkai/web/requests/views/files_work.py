"""Files of a case: put in; saved by staff, each look in the log, at what shows who asked with a reason."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.documents import DocumentError
from gongkai.web.annual_reports.uploads import refused as put_aside
from gongkai.web.config.sealing import Unreadable
from gongkai.web.disclosure.views.answering import staff_of, work_page
from gongkai.web.look.pieces import Fact
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.organs.signing_in.lost_words import given_back
from gongkai.web.requests import staging
from gongkai.web.requests.actions.filing import PERSONAL_KINDS, add_file, look_at_file
from gongkai.web.requests.forms.inside import AddFileForm, LookForm
from gongkai.web.requests.models import Case, CaseFile, FileKind
from gongkai.web.requests.permissions import may_open_personal, may_read, may_work
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.views.working import (
    PLACE,
    REFUSED,
    Question,
    ask,
    back_to,
    case_address,
    case_for,
    fresh,
    seen_case,
    tell_lawfully,
    to_save,
)


@work_page("GET", "POST")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Files put into a case: their type is told by their bytes."""
    case = case_for(request, pk, may_work)
    limits = [(name, one) for name, one in put_aside(request)]
    question = Question(
        title=_("加入文件"),
        confirm=_("加入"),
        done=_("文件已加入。"),
        form=AddFileForm,
        act=lambda form: _added(staff_of(request), case, form, limits),
        initial={"kind": FileKind.OTHER.value},
    )
    return ask(request, case, question)


@transaction.atomic
def _added(staff: Staff, case: Case, form: AddFileForm, limits: list[tuple[str, DocumentError]]) -> None:
    """All of them or none."""
    for name, limit in limits:
        raise staging.put_aside(name, limit.code)
    sent = form.cleaned_data.get("files") or []
    if not sent:
        raise WorkError("file_missing", "请选择文件。", "Choose a file.", field="files")
    for file in sent:
        one = staging.looked_at(file.name or "", file.read(), staging.ALL)
        kind = form.cleaned_data["kind"]
        add_file(
            by=staff, case=case, name=one.name, content=one.content, media_type=one.media_type, kind=kind
        )


@work_page("GET", "POST")
def look(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file to be saved, never opened in our own pages."""
    case = seen_case(request, pk)
    row = case.files.select_related("added_by").filter(pk=file).first()
    if row is None:
        raise Http404
    row.case = case
    staff = staff_of(request)
    is_personal = row.kind in PERSONAL_KINDS
    require(may_open_personal if is_personal else may_read, staff, case)
    make = partial(LookForm, is_personal=is_personal)
    form = make(request.POST) if request.method == "POST" else make(initial=given_back(request))
    if request.method == "POST" and form.is_valid():
        try:
            name, content = look_at_file(by=staff, row=row, reason=form.cleaned_data.get("reason", ""))
            return to_save(content, name, str(row.media_type))
        except NotAllowed:
            raise
        except WorkError as refused:
            tell_lawfully(form, refused)
    status = REFUSED if request.method == "POST" else 200
    return fresh(request, "requests/work/confirm.html", _context(case, row, form), status)


def _context(case: Case, row: CaseFile, form: LookForm) -> dict[str, object]:
    facts = [
        Fact(_("类别"), FileKind(row.kind).label),
        Fact(_("文件名"), file_name(case, row)),
        Fact(_("加入人"), row.added_by.name if row.added_by else _("申请人")),
    ]
    return {
        "title": _("下载文件"),
        "lead": _("查看人和时间记入操作记录。"),
        "back": back_to(case),
        "place": PLACE,
        "facts": facts,
        "form": form,
        "confirm_words": _("下载"),
        "cancel_address": case_address(case),
    }


def file_name(case: Case, row: CaseFile) -> str:
    """The name as far as it may stand on a page: of what shows who asked its ending alone."""
    try:
        name = opener_of(case).open(row, "name")
    except (WorkError, Unreadable):
        return ""
    return f"*.{name.rpartition('.')[2]}" if row.kind in PERSONAL_KINDS else name
