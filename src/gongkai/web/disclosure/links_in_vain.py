"""Links that would change nothing: what is not in force any more is neither repealed nor amended (NOR.3)."""

from __future__ import annotations

from gongkai.web.config import clock
from gongkai.web.disclosure.models import LinkKind, Record, State
from gongkai.web.organs.errors import WorkError

# What these say takes effect with publication: reviewers have it before them like the content itself.
ACTING = (LinkKind.REPEALS, LinkKind.AMENDS)


def in_vain(kind: LinkKind, target: Record) -> WorkError | None:
    """Why publication would change nothing about the other document: what is not in force is not repealed."""
    if kind not in ACTING:
        return None
    verb, en = ("废止", "repeal") if kind == LinkKind.REPEALS else ("修改", "amend")
    if target.state == State.WITHDRAWN:
        zh = f"“{target.title}”已撤回，公众看不到它，不能再关联“{verb}”。需要说明的，请在正文中写明。"
        return WorkError("target_withdrawn", zh, f"It was withdrawn: nothing to {en}.", field="target")
    if target.state != State.PUBLISHED:
        zh = f"“{target.title}”还没有公开，不能关联“{verb}”。请核对是不是另一份文件。"
        return WorkError("target_not_public", zh, f"It is not public: nothing to {en}.", field="target")
    if target.repealed_on is not None:
        by = f"（依据：{target.repeal_basis}）" if target.repeal_basis else ""
        zh = f"“{target.title}”已于 {target.repealed_on} 废止{by}，不能再关联“{verb}”。请核对文号。"
        return WorkError("target_repealed", zh, f"It is repealed since {target.repealed_on}.", field="target")
    return None


def has_expired(kind: LinkKind, target: Record) -> bool:
    """Whether the other document has run out by itself: then it need not be repealed, but some do it."""
    return kind in ACTING and target.expires_on is not None and target.expires_on < clock.today()
