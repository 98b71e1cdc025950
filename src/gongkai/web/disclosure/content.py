"""What a version says, as the clerk fills it in: checked, cleaned, and put into a digest (META.2, REG.12)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.documents import DocumentError
from gongkai.documents.publishing import clean_html
from gongkai.statute.catalogue import category, genre, record_kind, theme
from gongkai.statute.errors import StatuteError
from gongkai.statute.identifiers import parse_document_number
from gongkai.web.audit.canonical import canonical, plain, sha256
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Attachment, Image, Version
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ

TEXTS = {"title": 300, "document_number": 80, "summary": 300, "keywords": 200, "joint_organs": 300}
DAYS = ("made_on", "changed_on", "decided_on", "effective_on", "expires_on")
CODES = {"category": category, "theme": theme, "genre": genre}
FIELDS = (*TEXTS, *DAYS, *CODES, "for_year", "body", "change_note", "publish_at")
# What the record repeats of its published version, for lists.
CACHED = (
    "title",
    "document_number",
    "category",
    "theme",
    "genre",
    "made_on",
    "effective_on",
    "expires_on",
    "summary",
)
MOST_BODY = 2_000_000  # characters of html: a long plan with tables has some hundred thousand
_EARLIEST = dt.date(1949, 10, 1)
# Characters that show nothing and can hide something, or turn the line round.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_FIELD_OF_CATALOGUE = {"approved_on": "decided_on", "fiscal_year": "for_year", "report_year": "for_year"}


class CleanHtml(str):
    """A body that has been through `clean_content` in this process: an import cleans it when it is tried."""

    __slots__ = ()


def label_of(name: str) -> str:
    """What a field of a version is called on the page."""
    field = Version._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))


def clean_content(facts: Mapping[str, Any], *, organ: Organ, kind_code: str) -> dict[str, Any]:
    """What of `facts` a version has, in clean form. Raises `Invalid` with a fault for each field."""
    faults: list[WorkError] = []
    clean: dict[str, Any] = {}
    for name, most in TEXTS.items():
        if name in facts:
            clean[name] = _text(facts[name], name, most, faults)
    for name in DAYS:
        if name in facts:
            clean[name] = _day(facts[name], name, faults)
    for name, find in CODES.items():
        if name in facts:
            clean[name] = _code(str(facts[name] or ""), name, find, faults)
    if "for_year" in facts:
        clean["for_year"] = _year(facts["for_year"], faults)
    if "body" in facts:
        clean["body"] = _body(facts["body"], faults)
    if "publish_at" in facts:
        clean["publish_at"] = facts["publish_at"] or None
    if "change_note" in facts:
        clean["change_note"] = _text(facts["change_note"], "change_note", 300, faults)
    _number(clean, faults)
    _order(clean, faults)
    _binding(clean, organ, faults)
    if "title" in facts and not clean.get("title"):
        faults.append(WorkError("title_missing", "请填写标题。", "A title is needed.", field="title"))
    if faults:
        raise Invalid(faults)
    return clean


def lacking(version: Version) -> list[WorkError]:
    """What must be filled in before submission: REG.12, and what the kind asks (record_kinds.toml)."""
    asked = record_kind(version.record.kind).requires
    lacks: list[WorkError] = []
    for code in asked:
        name = _FIELD_OF_CATALOGUE.get(code, code)
        if name in {"interprets", "index_number"}:
            continue
        if not getattr(version, name):
            label = label_of(name)
            lacks.append(
                WorkError(f"{name}_missing", f"提交前请填写“{label}”。", f"{name} is needed.", field=name)
            )
    if "interprets" in asked and not version.record.links.filter(kind="interprets").exists():
        lacks.append(
            WorkError(
                "interprets_missing", "政策解读须关联所解读的文件（NOR.6）。请先建立关联。", field="links"
            )
        )
    if not version.category and record_kind(version.record.kind).column == "statutory_content":
        lacks.append(
            WorkError(
                "category_missing",
                "提交前请选择“公开类别”（《条例》第二十条、第二十一条）；"
                "没有合适类别的，选“20.15 其他法定公开”。",
                "Choose a category (articles 20 and 21); where none fits, 20.15 Other statutory content.",
                field="category",
            )
        )
    if not version.body.strip() and not version.attachments.exists():
        lacks.append(WorkError("body_missing", "正文和附件不能都为空。", "Body or attachment.", field="body"))
    return lacks


def content_digest(version: Version) -> str:
    """A digest of all that a reader will see of a version, attachments and pictures included."""
    files = Attachment.objects.filter(version=version).order_by("position", "id")
    images = Image.objects.filter(version=version).order_by("name")
    return digest_of(
        {name: getattr(version, name) for name in FIELDS},
        list(files.values_list("name", "sha256")),
        list(images.values_list("name", "sha256")),
    )


def digest_of(facts: Mapping[str, Any], files: Sequence[Any] = (), images: Sequence[Any] = ()) -> str:
    """As `content_digest`, of facts at hand: `FIELDS`; files and images as (name, digest), in order."""
    seen = {name: plain(facts[name]) for name in FIELDS if name != "publish_at"}
    return sha256(canonical({**seen, "attachments": plain(files), "images": plain(images)}))


def _text(value: Any, name: str, most: int, faults: list[WorkError]) -> str:
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", str(value or "")))
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) > most:
        label = label_of(name)
        faults.append(
            WorkError(f"{name}_too_long", f"“{label}”最多 {most} 字，现有 {len(text)} 字。", field=name)
        )
    return text


def _day(value: Any, name: str, faults: list[WorkError]) -> dt.date | None:
    if value in (None, ""):
        return None
    label = label_of(name)
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            faults.append(
                WorkError(f"{name}_unreadable", f"“{label}”不是有效日期，写作 2026-03-01。", field=name)
            )
            return None
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        faults.append(WorkError(f"{name}_unreadable", f"“{label}”应为日期。", field=name))
        return None
    if value < _EARLIEST or value.year > clock.today().year + 50:
        faults.append(WorkError(f"{name}_impossible", f"“{label}”{value} 不合理，请核对年份。", field=name))
    return value


def _code(value: str, name: str, find: Any, faults: list[WorkError]) -> str:
    if not value:
        return ""
    try:
        find(value)
    except StatuteError as unknown:
        faults.append(WorkError(f"{name}_unknown", unknown.zh, unknown.en, field=name))
    return value


def _year(value: Any, faults: list[WorkError]) -> int | None:
    if value in (None, ""):
        return None
    text = str(value)
    if not (text.isascii() and text.isdigit() and 1949 <= int(text) <= 2099):
        faults.append(WorkError("for_year_unreadable", "“所属年度”应为四位年份。", field="for_year"))
        return None
    return int(text)


def _body(value: Any, faults: list[WorkError]) -> str:
    if isinstance(value, CleanHtml):
        return value
    value = str(value or "")
    if len(value) > MOST_BODY:
        faults.append(
            WorkError(
                "body_too_long",
                f"正文过长（{len(value)} 字符，最多 {MOST_BODY}）。请把大表格或附录改作附件。",
                field="body",
            )
        )
        return ""
    try:
        return CleanHtml(clean_html(_UNSEEN.sub("", value)))
    except DocumentError as refused:
        faults.append(WorkError(refused.code, refused.zh, refused.en, field="body"))
        return ""


def _number(clean: dict[str, Any], faults: list[WorkError]) -> None:
    """META.3: a document number is in the official form, or the fault says how it is written."""
    written = clean.get("document_number")
    if written:
        read = parse_document_number(written)
        if read.ok:
            clean["document_number"] = str(read)
        else:
            faults.append(WorkError("document_number_wrong", read.zh, read.en, field="document_number"))  # type: ignore[union-attr]


def _order(clean: dict[str, Any], faults: list[WorkError]) -> None:
    """Days in an order that can be: nothing is made tomorrow, nothing expires before it takes effect."""
    today = clock.today()
    for name in ("made_on", "changed_on", "decided_on"):
        day = clean.get(name)
        if day and day > today:
            label = label_of(name)
            faults.append(WorkError(f"{name}_in_future", f"“{label}”{day} 还没有到。", field=name))
    begins, ends = clean.get("effective_on"), clean.get("expires_on")
    if begins and ends and ends < begins:
        faults.append(
            WorkError(
                "expires_before_effective", f"有效期至 {ends}，早于实施日期 {begins}。", field="expires_on"
            )
        )


def _binding(clean: dict[str, Any], organ: Organ, faults: list[WorkError]) -> None:
    """A category of REG.21 binds the organs it names; another organ's record does not stand under it."""
    code = clean.get("category")
    if not code or any(one.field == "category" for one in faults):
        return
    if not category(code).binds(organ.organ_kind, organ.statute_level):
        zh = f"“{category(code).short_zh}”（{category(code).rule}）不适用于本机关，请另选公开类别。"
        faults.append(WorkError("category_not_binding", zh, field="category"))
