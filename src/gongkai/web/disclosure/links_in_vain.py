"""Links that repeal or amend: when they would change nothing, and when they stand fast (NOR.3)."""

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
        when, en = (
            ("将于", "to be repealed on") if target.repealed_on > clock.today() else ("已于", "repealed on")
        )
        zh = f"“{target.title}”{when} {target.repealed_on} 废止{by}，不能再关联“{verb}”。请核对文号。"
        return WorkError("target_repealed", zh, f"It is {en} {target.repealed_on}.", field="target")
    return None


def has_expired(kind: LinkKind, target: Record) -> bool:
    """Whether the other document has run out by itself: then it need not be repealed, but some do it."""
    return kind in ACTING and target.expires_on is not None and target.expires_on < clock.today()


def has_effect(kind: LinkKind | str, source: Record, target: Record) -> bool:
    """Whether publication of `source` has made the link a fact about `target`, which only its undoing ends.

    Of an amendment the other record keeps the day alone: of what was ever public it is taken as the fact.
    """
    if kind == LinkKind.REPEALS:
        return target.repealed_by_id == source.pk
    return kind == LinkKind.AMENDS and source.state != State.DRAFT and target.amended_on is not None


def acting_stands(record: Record) -> WorkError | None:
    """Why a record's links that repeal or amend cannot be changed now: only a draft's can, before review."""
    version = record.working
    if version is not None and version.can_be_edited:
        return None
    if version is not None:
        zh = "“修改”“废止”关系随文件一同送审。请先收回这份文件，改好后重新提交审查。"
        return WorkError("link_in_review", zh, "Not while it is in review. Take it back first.", field="kind")
    zh = (
        "“修改”“废止”关系随文件经过审查后公开，不能直接添加或者取消。文件本身要改的，请用“修改内容”或“更正差错”"
        "另起新版本，在新版本的草稿中办理；只是另一份文件的标注要改的，请在那份文件上办理“标注废止”或"
        "“更正废止标注”（公开工作机构、分管领导或科室负责人）。"
    )
    en = (
        "Links that repeal or amend are reviewed with the document: start a new version, or mark the repeal, "
        "or take the mark back, on the other document."
    )
    return WorkError("link_too_late", zh, en, field="kind")


def acting_kept(kind: LinkKind | str, record: Record, target: Record) -> WorkError | None:
    """Why a link that repeals or amends cannot be taken off now."""
    if problem := acting_stands(record):
        return problem
    if not has_effect(kind, record, target):
        return None
    if kind == LinkKind.REPEALS:
        zh = (
            f"“{target.title}”已经按这份文件标注废止，关联不能直接取消。确属标错的，请先由公开工作机构、分管领导或"
            "科室负责人在那份文件上办理“更正废止标注”，再取消关联。"
        )
        return WorkError("link_has_effect", zh, "It is marked as repealed by this: take the mark back first.")
    zh = f"“{target.title}”已经按这份文件标注修改，关联不能取消。内容有误的，请在新版本的正文中更正。"
    return WorkError("link_has_effect", zh, "It is marked as amended by this: correct it in the new version.")
