"""Files that come with a form: read as a page, or attached one by one; each that is refused says why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongkai.documents import DocumentError
from gongkai.web.annual_reports.uploads import (
    MIB,
    MOST_BYTES,
    MOST_BYTES_PER_FILE,
    MOST_FILES,
    refused,
    uploaded,
)
from gongkai.web.disclosure.actions.attaching import attach_file, clean_attachment
from gongkai.web.disclosure.looking_at_files import WordPage, word_page
from gongkai.web.disclosure.models import Attachment, Record
from gongkai.web.disclosure.views.answering import language, words_of
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Staff

_MOST_TOLD = 5


def read_word(request: HttpRequest, field: str, *, alone: bool = False) -> WordPage | None:
    """The Word file of a field as a page; None where none was sent. WorkError at the field for a refused one.

    `alone`: no other file comes with the form, so that one past the limits was this one.
    """
    files = uploaded(request, field)
    if not files:
        # A file past the limits is put aside while it comes in: it is in no field.
        for _name, problem in refused(request) if alone else ():
            raise WorkError(problem.code, _too_large(problem), problem.en, field=field)
        return None
    name, content = files[0]
    try:
        return word_page(content, name)
    except DocumentError as problem:
        raise WorkError(problem.code, problem.zh, problem.en, field=field) from problem


def uploaded_name(request: HttpRequest, field: str) -> str:
    """The name of a field's file; "" where none was sent."""
    return next((file.name or "" for file in request.FILES.getlist(field)), "")


def say_what_was_left(request: HttpRequest, page: WordPage | None) -> None:
    """What the Word file hides: not taken into the page, and to be known before the file goes anywhere."""
    if page is None or not page.findings:
        return
    english = language() == "en"
    each = [str(one["en" if english else "zh"]).rstrip("。.") for one in page.findings[:_MOST_TOLD]]
    told = ("; " if english else "；").join(each)
    more = _("等 %(n)s 处") % {"n": len(page.findings)} if len(page.findings) > _MOST_TOLD else ""
    messages.warning(
        request, _("文件中有隐藏内容，没有带入正文：%(told)s%(more)s") % {"told": told[:900], "more": more}
    )


def attach_all(request: HttpRequest, staff: Staff, record: Record) -> None:
    """Attach every file sent; each one refused is told with its name, the others are kept."""
    kept = []
    for name, content in uploaded(request, "new_files"):
        try:
            kept.append(attach_file(by=staff, record=record, content=content, name=name).name)
        except NotAllowed:
            raise
        except WorkError as problem:
            messages.error(
                request, _("“%(name)s”没有添加：%(why)s") % {"name": name[:120], "why": words_of(problem)}
            )
    for name, limit in refused(request):
        messages.error(
            request, _("“%(name)s”没有添加：%(why)s") % {"name": name[:120], "why": _too_large(limit)}
        )
    if kept:
        messages.success(request, _("已添加附件：%(names)s") % {"names": "、".join(kept)[:600]})


def clean_all(request: HttpRequest, staff: Staff, record: Record) -> None:
    """Take the hidden properties and comments out of every file that was ticked; what stays is told."""
    for row in Attachment.objects.filter(version=record.working_id, pk__in=ticked(request, "clean")):
        try:
            made = clean_attachment(by=staff, attachment=row)
        except NotAllowed:
            raise
        except WorkError as problem:
            messages.error(
                request, _("“%(name)s”没有清除：%(why)s") % {"name": row.name, "why": words_of(problem)}
            )
        else:
            left = _("，还有 %(n)s 处须由人处理") % {"n": len(made.findings)} if made.findings else ""
            messages.success(
                request, _("“%(name)s”的属性和批注已清除%(left)s。") % {"name": made.name, "left": left}
            )


def ticked(request: HttpRequest, name: str) -> list[int]:
    """The ids that were ticked; what is none is left out."""
    return [
        int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit() and len(one) < 19
    ]


def _too_large(limit: DocumentError) -> str:
    """The limits of an upload, in words for files to be attached."""
    facts = {"files": MOST_FILES, "each": MOST_BYTES_PER_FILE // MIB, "all": MOST_BYTES // MIB}
    return _("一次最多 %(files)s 个文件，每个不超过 %(each)s MB，合计不超过 %(all)s MB。") % facts
