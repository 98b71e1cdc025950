"""Consultations and surveys: drafting, changing what is asked, closing by itself, writing the result."""

from __future__ import annotations

import datetime as dt
import html
import logging
from collections.abc import Sequence

from django.db import transaction

from gongkai.documents.publishing import clean_html
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.drafting import draft_of, draft_record, revise_draft
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.models import LinkKind, Record, State
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.participation import questionnaire
from gongkai.web.participation.actions.entering import enter, one_line, tidy, too_long
from gongkai.web.participation.models import Consultation, Form, Opinion, Terms
from gongkai.web.participation.permissions import may_run_consultation
from gongkai.web.participation.queries.terms import terms_in_force
from gongkai.web.participation.result_text import result_html
from gongkai.web.participation.settled import adoptions, described_as, find, of_consultations

logger = logging.getLogger(__name__)

ANNOUNCEMENT_KIND, RESULT_KIND = "consultation", "consultation_result"
_NAME = {Form.OPINIONS: "意见", Form.SURVEY: "问卷"}


@transaction.atomic
def draft_consultation(
    *,
    by: Staff,
    organ: Organ,
    form: str,
    title: str,
    opens_on: dt.date | None,
    closes_on: dt.date | None,
    words: str = "",
    questions: str = "",
    unit: Unit | None = None,
    theme: str = "",
) -> Consultation:
    """A consultation with the draft of its announcement, which goes the way of every record.

    `words`: what it is about, as paragraphs; `questions`: of a survey, as `questionnaire.read` has them;
    `theme`: of the catalogue (META.4), "" for what the data propose.
    """
    if form not in Form.values:
        raise WorkError("form_missing", "请选择意见征集或者网上调查。", "Choose the form.", field="kind")
    asked, faults = _asked(form, questions)
    faults += _days(opens_on, closes_on)
    if not one_line(title):
        faults.append(WorkError("title_missing", "请填写标题。", "A title is needed.", field="title"))
    if faults or opens_on is None or closes_on is None:
        raise Invalid(faults)
    block = block_html(Form(form), opens_on, closes_on, asked)
    facts = {
        "title": title,
        "summary": one_line(title)[:300],
        **described_as(ANNOUNCEMENT_KIND),
        **({"theme": theme} if theme else {}),
        "made_on": clock.today(),
        "body": clean_html(_paragraphs(words)) + block,
    }
    record = draft_record(by=by, organ=organ, unit=unit, kind_code=ANNOUNCEMENT_KIND, facts=facts)
    made = Consultation(
        organ=organ, unit=unit, form=form, announcement=record, created_by=by, created_at=clock.now()
    )
    made.save()
    assert record.working is not None
    terms = Terms(consultation=made, version=record.working, opens_on=opens_on, closes_on=closes_on)
    terms.questions, terms.block = [one.as_dict() for one in asked], block
    terms.save()
    enter(
        "consultation_drafted",
        by=by,
        subject=made,
        touched=[made, terms],
        after={"form": form, "opens_on": opens_on, "closes_on": closes_on, "questions": len(asked)},
    )
    return made


@transaction.atomic
def change_terms(
    *,
    by: Staff,
    consultation: Consultation,
    opens_on: dt.date | None,
    closes_on: dt.date | None,
    questions: str = "",
    seen: int | None = None,
) -> Terms:
    """Change what is asked, or until when, in the announcement's draft, and write it into its words.

    Where it is public already, a further version of the announcement comes first, which is reviewed again.
    """
    consultation = locked(consultation, "organ", "unit", "announcement")
    require(may_run_consultation, by, consultation)
    if consultation.closed_at is not None:
        zh = "征集已经截止，不能再改期限或者问题。需要继续征集的，请另行发起。"
        raise WorkError("closed", zh, "It is closed. Begin another one.")
    record = locked(consultation.announcement, "organ", "unit", "working")
    unchanged(seen, record.revision, "这份公告")
    version = draft_of(record)
    asked, faults = _asked(consultation.form, questions)
    old = terms_in_force(consultation, version.number)
    faults += _days(opens_on, closes_on, begun=old is not None and record.state == State.PUBLISHED)
    changed = old is not None and [one.as_dict() for one in asked] != old.questions
    if changed and Opinion.objects.filter(consultation=consultation).exists():
        zh = "已经收到问卷，问题不能再改，只能改期限。"
        faults.append(WorkError("answered_already", zh, "Answers have come.", field="questions"))
    if faults or opens_on is None or closes_on is None:
        raise Invalid(faults)
    block = block_html(Form(consultation.form), opens_on, closes_on, asked)
    body = version.body
    told = old.block if old is not None else ""
    body = body.replace(told, block, 1) if told and told in body else body + block
    revise_draft(by=by, record=record, facts={"body": body})
    terms = Terms.objects.filter(version=version).first() or Terms(consultation=consultation, version=version)
    before = {"opens_on": terms.opens_on, "closes_on": terms.closes_on} if terms.pk else {}
    terms.opens_on, terms.closes_on = opens_on, closes_on
    terms.questions, terms.block = [one.as_dict() for one in asked], block
    terms.save()
    after = {"opens_on": opens_on, "closes_on": closes_on, "questions": len(asked)}
    enter("terms_changed", by=by, subject=consultation, touched=[terms], before=before, after=after)
    return terms


