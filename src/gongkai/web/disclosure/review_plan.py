"""The steps a version passes before it is public: what an organ has set, or the usual three (REG.17)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gongkai.web.disclosure.models import ReviewPlan, Step
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ

MOST_STEPS = 8
MOST_DAYS = 60


class PlannedStep(NamedTuple):
    """A step and the working days it may take."""

    step: Step
    days: int


# Head of the unit, secrecy officer, leader in charge: as organs do it; the days are our own choice (D).
DEFAULT_PLAN = (
    PlannedStep(Step.UNIT_HEAD, 2),
    PlannedStep(Step.SECRECY, 2),
    PlannedStep(Step.LEADER, 2),
)


def plan_of(organ: Organ) -> tuple[tuple[PlannedStep, ...], bool]:
    """The organ's steps in order, and whether passing the last one publishes. One query."""
    plan = ReviewPlan.objects.filter(organ=organ).first()
    if plan is None:
        return DEFAULT_PLAN, True
    return checked_plan(plan.steps), bool(plan.publish_on_passing)


def checked_plan(steps: Sequence[Any]) -> tuple[PlannedStep, ...]:
    """Steps as they are kept, made sure of. No plan is without a secrecy review (REG.17; 保密法 art. 35)."""
    if not isinstance(steps, list | tuple) or not 1 <= len(steps) <= MOST_STEPS:
        raise WorkError("plan_length", f"审查环节应为 1 至 {MOST_STEPS} 个。", field="steps")
    planned = tuple(_step(one) for one in steps)
    kinds = [one.step for one in planned]
    if Step.SECRECY not in kinds:
        zh = "审查流程必须有“保密审查”环节（《条例》第十七条、《保守国家秘密法》第三十五条），不能取消。"
        raise WorkError("plan_without_secrecy", zh, "No plan without a secrecy review.", field="steps")
    if len(set(kinds)) != len(kinds):
        raise WorkError("plan_repeats", "同一环节在流程中只能出现一次。", "Each step once.", field="steps")
    return planned


def as_kept(planned: Sequence[PlannedStep]) -> list[dict[str, Any]]:
    return [{"step": one.step.value, "days": one.days} for one in planned]


def _step(row: Any) -> PlannedStep:
    try:
        step, days = Step(row["step"]), row["days"]
    except (KeyError, TypeError, ValueError) as wrong:
        raise WorkError("plan_unreadable", "审查环节无法识别，请重新选择。", field="steps") from wrong
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise WorkError("plan_days", f"每个环节的办理期限应为 1 至 {MOST_DAYS} 个工作日。", field="steps")
    return PlannedStep(step, days)
