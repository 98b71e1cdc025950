"""What a person can do with a record now, and why not the rest: by the predicates and states of the actions
themselves. A test takes every step offered and every step refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongkai.web.config import clock
from gongkai.web.disclosure.content import lacking
from gongkai.web.disclosure.holding_up import GATE_WORDS as GATE_WORDS
from gongkai.web.disclosure.holding_up import holding_gate, why_held
from gongkai.web.disclosure.models import Gate, Record, Review, State, Step, Version
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.permissions import (
    LET_IN,
    has_written_in_it,
    may_decide,
    may_edit,
    may_link,
    may_open_gate,
    may_publish,
    may_repeal,
    may_schedule,
    may_submit,
    may_withdraw,
    was_let_in_by_a_writer,
)
from gongkai.web.disclosure.queries.reviews import steps_without_reviewer
from gongkai.web.look.states import STATES
from gongkai.web.organs.models import Staff


@dataclass(frozen=True, slots=True)
class Offer:
    """A step. `reason`: why it cannot be taken now, "" if it can. `is_for_them`: it is this person's."""

    code: str
    words: str | Promise
    reason: str = ""
    is_for_them: bool = True

    @property
    def can_be_taken(self) -> bool:
        return not self.reason


@dataclass(frozen=True, slots=True)
class Standing:
    """How a record stands: what its steps depend on, read once for page and buttons."""

    record: Record
    review: Review | None = None  # the step that waits
    gates: Sequence[Gate] = ()

    @property
    def version(self) -> Version | None:
        return self.record.working

    @property
    def stage(self) -> str:
        return str(self.version.stage) if self.version else ""


def standing_of(record: Record) -> Standing:
    """The record with its open step and its gates. 2 queries."""
    review = None
    if record.working and record.working.stage == Stage.IN_REVIEW:
        review = (
            Review.objects.filter(version=record.working, result="").select_related("assigned_to").first()
        )
    return Standing(record, joined(review, record), list(record.gates.all()))


def joined(review: Review | None, record: Record) -> Review | None:
    """The step with the record's own rows, so that asking who may take it reads nothing again."""
    if review is not None and record.working is not None:
        record.working.record = record
        review.version = record.working
    return review


def steps(standing: Standing, staff: Staff) -> list[Offer]:
    """Every step there is in this kind of state: those that can be taken, then those that cannot, and why.

    At most 4 queries, for a draft: whether it is complete and somebody can take each step of its review.
    """
    offers = [_offer(rule, standing, staff) for rule in _RULES if rule.concerns(standing)]
    return sorted(offers, key=lambda one: not one.can_be_taken)


def find(code: str, standing: Standing, staff: Staff) -> Offer | None:
    """One step, None where the record's state knows no such thing."""
    rule = next((one for one in _RULES if one.code == code and one.concerns(standing)), None)
    return _offer(rule, standing, staff) if rule else None


@dataclass(frozen=True, slots=True)
class _Rule:
    """`may`: the action's predicate, `whose`: who that is, in words; `concerns`: whether it is worth telling;
    `hindrance`: why the state does not allow it.
    """

    code: str
    words: str | Promise
    may: Callable[[Staff, Any], bool]
    whose: str | Promise
    concerns: Callable[[Standing], bool]
    hindrance: Callable[[Standing], str] = lambda _standing: ""


def _offer(rule: _Rule, standing: Standing, staff: Staff) -> Offer:
    if rule.code == "review":
        return _review_offer(rule, standing, staff)
    if not rule.may(staff, standing.record):
        words = _("由%(who)s办理。") % {"who": rule.whose}
        return Offer(rule.code, rule.words, words, is_for_them=False)
    return Offer(rule.code, rule.words, rule.hindrance(standing))


def _review_offer(rule: _Rule, standing: Standing, staff: Staff) -> Offer:
    review = standing.review
    if review is None:
        return Offer(rule.code, rule.words, _("没有等待审查的环节。"), is_for_them=False)
    words = f"{rule.words}{_('：')}{step_words(review.step)}"
    if may_decide(staff, review):
        return Offer(rule.code, words)
    if has_written_in_it(staff, review):
        return Offer(rule.code, words, _("您参与了起草，须由其他人员审查。"), is_for_them=False)
    if was_let_in_by_a_writer(staff, review):
        return Offer(rule.code, words, _(LET_IN), is_for_them=False)
    if review.assigned_to_id:
        return Offer(
            rule.code, words, _("已转交%(who)s办理。") % {"who": review.assigned_to}, is_for_them=False
        )
    return Offer(rule.code, words, _("由%(who)s办理。") % {"who": role_words(review.step)}, is_for_them=False)


STEP_WORDS = {
    Step.UNIT_HEAD: gettext_lazy("科室负责人审核"),
    Step.SECRECY: gettext_lazy("保密审查"),
    Step.DISCLOSURE_OFFICE: gettext_lazy("公开工作机构审核"),
    Step.LEADER: gettext_lazy("分管领导审批"),
}
ROLE_WORDS = {
    Step.UNIT_HEAD: gettext_lazy("科室负责人"),
    Step.SECRECY: gettext_lazy("保密审查员"),
    Step.DISCLOSURE_OFFICE: gettext_lazy("公开工作机构"),
    Step.LEADER: gettext_lazy("分管领导"),
}


GATE_RESULTS = {
    GateResult.AGREED: gettext_lazy("同意公开"),
    GateResult.REFUSED: gettext_lazy("不同意公开"),
    GateResult.NOT_NEEDED: gettext_lazy("不再需要"),
}


def step_words(step: str) -> str:
    return str(STEP_WORDS.get(Step(step), step))


def role_words(step: str) -> str:
    return str(ROLE_WORDS.get(Step(step), step))