@transaction.atomic
def handle_opinion(
    *, by: Staff, opinion: Opinion, adoption: str, gist: str = "", reason: str = ""
) -> Opinion:
    """What becomes of an opinion. The gist, in the organ's own words, and the reason go into the result."""
    opinion = locked(opinion, "consultation__organ", "consultation__unit")
    require(may_run_consultation, by, opinion.consultation)
    _not_told_yet(opinion.consultation)
    known = find(adoptions(), adoption)
    gist, reason = one_line(gist), tidy(reason)
    faults = [*too_long("gist", "意见要点", gist, 300), *too_long("reason", "理由", reason, 2000)]
    if known is None:
        faults.append(
            WorkError("adoption_missing", "请选择采纳情况。", "Choose what becomes of it.", field="adoption")
        )
    elif adoption not in ("noted", "void") and not gist:
        zh = "请用自己的话概括意见要点，结果公布的是要点，不是原文。"
        faults.append(WorkError("gist_missing", zh, "Say its gist in your own words.", field="gist"))
    if known is not None and known.more.get("reason") and not reason:
        zh = "未采纳的，须写明理由。"
        faults.append(WorkError("reason_missing", zh, "Say why it is not adopted.", field="reason"))
    if faults:
        raise Invalid(faults)
    before = {"adoption": opinion.adoption}
    opinion.adoption, opinion.gist, opinion.reason = adoption, gist, reason
    opinion.handled_by, opinion.handled_at = by, clock.now()
    opinion.save()
    enter(
        "opinion_handled",
        by=by,
        subject=opinion,
        touched=[opinion],
        organ_id=opinion.consultation.organ_id,
        before=before,
        after={"adoption": adoption},
    )
    return opinion


@transaction.atomic
def draft_result(*, by: Staff, consultation: Consultation, summary: str = "") -> Record:
    """The draft of the result: what came in, what was adopted and what not, with reasons; a survey's figures.

    Only after the last day. Joined with the announcement both ways. Written anew while it is a draft.
    """
    consultation = locked(consultation, "organ", "unit", "announcement", "result")
    require(may_run_consultation, by, consultation)
    if consultation.closed_at is None:
        zh = "征集还没有截止，截止以后才能公布结果。"
        raise WorkError("not_closed", zh, "Not before the last day is over.")
    opinions = list(Opinion.objects.filter(consultation=consultation).order_by("id"))
    open_ones = [one for one in opinions if one.words and not one.adoption]
    if open_ones:
        zh = f"还有 {len(open_ones)} 份意见没有写明采纳情况，请先逐份处理。"
        raise WorkError("opinions_open", zh, f"{len(open_ones)} opinions have not been dealt with.")
    terms = terms_in_force(consultation)
    asked = questionnaire.kept(terms.questions) if terms else []
    figures = questionnaire.figures(asked, [one.answers for one in opinions]) if asked else []
    block = clean_html(result_html(consultation, opinions, figures))
    body = clean_html(_paragraphs(summary)) + block
    old_record = consultation.result
    if old_record is None or old_record.state == State.ABANDONED:
        record = consultation.result = _first_result(by, consultation, body)
    else:
        record = old_record
        version = draft_of(locked(record, "organ", "unit", "working"))
        old = consultation.result_block
        kept_words = version.body.replace(old, block, 1) if old and old in version.body else body
        revise_draft(by=by, record=record, facts={"body": kept_words})
    consultation.result_block, consultation.result_figures = block, figures
    consultation.save()
    after = {"result": record.pk, "opinions": len(opinions)}
    enter("result_drafted", by=by, subject=consultation, touched=[consultation], after=after)
    return record


def _first_result(by: Staff, consultation: Consultation, body: str) -> Record:
    """A record for the result, joined with the announcement."""
    title = f"{consultation.announcement.title}——结果反馈"[:300]
    told = consultation.announcement
    proposed = described_as(RESULT_KIND)
    described = {name: getattr(told, name) or value for name, value in proposed.items()}
    facts = {"title": title, "summary": title, **described, "made_on": clock.today()}
    record = draft_record(
        by=by,
        organ=consultation.organ,
        unit=consultation.unit,
        kind_code=RESULT_KIND,
        facts={**facts, "body": body},
    )
    link(by=by, record=record, target=consultation.announcement, kind=LinkKind.RELATED)
    return record


