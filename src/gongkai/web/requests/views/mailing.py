"""A letter served by e-mail from its own page: to whom, with what, and whether it is in time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from gongkai.statute.clock import EventKind
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.look.pieces import Fact
from gongkai.web.organs.errors import WorkError
from gongkai.web.requests.actions.mailing import mail_letter, parcel_of
from gongkai.web.requests.actions.serving import SENDING
from gongkai.web.requests.models import Case, Letter
from gongkai.web.requests.permissions import may_work
from gongkai.web.requests.views.going_out import unsent_files
from gongkai.web.requests.views.letter_drafting import letter_of
from gongkai.web.requests.views.letter_words import kind_words
from gongkai.web.requests.views.serving import in_time_words
from gongkai.web.requests.views.signed_in import masked_address
from gongkai.web.requests.views.working import Question, address, ask, case_for


@work_page("GET", "POST")
def mail(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Asked first, with what goes out; sent, it is recorded as served at that moment."""
    case = case_for(request, pk, may_work)
    row = letter_of(case, letter)
    facts, consequences = _parcel(case, row)
    question = Question(
        title=_("用电子邮件送达%(kind)s？") % {"kind": kind_words(row.kind)},
        confirm=_("发送"),
        done=_("邮件已经发出，并记为送达。"),
        act=lambda form: mail_letter(by=staff_of(request), letter=row, seen=form.cleaned_data.get("seen")),
        facts=facts,
        consequences=consequences,
        more={"findings": unsent_files(row)},
        then=lambda _made: address("letter", case.pk, row.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


def _parcel(case: Case, row: Letter) -> tuple[list[Fact], list[str]]:
    """What would be sent; or why nothing can be."""
    facts: list[Any] = [Fact(_("文号"), row.number)]
    try:
        parcel = parcel_of(case, row)
    except WorkError as problem:
        return facts, [problem.message(language())]
    files = "；".join(f"{name}（{filesizeformat(len(content))}）" for name, content, _type in parcel.files)
    facts += [Fact(_("收件邮箱"), masked_address(parcel.to)), Fact(_("附件"), files, wide=True)]
    told = in_time_words(case) if SENDING.get(str(row.kind)) is EventKind.SERVED else []
    return facts, [
        *told,
        _("以发送成功之日为送达日期；发送时间、附件的校验值记入送达凭证。"),
        _("没有发出的，不记为送达，并在这里告诉您原因。"),
    ]