def stage_words(stage: str) -> str:
    """Where a version stands, in words."""
    if stage == Stage.ABANDONED:
        return _("已作废")
    return str(STATES[stage].words) if stage in STATES else stage


def _has_draft(standing: Standing) -> bool:
    return standing.stage in (Stage.DRAFT, Stage.RETURNED)


def _why_not_submitted(standing: Standing) -> str:
    version = standing.version
    if version is None:
        return _("没有在办的草稿。")
    version.record = standing.record
    lacks = lacking(version)
    if lacks:
        lang = "en" if (get_language() or "").startswith("en") else "zh"
        return _("还缺少内容：") + " ".join(one.message(lang) for one in lacks)
    return _nobody_for(version)


def _nobody_for(version: Version) -> str:
    """The action refuses what nobody could review."""
    missing = steps_without_reviewer(version)
    if not missing:
        return ""
    return _("没有可以办理“%(step)s”的其他人员，请管理员先任命。") % {"step": step_words(missing[0])}


def _why_not_published(standing: Standing) -> str:
    if standing.stage not in (Stage.APPROVED, Stage.SCHEDULED):
        return _("全部审查环节通过后才能公开。")
    return why_held(standing.gates)


def _why_not_scheduled(standing: Standing) -> str:
    """No time is set for what has been refused; one set before can still be lifted."""
    gate = holding_gate(standing.gates)
    if gate is None or gate.result != GateResult.REFUSED:
        return ""
    is_set = standing.version is not None and standing.version.publish_at is not None
    return "" if is_set else why_held(standing.gates)


def _why_no_version(standing: Standing) -> str:
    return _("已有一个在办的版本，请在那个版本上修改。") if standing.version else ""


def _why_not_repealed(standing: Standing) -> str:
    day = standing.record.repealed_on
    if day is None:
        return ""
    return (_("将于 %(day)s 废止。") if day > clock.today() else _("已于 %(day)s 废止。")) % {"day": day}


def _is(*states: State) -> Callable[[Standing], bool]:
    return lambda standing: standing.record.state in states


def _at(*stages: Stage) -> Callable[[Standing], bool]:
    return lambda standing: standing.stage in stages


def _why_not_now(*stages: Stage) -> Callable[[Standing], str]:
    def why(standing: Standing) -> str:
        if standing.stage in stages or standing.version is None:
            return ""
        return _("这个版本现在是“%(stage)s”。") % {"stage": stage_words(standing.version.stage)}

    return why


_DRAFTERS = gettext_lazy("经办人、科室负责人或公开工作机构")
_OFFICE = gettext_lazy("公开工作机构")
_MOVING = (Stage.DRAFT, Stage.RETURNED, Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED)
_EDITABLE = _why_not_now(Stage.DRAFT, Stage.RETURNED)
_ON_ITS_WAY = (Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED)

# In the order in which they are shown.
_RULES: Sequence[_Rule] = (
    _Rule("review", gettext_lazy("办理审查"), may_decide, "", _at(Stage.IN_REVIEW)),
    _Rule("edit", gettext_lazy("修改"), may_edit, _DRAFTERS, _at(*_MOVING), _EDITABLE),
    _Rule("submit", gettext_lazy("提交审查"), may_submit, _DRAFTERS, _has_draft, _why_not_submitted),
    _Rule("publish", gettext_lazy("公开"), may_publish, _OFFICE, _at(*_MOVING), _why_not_published),
    _Rule("schedule", gettext_lazy("定时公开"), may_schedule, _DRAFTERS, _at(*_MOVING), _why_not_scheduled),
    _Rule("take_back", gettext_lazy("收回"), may_edit, _DRAFTERS, _at(*_ON_ITS_WAY)),
    _Rule(
        "amend",
        gettext_lazy("修改内容"),
        may_edit,
        _DRAFTERS,
        _is(State.PUBLISHED, State.WITHDRAWN),
        _why_no_version,
    ),
    _Rule(
        "correct",
        gettext_lazy("更正差错"),
        may_edit,
        _DRAFTERS,
        _is(State.PUBLISHED, State.WITHDRAWN),
        _why_no_version,
    ),
    _Rule(
        "withdraw",
        gettext_lazy("撤回"),
        may_withdraw,
        gettext_lazy("公开工作机构、分管领导或保密审查员"),
        _is(State.PUBLISHED),
    ),
    _Rule(
        "repeal",
        gettext_lazy("标注废止"),
        may_repeal,
        gettext_lazy("公开工作机构、分管领导或科室负责人"),
        _is(State.PUBLISHED),
        _why_not_repealed,
    ),
    _Rule(
        "undo_repeal",
        gettext_lazy("更正废止标注"),
        may_repeal,
        gettext_lazy("公开工作机构、分管领导或科室负责人"),
        lambda standing: standing.record.repealed_on is not None,
    ),
    _Rule(
        "open_gate",
        gettext_lazy("会商或报批"),
        may_open_gate,
        gettext_lazy("经办人、公开工作机构或保密审查员"),
        _is(State.DRAFT, State.PUBLISHED, State.WITHDRAWN),
    ),
    _Rule(
        "link",
        gettext_lazy("关联其他信息"),
        may_link,
        _DRAFTERS,
        _is(State.DRAFT, State.PUBLISHED, State.WITHDRAWN),
    ),
    _Rule("abandon", gettext_lazy("作废草稿"), may_edit, _DRAFTERS, _has_draft),
)


def offered(standing: Standing, staff: Staff) -> Iterator[Offer]:
    """What a page shows: what can be taken, what is theirs but not yet, and who has the step that waits."""
    for one in steps(standing, staff):
        if one.can_be_taken or one.is_for_them or one.code in ("review", "publish"):
            yield one