def close_due(today: dt.date | None = None) -> int:
    """Note of each consultation past its last day that it is closed, with the count. Gives how many.

    What comes later is refused by the day itself; this writes down what had come by then.
    """
    day = today or clock.today()
    done = 0
    open_ones = Consultation.objects.filter(closed_at__isnull=True, announcement__state=State.PUBLISHED)
    for pk in list(open_ones.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            consultation = locked(Consultation(pk=pk), "organ", "announcement")
            terms = terms_in_force(consultation)
            if consultation.closed_at is not None or terms is None or terms.closes_on >= day:
                continue
            consultation.closed_at, consultation.last_day = clock.now(), terms.closes_on
            consultation.closed_count = Opinion.objects.filter(consultation=consultation).count()
            consultation.save()
            after = {"closes_on": terms.closes_on, "count": consultation.closed_count}
            enter("consultation_closed", by=None, subject=consultation, touched=[consultation], after=after)
            done += 1
    return done


def block_html(
    form: Form, opens_on: dt.date, closes_on: dt.date, questions: Sequence[questionnaire.Question]
) -> str:
    """What the announcement says of when and what is asked, in the form in which bodies are kept."""
    name = _NAME[form]
    what = "调查" if form == Form.SURVEY else "征集"
    said = f"<h2>{what}时间和方式</h2><p>自{_day(opens_on)}起至{_day(closes_on)}止。"
    said += f"请在本公告的网页上填写并提交{name}。可以不留姓名和联系方式；留下的只用于核实，不公开。</p>"
    if questions:
        said += f"<h2>调查问卷</h2>{questionnaire.questions_html(questions)}"
    return clean_html(said)


def is_told(terms: Terms, body: str) -> bool:
    """Whether an announcement says what is asked and until when: what was not reviewed is not asked."""
    return bool(terms.block) and terms.block in body


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _paragraphs(words: str) -> str:
    return "".join(f"<p>{html.escape(line.strip())}</p>" for line in tidy(words).split("\n") if line.strip())


def _asked(form: str, written: str) -> tuple[list[questionnaire.Question], list[WorkError]]:
    if form != Form.SURVEY:
        return [], []
    asked, wrong = questionnaire.read(
        tidy(written), most=of_consultations("questions"), most_options=of_consultations("options")
    )
    faults = [WorkError("questions_wrong", one.zh, one.en, field="questions") for one in wrong]
    if not asked and not faults:
        zh = "网上调查至少要有一道题。"
        faults.append(WorkError("questions_missing", zh, "A survey needs a question.", field="questions"))
    return asked, faults


def _days(opens_on: dt.date | None, closes_on: dt.date | None, *, begun: bool = False) -> list[WorkError]:
    """`begun`: it is public already: its first day may lie back, its last day may not."""
    faults = []
    if opens_on is None:
        faults.append(WorkError("opens_missing", "请填写开始日期。", "Give the first day.", field="opens_on"))
    if closes_on is None:
        faults.append(
            WorkError("closes_missing", "请填写截止日期。", "Give the last day.", field="closes_on")
        )
    if opens_on is None or closes_on is None:
        return faults
    today = clock.today()
    if opens_on < today and not begun:
        zh = f"开始日期 {opens_on} 已经过了。"
        faults.append(WorkError("opens_in_the_past", zh, "It lies in the past.", field="opens_on"))
    if closes_on < opens_on:
        zh = f"截止日期 {closes_on} 早于开始日期 {opens_on}。"
        faults.append(WorkError("closes_before_opens", zh, "It ends before it begins.", field="closes_on"))
    elif closes_on < today:
        zh = f"截止日期 {closes_on} 已经过了。"
        faults.append(WorkError("closes_in_the_past", zh, "It lies in the past.", field="closes_on"))
    elif (closes_on - opens_on).days + 1 > of_consultations("longest_days"):
        zh = f"征集时间最长 {of_consultations('longest_days')} 天，请核对日期。"
        faults.append(WorkError("too_long", zh, "It lasts too long.", field="closes_on"))
    return faults


def _not_told_yet(consultation: Consultation) -> None:
    """What has been told in a public result is not changed behind it."""
    result = consultation.result
    if result is not None and result.state == State.PUBLISHED:
        zh = "结果已经公布，采纳情况不能再改。需要更正的，请更正结果公告。"
        raise WorkError("result_published", zh, "The result is public. Correct the result itself.")
