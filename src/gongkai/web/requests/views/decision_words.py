"""Decisions in words: what is decided and on what, the steps of its approval, what changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.statute.articles import article
from gongkai.statute.findings import Finding as LawFinding
from gongkai.statute.outcomes import exemption, outcome, ranks
from gongkai.web.disclosure.models import Result
from gongkai.web.disclosure.next_steps import step_words
from gongkai.web.disclosure.views.answering import language
from gongkai.web.look.pieces import Fact, Finding, Step
from gongkai.web.look.states import State
from gongkai.web.requests.actions.deciding import WORDS, content_of, content_seen, plan_of
from gongkai.web.requests.forms.deciding import FIELD_OF
from gongkai.web.requests.models import Approval, Decision, DecisionStage
from gongkai.web.requests.views.case_words import outcome_words
from gongkai.wording.differences import differences, field_changes

_SHAPES = {
    DecisionStage.DRAFT: ("hollow", "plain"),
    DecisionStage.IN_APPROVAL: ("half", "busy"),
    DecisionStage.RETURNED: ("square", "warn"),
    DecisionStage.MADE: ("full", "good"),
    DecisionStage.ABANDONED: ("cross", "plain"),
}
_MOST_COMPARED = 60_000


def decision_state(decision: Decision) -> State:
    """Where a decision stands."""
    stage = DecisionStage(decision.stage)
    shape, tone = _SHAPES[stage]
    return State(str(stage.label), shape, tone)  # type: ignore[arg-type]


def _labels() -> dict[str, str]:
    return {
        "outcome": _("办理结果"),
        "basis": _("依据"),
        "exemptions": _("不予公开的情形"),
        "classified": _("依法定密"),
        "separable": _("能够区分处理"),
        "public_interest": _("公共利益重大影响"),
        "reviewed": _("公开前审查"),
        "legal_source": _("所依据的规定"),
        "disclosure_ordered_by": _("要求公开的规定"),
        "right_organ_known": _("能够确定负责公开的机关"),
        "right_organ_named": _("答复书写明该机关"),
        "answered_before": _("此前已经答复"),
        "reasons_asked": _("已要求说明理由"),
        "reasons_held": _("申请人的理由成立"),
        "finding": _("认定"),
        "information": _("提供的信息"),
        "withheld": _("不予公开的部分"),
        "reasons": _("理由"),
        "obtained": _("获取方式"),
        "search_record": _("检索记录"),
        "files": _("随答复提供的文件"),
    }


def told(content: Mapping[str, Any]) -> dict[str, str]:
    """A decision's content in words, by the name of each part; what is empty is left out."""
    facts = content["facts"]
    english = language() == "en"
    found = outcome(content["outcome"])
    basis = found.basis(content["basis"])
    shown = {"outcome": outcome_words(content["outcome"])}
    if basis is not None:
        rule = article(basis.rule) if not basis.rule.startswith("FMT") else None
        cited = (rule.en if english else rule.zh) if rule else ""
        named = (basis.en if english else basis.zh) if basis.code else ""
        shown["basis"] = "；".join(filter(None, (named, cited)))
    shown["exemptions"] = "；".join(_exemption(one) for one in facts.get("exemptions", ()))
    for name, value in facts.items():
        if isinstance(value, bool):
            shown[name] = _("是") if value else _("否")
        elif isinstance(value, dict):
            zh, en = ranks()[value["rank"]]
            shown[name] = f"{value['citation']}（{en if english else zh}）"
    shown |= {name: content.get(name, "") for name in WORDS}
    shown["files"] = "；".join(
        f"{one['name']}（{filesizeformat(one['size'])}）" for one in content.get("files", ())
    )
    return {name: shown[name] for name in _labels() if shown.get(name)}


def _exemption(id: str) -> str:
    found = exemption(id)
    return found.en if language() == "en" else found.zh


def facts_of(decision: Decision) -> list[Fact]:
    """Everything of a decision as a box of facts."""
    labels = _labels()
    wide = {*WORDS, "exemptions", "legal_source", "basis"}
    # The files stand below, where they can be opened.
    shown = {name: words for name, words in told(content_of(decision)).items() if name != "files"}
    return [
        Fact(_("类别"), decision.get_kind_display()),
        *(Fact(labels[name], words, wide=name in wide) for name, words in shown.items()),
        *([Fact(_("送审说明"), decision.remark, wide=True)] if decision.remark else []),
        Fact(_("拟稿人"), str(decision.drafted_by)),
        *([Fact(_("决定日期"), decision.made_on)] if decision.made_on else []),
    ]


def law_pieces(found: Sequence[LawFinding], fields: Sequence[str] = ()) -> list[Finding]:
    """What the law has against something, as cards; each leads to its field where the page has it."""
    english = language() == "en"
    cards = []
    for one in found:
        field = FIELD_OF.get(one.code, "")
        at = f"#id_{field}" if field in fields else ""
        cards.append(Finding(one.severity, one.en if english else one.zh, address=at))
    return cards


def approval_steps(decision: Decision, approvals: Sequence[Approval]) -> list[Step]:
    """The round that runs: what was decided, by whom, and who is next."""
    now = [one for one in approvals if one.round == decision.round and decision.round]
    steps = [_step(one) for one in now]
    if decision.stage == DecisionStage.IN_APPROVAL:
        known = {one.step for one in now}
        plan = plan_of(decision.case.organ)
        steps += [Step(step_words(one.step), "ahead") for one in plan if one.step not in known]
    return steps


def _step(one: Approval) -> Step:
    words = step_words(one.step)
    if not one.result:
        return Step(words, "now", at=one.due_on, reason=_("最迟 %(on)s 办结") % {"on": one.due_on})
    standing = "done" if one.result == Result.PASSED else "returned"
    return Step(words, standing, str(one.decided_by), one.decided_at, one.reason)  # type: ignore[arg-type]


def earlier_rounds(decision: Decision, approvals: Sequence[Approval]) -> list[Step]:
    """What was said in rounds before the running one."""
    return [_step(one) for one in approvals if one.round < decision.round and one.result != Result.CANCELLED]


def change_since(decision: Decision, approvals: Sequence[Approval], step: str) -> dict[str, Any]:
    """The change against what was last seen at this step, else by anybody; {} for a first round."""
    seen = [one for one in approvals if one.round < decision.round and one.content_digest]
    same = [one for one in seen if one.step == step]
    if not seen:
        return {}
    last = (same or seen)[-1]
    last.decision = decision
    before = content_seen(last)
    if before is None:
        return {}
    old, new = told(before), told(content_of(decision))
    long = ("finding", "information", "withheld", "reasons")
    changes = field_changes(
        {name: old.get(name, "") for name in _labels() if name not in long},
        {name: new.get(name, "") for name in _labels() if name not in long},
        _labels(),
    )
    texts = ["\n".join(one.get(name, "") for name in long)[:_MOST_COMPARED] for one in (old, new)]
    return {
        "changes": changes,
        "pieces": differences(*texts) if texts[0] != texts[1] else (),
        "before_words": _("第%(n)s轮审批时") % {"n": last.round},
        "after_words": _("这次送审的内容"),
    }


def as_lines(words: str) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((line,) for line in words.splitlines() if line.strip()))
