"""What a decision lets go out beside its letter: what is given, what is withheld, the files.

Those who approve a decision see all of it, and what they saw is kept with their opinion: what is added or
changed afterwards can be told from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.statute.articles import article
from gongkai.statute.findings import Finding
from gongkai.statute.letters import Value
from gongkai.statute.outcomes import outcome
from gongkai.web.requests.models import Case, CaseFile, Decision, DecisionStage, FileKind
from gongkai.web.requests.sealed import Opener
from gongkai.web.requests.settled import ways_chosen

# A fact of a reply (statute.letters) → the column of the decision that it is taken from, word for word.
TAKEN_OVER = {
    "finding": "finding",
    "reasons": "reasons",
    "information": "information",
    "withheld": "withheld",
    "way": "obtained",
}
OWN_WORDS = "own_words"  # a body that somebody wrote anew in place of the template's
# Once it is sent for approval, what goes out is what others see and answer for.
APPROVED = (DecisionStage.IN_APPROVAL, DecisionStage.MADE)
ON_SITE = "on-site"  # read and copied at the office: no file goes out


def gives(outcome_code: str, basis: str) -> bool:
    """Whether the reply hands information over (REG.36(2), REG.37), not merely tells where it is."""
    return "information" in _parts(outcome_code, basis)


def withholds(outcome_code: str, basis: str) -> bool:
    """Whether a part of it stays closed beside what is given (REG.37)."""
    return "reasons_for_the_rest" in _parts(outcome_code, basis)


def files_given(case: Case) -> list[CaseFile]:
    """The files named to be given out. 1 query, none where the case brought its files along."""
    return sorted((one for one in case.files.all() if one.kind == FileKind.DISCLOSED), key=lambda one: one.pk)


def as_seen(files: list[CaseFile], opener: Opener) -> list[dict[str, Any]]:
    """Files as they are kept with what somebody approved."""
    return [{"file": one.pk, "name": opener.open(one, "name"), "size": one.size} for one in files]


def findings_of_what_is_given(
    decision: Decision, opener: Opener, files: list[CaseFile]
) -> tuple[Finding, ...]:
    """What of it is not told to those who approve, or would not reach the requester: for a person to look at,
    since copies on paper are in no file."""
    code, basis = str(decision.outcome), str(decision.basis)
    if not gives(code, basis):
        return ()
    found = []
    if not opener.open(decision, "information"):
        found.append(_information_missing())
    if withholds(code, basis) and not opener.open(decision, "withheld"):
        found.append(_withheld_missing())
    if lacks_files(decision, files):
        found.append(_files_missing(decision.case))
    return tuple(found)


def lacks_files(decision: Decision, files: list[CaseFile]) -> bool:
    """Whether it hands information over to take away, and no file is named."""
    wanted = str(decision.case.wanted_form)
    return gives(str(decision.outcome), str(decision.basis)) and not files and wanted != ON_SITE


def is_beyond_approval(case: Case) -> bool:
    """Whether a file named or taken off now would be one that those who approve did not see. 1 query."""
    newest = case.decisions.exclude(stage=DecisionStage.ABANDONED).order_by("-number").first()
    return newest is not None and newest.stage in APPROVED


def told_otherwise(values: Mapping[str, Value], decision: Decision, opener: Opener) -> tuple[str, ...]:
    """The facts of a reply (codes) that do not say what the decision says. No query."""
    return tuple(
        code
        for code, field in TAKEN_OVER.items()
        if code in values and _plain(values[code]) != _plain(opener.open(decision, field))
    )


def _plain(value: Value) -> list[str]:
    lines = value if isinstance(value, tuple) else str(value).splitlines()
    return [line.strip() for line in lines if line.strip()]


def _parts(outcome_code: str, basis: str) -> frozenset[str]:
    found = outcome(outcome_code).basis(basis)
    return frozenset(part.code for part in found.parts) if found is not None else frozenset()


def _information_missing() -> Finding:
    rule = "REG.36(2)"
    called = article(rule)
    return Finding(
        "information_missing",
        "warning",
        rule,
        f"没有写明提供的信息（{called.zh}）：审批的人看不到提供什么，请写明，答复书照此写。",
        f"It does not say which information is given ({called.en}): write it, the reply says the same.",
    )


def _withheld_missing() -> Finding:
    rule = "REG.37"
    called = article(rule)
    return Finding(
        "withheld_missing",
        "warning",
        rule,
        f"没有写明不予公开的部分（{called.zh}）：请写明遮盖、删去了哪些内容。",
        f"It does not say which part is withheld ({called.en}): write what is taken out.",
    )


def _files_missing(case: Case) -> Finding:
    chosen = ways_chosen(case.reply_ways)
    called, rule = "、".join(one.zh for one in chosen) or "未写明", "REG.36(2)"
    online = any(one.online for one in chosen)
    zh = f"没有列入要提供的文件（申请人要求的途径：{called}）：" + (
        "网上、电子邮件答复的，申请人将只收到答复书。请加入文件；"
        if online
        else "现在送达，申请人将只收到答复书。请加入文件；"
    )
    en = "No file is named to be given out: the requester would get the letter alone. Add it, or make sure "
    return Finding(
        "no_file_given",
        "warning",
        rule,
        f"{zh}另附纸质件的，请确认已经备好。",
        f"{en}that copies on paper are at hand.",
    )
