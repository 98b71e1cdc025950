"""An opinion comes: a citizen sends it or fills in a survey, or staff take it down from a letter or a
meeting. Destroying the personal data in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.web.config import clock
from gongkai.web.config.sealing import seal, unseal
from gongkai.web.disclosure.models import State
from gongkai.web.organs.acting import locked, require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.participation import questionnaire
from gongkai.web.participation.actions.consulting import is_told
from gongkai.web.participation.actions.entering import enter, one_line, reason_given, tidy, too_long
from gongkai.web.participation.models import ONLINE, Consultation, Opinion, Terms
from gongkai.web.participation.permissions import may_destroy, may_run_consultation, may_see_contact
from gongkai.web.participation.queries.terms import terms_in_force
from gongkai.web.participation.settled import contact_days, find, length, opinion_channels

_FAULTS = {
    "needed": ("请回答这一题。", "This one needs an answer."),
    "option": ("选项无效，请重新选择。", "Choose again."),
    "number": ("请填写数字，例如 3 或者 2.5。", "A number, as 3 or 2.5."),
    "long": (f"最多 {questionnaire.MOST_TEXT} 字。", f"At most {questionnaire.MOST_TEXT} characters."),
}


@transaction.atomic
def send_opinion(
    *,
    consultation: Consultation,
    words: str = "",
    answers: Mapping[str, Any] | None = None,
    name: str = "",
    contact: str = "",
) -> Opinion:
    """Take an opinion, or the answers of a survey (`q0`, `q1`, …). Nothing of it is public by itself."""
    consultation = locked(consultation, "organ", "announcement__published")
    terms = open_terms(consultation)
    asked = questionnaire.kept(terms.questions)
    clean, wrong = questionnaire.answered(asked, answers or {})
    faults = [WorkError(f"answer_{code}", *_FAULTS[code], field=field) for field, code in wrong.items()]
    words, name, contact = tidy(words), one_line(name), one_line(contact)
    faults += too_long("words", "意见", words, length("opinion"))
    faults += too_long("name", "姓名", name, length("name"))
    faults += too_long("contact", "联系方式", contact, length("contact"))
    if not consultation.is_survey and not words:
        faults.append(WorkError("words_missing", "请写下您的意见。", "Write your opinion.", field="words"))
    if consultation.is_survey and not clean and not faults:
        zh = "问卷是空的，请至少回答一题。"
        faults.append(WorkError("answers_missing", zh, "Answer at least one question."))
    if faults:
        raise Invalid(faults)
    opinion = Opinion(
        consultation=consultation,
        terms=terms,
        received_at=clock.now(),
        received_on=clock.today(),
        words=words,
        answers=clean,
    )
    _seal(opinion, name, contact)
    opinion.save()
    organ_id = consultation.organ_id
    enter("opinion_received", by=None, subject=opinion, touched=[opinion], organ_id=organ_id)
    return opinion


@transaction.atomic
def enter_opinion(
    *,
    by: Staff,
    consultation: Consultation,
    channel: str,
    received_on: dt.date | None,
    words: str = "",
    name: str = "",
    contact: str = "",
) -> Opinion:
    """Take down an opinion that came by letter, by e-mail or at a meeting within the term. It is dealt with
    and counted as those sent online. After the last day too, as long as no result is in review or public."""
    consultation = locked(consultation, "organ", "unit", "announcement__published", "result__working")
    require(may_run_consultation, by, consultation)
    terms = _terms_to_enter(consultation)
    words, name, contact = tidy(words), one_line(name), one_line(contact)
    faults = [
        *too_long("words", "意见", words, length("opinion")),
        *too_long("name", "姓名", name, length("name")),
        *too_long("contact", "联系方式", contact, length("contact")),
        *_not_in_the_term(terms, received_on),
    ]
    if channel == ONLINE or find(opinion_channels(), channel) is None:
        zh = "请选择提交方式。"
        faults.append(WorkError("channel_missing", zh, "Choose how it came.", field="channel"))
    if not words:
        faults.append(WorkError("words_missing", "请填写意见内容。", "Write the opinion.", field="words"))
    if faults or received_on is None:
        raise Invalid(faults)
    opinion = Opinion(
        consultation=consultation,
        terms=terms,
        received_at=clock.now(),
        received_on=received_on,
        channel=channel,
        entered_by=by,
        words=words,
    )
    _seal(opinion, name, contact)
    opinion.save()
    touched: list[Any] = [opinion]
    if consultation.closed_at is not None:
        consultation.closed_count = Opinion.objects.filter(consultation=consultation).count()
        consultation.save(update_fields=["closed_count"])
        touched.append(consultation)
    enter(
        "opinion_entered",
        by=by,
        subject=opinion,
        touched=touched,
        organ_id=consultation.organ_id,
        after={"channel": channel, "received_on": received_on},
    )
    return opinion


def why_nothing_is_entered(consultation: Consultation) -> WorkError | None:
    """Why an opinion cannot be taken down now; None where it can. No query, where announcement and result are
    there."""
    if consultation.is_survey:
        zh = "网上调查只接收网上提交的问卷，不能登记意见。"
        return WorkError("survey", zh, "A survey takes answers sent online alone.")
    record, result = consultation.announcement, consultation.result
    if record.state != State.PUBLISHED or record.published is None:
        return WorkError("not_public", "这项征集现在没有公开。", "It is not public.")
    if result is None or result.state == State.ABANDONED:
        return None
    if result.state != State.DRAFT:
        return WorkError("result_published", "结果已经公布，不能再登记意见。", "The result is public.")
    if result.working is None or not result.working.can_be_edited:
        zh = "结果正在审查，请先收回再登记意见。"
        return WorkError("result_in_review", zh, "The result is in review: take it back first.")
    return None


def _terms_to_enter(consultation: Consultation) -> Terms:
    refused = why_nothing_is_entered(consultation)
    terms = terms_in_force(consultation)
    if refused is not None or terms is None:
        raise refused or WorkError("not_public", "这项征集现在没有公开。", "It is not public.")
    return terms


def _not_in_the_term(terms: Terms, received_on: dt.date | None) -> list[WorkError]:
    if received_on is None:
        zh = "请填写收到日期。"
        return [WorkError("received_missing", zh, "Give the day it came.", field="received_on")]
    if received_on > clock.today():
        zh = "收到日期不能晚于今天。"
        return [WorkError("received_ahead", zh, "That day is to come.", field="received_on")]
    if not terms.opens_on <= received_on <= terms.closes_on:
        zh = f"收到日期不在征集期内（{terms.opens_on} 至 {terms.closes_on}）。"
        en = f"Not within the term ({terms.opens_on} to {terms.closes_on})."
        return [WorkError("received_outside", zh, en, field="received_on")]
    return []


def open_terms(consultation: Consultation) -> Terms:
    """The terms, where it is open now. WorkError says why it is not: `not_public`, `not_open_yet`, `over`."""
    record = consultation.announcement
    terms = terms_in_force(consultation)
    version = record.published
    if record.state != State.PUBLISHED or version is None or terms is None:
        raise WorkError("not_public", "这项征集现在没有公开。", "It is not public.")
    if not is_told(terms, version.body):
        zh = "公告中的征集安排与系统登记的不一致，暂时不能提交。请联系发布机关。"
        raise WorkError("not_told", zh, "The announcement does not say what is asked. Ask the organ.")
    today = clock.today()
    if today < terms.opens_on:
        raise WorkError("not_open_yet", f"{terms.opens_on} 起才能提交。", f"Open from {terms.opens_on}.")
    if today > terms.closes_on or consultation.closed_at is not None:
        zh = f"已于 {terms.closes_on} 截止，不再接收。"
        raise WorkError("over", zh, f"It closed on {terms.closes_on}.")
    return terms


def name_of(opinion: Opinion) -> str:
    """What a name is sealed for: it opens in the row of its own opinion alone."""
    return f"opinion.name:{opinion.nonce}"


def contact_of(opinion: Opinion) -> str:
    """What a contact is sealed for."""
    return f"opinion.contact:{opinion.nonce}"


def _seal(opinion: Opinion, name: str, contact: str) -> None:
    opinion.name, opinion.contact = seal(name, name_of(opinion)), seal(contact, contact_of(opinion))


@transaction.atomic
def look_at_sender(*, by: Staff, opinion: Opinion) -> tuple[str, str]:
    """Name and contact in the clear. That they were looked at is in the log."""
    opinion = locked(opinion, "consultation__organ", "consultation__unit")
    require(may_see_contact, by, opinion.consultation)
    if not opinion.name and not opinion.contact:
        raise WorkError("no_contact", "没有留姓名和联系方式，或者已经销毁。", "There is none.")
    told = unseal(opinion.name, name_of(opinion)), unseal(opinion.contact, contact_of(opinion))
    organ_id = opinion.consultation.organ_id
    enter("sender_seen", by=by, subject=opinion, touched=[], organ_id=organ_id)
    return told


@transaction.atomic
def destroy_sender(*, by: Staff, opinion: Opinion, reason: str, words_too: bool) -> Opinion:
    """Destroy name and contact, and the words and answers where they hold personal data. What became of the
    opinion, its gist and the count stay."""
    opinion = locked(opinion, "consultation__organ", "consultation__unit")
    require(may_destroy, by, opinion.consultation)
    why = reason_given(reason, "销毁个人信息")
    opinion.name = opinion.contact = ""
    opinion.destroyed_at = clock.now()
    if words_too:
        opinion.words, opinion.answers = "", {}
    opinion.save()
    organ_id = opinion.consultation.organ_id
    after = {"words": words_too}
    enter(
        "opinion_shredded",
        by=by,
        subject=opinion,
        touched=[opinion],
        organ_id=organ_id,
        after=after,
        why=why,
    )
    return opinion


def forget_senders(now: dt.datetime | None = None) -> int:
    """Names and contacts of consultations whose result has been public long enough are destroyed."""
    now = now or clock.now()
    before = now - dt.timedelta(days=contact_days())
    rows = Opinion.objects.filter(
        consultation__result__state=State.PUBLISHED, consultation__result__first_published_at__lt=before
    ).exclude(name="", contact="")
    done = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            opinion = locked(Opinion(pk=pk), "consultation")
            if not opinion.name and not opinion.contact:
                continue
            opinion.name = opinion.contact = ""
            opinion.destroyed_at = now
            opinion.save()
            organ_id = opinion.consultation.organ_id
            enter("opinion_shredded", by=None, subject=opinion, touched=[opinion], organ_id=organ_id)
            done += 1
    return done
