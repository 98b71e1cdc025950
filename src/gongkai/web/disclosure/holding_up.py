"""What keeps a version that has passed from becoming public, in words: for its page, its steps and today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.disclosure.models import Gate, GateKind, Version
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.models.versions import Stage

GATE_WORDS = {
    GateKind.CONSULT_ORGAN: gettext_lazy("征求其他机关意见"),
    GateKind.APPROVAL: gettext_lazy("报批准"),
    GateKind.SECRECY_REFERRAL: gettext_lazy("报保密行政管理部门确定"),
}
SETTLED_GATES = frozenset({GateResult.AGREED, GateResult.NOT_NEEDED})
# The timer runs every few minutes: only later than this is it told that a time has passed in vain (D).
_GRACE = dt.timedelta(minutes=15)


def holding_gate(gates: Sequence[Gate]) -> Gate | None:
    """The consultation or approval that holds it up; one that is refused before one without an answer."""
    held = [one for one in gates if one.result not in SETTLED_GATES]
    return next((one for one in held if one.result == GateResult.REFUSED), held[0] if held else None)


def gate_words(gate: Gate) -> str:
    """What a gate that is not settled says (REG.11)."""
    state = _("不同意公开") if gate.result == GateResult.REFUSED else _("还没有结果")
    facts = {"kind": GATE_WORDS[GateKind(gate.kind)], "organ": gate.organ_name, "state": state}
    return _("“%(kind)s”（%(organ)s）：%(state)s（《条例》第十一条）。") % facts


def why_held(gates: Sequence[Gate]) -> str:
    """Why it cannot be made public and what to do then; "" where no gate stands in the way."""
    gate = holding_gate(gates)
    if gate is None:
        return ""
    if gate.result == GateResult.REFUSED:
        way_out = _("可在“不予公开事项”中登记后，收回并作废这个版本；或者收回修改。")
    else:
        way_out = _("请催办并登记答复；不再需要的，登记为“不再需要”。")
    return f"{gate_words(gate)} {way_out}"


def is_overdue(version: Version | None, now: dt.datetime | None = None) -> bool:
    """Whether the time set for a version has come, and it is still not public."""
    return (
        version is not None
        and version.stage == Stage.SCHEDULED
        and version.publish_at is not None
        and version.publish_at <= (now or timezone.now())
    )


def why_overdue(version: Version | None, gates: Sequence[Gate], now: dt.datetime | None = None) -> str:
    """That the time set has passed without its becoming public, and why; "" where that is not so."""
    moment = now or timezone.now()
    if version is None or version.publish_at is None or not is_overdue(version, moment):
        return ""
    reason = why_held(gates)
    if not reason:
        if moment - version.publish_at < _GRACE:
            return ""
        reason = _("请公开工作机构点“公开”，不能公开的会说明原因；或者重新设定时间。")
    at = timezone.localtime(version.publish_at).strftime("%Y-%m-%d %H:%M")
    return _("定时公开的时间 %(at)s 已过，没有公开。%(why)s") % {"at": at, "why": reason}
