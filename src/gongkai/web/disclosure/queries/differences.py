"""What differs between two contents of a record: versions, or what a reviewer saw in an earlier round."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gongkai.documents.publishing import text_of
from gongkai.statute.catalogue import category, genre, theme
from gongkai.statute.errors import StatuteError
from gongkai.web.audit.canonical import plain
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.content import FIELDS
from gongkai.web.disclosure.models import Attachment, Image, Version
from gongkai.web.organs.errors import WorkError
from gongkai.wording.differences import FieldChange, Piece, differences, field_changes

_NAMED = {"category": category, "theme": theme, "genre": genre}
_MOST_BODY = 400_000  # characters of text compared while somebody waits


@dataclass(frozen=True, slots=True)
class Difference:
    """Fields that differ, pieces of the body's text; `pieces` empty where the body is the same."""

    changes: Sequence[FieldChange] = field(default_factory=tuple)
    pieces: Sequence[Piece] = field(default_factory=tuple)

    def __bool__(self) -> bool:
        return bool(self.changes or self.pieces)


def content_facts(version: Version) -> dict[str, Any]:
    """All that a reader will see of a version: the facts whose digest is `content_digest`. 2 queries."""
    return contents(version)[0]


def contents(*versions: Version) -> list[dict[str, Any]]:
    """`content_facts` of each version. 2 queries, however many."""
    rows = ((Attachment, ("position", "id")), (Image, ("name",)))
    files: list[dict[int, list[Any]]] = []
    for model, order in rows:
        by_version: dict[int, list[Any]] = {}
        found = model.objects.filter(version__in=[one.pk for one in versions]).order_by(*order)
        for version, name, digest in found.values_list("version", "name", "sha256"):
            by_version.setdefault(version, []).append([name, digest])
        files.append(by_version)
    return [
        {
            **{name: plain(getattr(one, name)) for name in FIELDS if name != "publish_at"},
            "attachments": files[0].get(one.pk, []),
            "images": files[1].get(one.pk, []),
        }
        for one in versions
    ]


def content_seen(digest: str) -> dict[str, Any] | None:
    """The content of that digest, if it was kept."""
    try:
        kept = json.loads(file_store.load(digest).decode("utf-8", "surrogatepass"))
    except (WorkError, ValueError):
        return None
    return kept if isinstance(kept, dict) else None


def difference(before: Mapping[str, Any], after: Mapping[str, Any], lang: str = "zh") -> Difference:
    """What of one content differs from another's: words of the body, names and contents of attachments."""
    changes = field_changes(_shown(before, lang), _shown(after, lang), _labels())
    old, new = (text_of(str(facts.get("body") or ""))[:_MOST_BODY] for facts in (before, after))
    return Difference(changes, differences(old, new) if old != new else ())


def _labels() -> dict[str, str]:
    return {
        "title": _("标题"),
        "document_number": _("发文字号"),
        "category": _("公开类别"),
        "theme": _("主题分类"),
        "genre": _("体裁"),
        "made_on": _("成文日期"),
        "changed_on": _("变更日期"),
        "decided_on": _("批准或决定日期"),
        "for_year": _("所属年度"),
        "effective_on": _("实施日期"),
        "expires_on": _("有效期至"),
        "summary": _("内容概述"),
        "keywords": _("关键词"),
        "joint_organs": _("联合发文机关"),
        "change_note": _("变更说明"),
        "attachments": _("附件"),
        "images": _("图片"),
    }


def _shown(facts: Mapping[str, Any], lang: str) -> dict[str, str]:
    shown = {name: str(facts.get(name) or "") for name in _labels()}
    for name, find in _NAMED.items():
        shown[name] = _name(find, shown[name], lang)
    # A file that was replaced by another of its name has changed: the digest's beginning tells.
    shown["attachments"] = "\n".join(f"{name}（{sha[:8]}）" for name, sha in facts.get("attachments") or ())
    shown["images"] = "\n".join(f"{name}（{sha[:8]}）" for name, sha in facts.get("images") or ())
    return shown


def _name(find: Any, code: str, lang: str) -> str:
    if not code:
        return ""
    try:
        return str(find(code).name(lang))
    except (StatuteError, AttributeError):
        return code
