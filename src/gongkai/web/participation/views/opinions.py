"""An opinion as staff see it: what it says, what becomes of it, who sent it, destroying that."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.web.config import clock
from gongkai.web.disclosure.forms.fields import WorkForm
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.look.pieces import Action, Fact, Tab
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Staff
from gongkai.web.participation import questionnaire
from gongkai.web.participation.actions.consulting import handle_opinion
from gongkai.web.participation.actions.opining import destroy_sender, enter_opinion, look_at_sender
from gongkai.web.participation.forms.staff import OpinionEntryForm, OpinionHandlingForm, ShredForm
from gongkai.web.participation.models import Opinion
from gongkai.web.participation.permissions import (
    may_destroy,
    may_read_opinions,
    may_run_consultation,
    may_see,
    may_see_contact,
)
from gongkai.web.participation.queries import consultations as queries
from gongkai.web.participation.settled import adoptions, opinion_channels, words_of
from gongkai.web.participation.views.reports import shred_context
from gongkai.web.participation.views.work import PLACE, act, address


@work_page("GET", "POST")
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """An opinion, and what becomes of it."""
    one, staff = _opinion(request, pk), staff_of(request)
    consultation = one.consultation
    initial = {"adoption": one.adoption, "gist": one.gist, "reason": one.reason}
    form = OpinionHandlingForm(
        request.POST if request.method == "POST" else None, lang=language(), initial=initial
    )
    runs = may_run_consultation(staff, consultation)
    if request.method == "POST" and not runs:
        raise NotAllowed
    following = queries.opinions_of(consultation, "").filter(pk__gt=pk).first()
    done = act(
        request,
        form,
        lambda: handle_opinion(by=staff, opinion=one, **form.facts("adoption", "gist", "reason")),
        _("已保存。"),
        address("opinion", following.pk) if following else address("consultation", consultation.pk),
    )
    if done is not None:
        return done
    context = {
        "title": _("意见（%(day)s 收到）") % {"day": one.received_on},
        "lead": consultation.announcement.title,
        "place": PLACE,
        "back": Tab(_("返回"), address("consultation", consultation.pk)),
        "opinion": one,
        "answers": _answers(one),
        "facts": [
            Fact(_("提交方式"), words_of(opinion_channels(), one.channel, language()), wide=True),
            *([Fact(_("登记人"), one.entered_by.name, wide=True)] if one.entered_by else []),
            Fact(
                _("姓名和联系方式"), _("已留，加密保存") if one.name or one.contact else _("没有"), wide=True
            ),
            Fact(
                _("采纳情况"),
                words_of(adoptions(), one.adoption, language()) if one.adoption else "",
                wide=True,
            ),
        ],
        "form": form if runs else None,
        "actions": list(_opinion_actions(staff, one)),
    }
    return render(request, "participation/opinion.html", context)


def _answers(one: Opinion) -> list[tuple[str, str]]:
    """Each question with what was answered, in words."""
    told = []
    for place, asked in enumerate(questionnaire.kept(one.terms.questions)):
        value = one.answers.get(f"q{place}")
        if value is None:
            continue
        places = value if isinstance(value, list) else [value]
        chosen = asked.options and "；".join(asked.options[each] for each in places)
        told.append((f"{place + 1}. {asked.words}", chosen or str(value)))
    return told


def _opinion_actions(staff: Staff, one: Opinion) -> Any:
    if (one.name or one.contact) and may_see_contact(staff, one.consultation):
        yield Action(_("查看姓名和联系方式"), address("sender", one.pk))
    if may_destroy(staff, one.consultation):
        yield Action(_("销毁个人信息"), address("opinion_shred", one.pk))


@work_page("GET", "POST")
def opinion_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down an opinion that came by letter, by e-mail or at a meeting."""
    seen, staff = queries.staff_consultation(pk), staff_of(request)
    if seen is None or not may_see(staff, seen.consultation):
        raise Http404
    one = seen.consultation
    if not may_run_consultation(staff, one):
        raise NotAllowed
    form = OpinionEntryForm(
        request.POST if request.method == "POST" else None,
        lang=language(),
        initial={"received_on": clock.today()},
    )

    def do() -> Any:
        facts = form.facts("channel", "received_on", "words", "name", "contact")
        return enter_opinion(by=staff, consultation=one, **facts)

    done_words = _("已登记。结果草稿请重新写入。") if one.result_id else _("已登记，同其他意见一并办理。")
    done = act(request, form, do, done_words, address("consultation", pk))
    context = {
        "title": _("登记意见"),
        "lead": one.announcement.title,
        "place": PLACE,
        "back": Tab(_("返回"), address("consultation", pk)),
        "form": form,
        "cancel_address": address("consultation", pk),
        "submit_words": _("登记"),
    }
    return done or render(request, "workspace/form.html", context, status=422 if form.errors else 200)


@work_page("GET", "POST")
def sender(request: HttpRequest, pk: int) -> HttpResponse:
    """Name and contact in the clear, once asked for by a press that the log remembers."""
    one, staff = _opinion(request, pk), staff_of(request)
    if not may_see_contact(staff, one.consultation):
        raise NotAllowed
    told = look_at_sender(by=staff, opinion=one) if request.method == "POST" else ("", "")
    context = {
        "title": _("查看姓名和联系方式？"),
        "place": PLACE,
        "back": Tab(_("返回"), address("opinion", pk)),
        "contact": " · ".join(part for part in told if part),
        "form": WorkForm(),
        "confirm_words": _("查看"),
        "consequences": [_("只用于核实这份意见。"), _("谁在什么时候看过，记入操作记录。")],
        "cancel_address": address("opinion", pk),
    }
    return render(request, "participation/contact.html", context)


@work_page("GET", "POST")
def opinion_shred(request: HttpRequest, pk: int) -> HttpResponse:
    one, staff = _opinion(request, pk), staff_of(request)
    if not may_destroy(staff, one.consultation):
        raise NotAllowed
    form = ShredForm(request.POST if request.method == "POST" else None)

    def do() -> Any:
        facts = form.cleaned_data
        return destroy_sender(by=staff, opinion=one, reason=facts["reason"], words_too=facts["words_too"])

    done = act(request, form, do, _("已销毁。"), address("opinion", pk))
    return done or render(request, "workspace/confirm.html", shred_context(form, address("opinion", pk)))


def _opinion(request: HttpRequest, pk: int) -> Opinion:
    related = (
        "consultation__organ",
        "consultation__unit",
        "consultation__announcement",
        "terms",
        "entered_by",
    )
    rows = Opinion.objects.select_related(*related).defer("consultation__organ__emblem")
    one = rows.filter(pk=pk).first()
    if one is None or not may_read_opinions(staff_of(request), one.consultation):
        raise Http404
    return one
