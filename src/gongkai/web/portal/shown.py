"""Rows of the database as the pieces of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.statute.catalogue import Entry, categories, genres, themes, validity
from gongkai.web.disclosure.models import LinkKind, Record, Version
from gongkai.web.disclosure.models.versions import ChangeKind, Stage
from gongkai.web.look import pieces
from gongkai.web.look.templatetags.look import day
from gongkai.web.organs.models import Organ
from gongkai.web.portal import addresses
from gongkai.web.portal.cursors import Row

_KINDS_OF_FILE = {
    "pdf": "PDF",
    **dict.fromkeys(("doc", "docx", "wps"), "Word"),
    **dict.fromkeys(("xls", "xlsx", "et"), "Excel"),
    **dict.fromkeys(("ppt", "pptx", "dps"), "PowerPoint"),
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif"), "JPEG"),
}
_SEPARATOR = "、"
_CHINESE = "zh-Hans"  # the language of records, whatever that of the page


def state_of(row: Row) -> str:
    """The validity that a row's days give today (NOR.3): right also before the night's work has noted it."""
    return str(
        validity(
            timezone.localdate(),
            effective_on=row["effective_on"],
            repealed_on=row["repealed_on"],
            expires_on=row["expires_on"],
            amended=row["amended_on"] or False,
        ).value
    )


def entries(organ: Organ, rows: Iterable[Row]) -> list[pieces.Entry]:
    """Rows of `queries.listed` or `queries.links_of` as a list for citizens."""
    return [entry(organ, row) for row in rows]


def entry(organ: Organ, row: Row) -> pieces.Entry:
    return row_entry(organ.code, row)


def row_entry(code: str, row: Row) -> pieces.Entry:
    """A row of the organ of that code."""
    state, basis = state_of(row), row.get("repeal_basis", "")
    return pieces.Entry(
        row["title"],
        addresses.record_address(code, row["id"]),
        row["document_number"],
        row["made_on"],
        row["published_at"],
        state,
        _("被%(basis)s废止") % {"basis": basis} if state == "repealed" and basis else "",
    )


def facts(record: Record, version: Version, state: str, lang: str) -> list[pieces.Fact]:
    """The metadata box (PAGES.md, META.2), with what the catalogue must say besides (REG.12: 内容概述)."""
    organ = record.organ
    issuers = _SEPARATOR.join(filter(None, (organ.name, version.joint_organs)))
    shown = [
        pieces.Fact(_("索引号"), record.index_number),
        pieces.Fact(_("主题分类"), _name(themes(), version.theme, lang)),
        pieces.Fact(_("发文机关"), issuers, lang=_CHINESE),
        pieces.Fact(_("成文日期"), day(version.made_on)),
        pieces.Fact(_("标题"), version.title, wide=True, lang=_CHINESE),
        pieces.Fact(_("发文字号"), version.document_number, lang=_CHINESE),
        pieces.Fact(_("发布日期"), day(version.published_at)),
        pieces.Fact(_("有效性"), state=state) if state else pieces.Fact(_("版本"), _number(version)),
        pieces.Fact(_("体裁"), _name(genres(), version.genre, lang)),
    ]
    days = [(_("实施日期"), version.effective_on), (_("有效期至"), version.expires_on)]
    days += [(_("废止日期"), record.repealed_on)] if state else []
    shown += [pieces.Fact(label, day(value)) for label, value in days if value]
    if len(shown) % 2 == 0:
        # The wide one counts for a row of its own: the last fact would stand alone.
        shown.append(pieces.Fact(_("公开类别"), _category(version.category, lang)))
    if version.summary:
        shown.append(pieces.Fact(_("内容概述"), version.summary, wide=True, lang=_CHINESE))
    return shown


def attachments(organ: Organ, pk: int, rows: Iterable[Row]) -> list[pieces.Attachment]:
    """Files with their type and size."""
    return [
        pieces.Attachment(
            row["name"],
            kind_of_file(row["name"]),
            row["size"],
            addresses.file_address(organ.code, pk, row["id"], row["name"]),
        )
        for row in rows
    ]


def kind_of_file(name: str) -> str:
    """A file's type as people call it.

    >>> kind_of_file("附件1.docx"), kind_of_file("数据.csv"), kind_of_file("说明")
    ('Word', 'CSV', '')
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return _KINDS_OF_FILE.get(ending, ending.upper())


def versions(organ: Organ, pk: int, rows: Sequence[Row]) -> list[pieces.Version]:
    """The versions, the newest first. Nobody who has worked on one is named to the public."""
    found = []
    for index, row in enumerate(rows):
        is_current = row["stage"] == Stage.PUBLISHED
        older = rows[index + 1]["number"] if index + 1 < len(rows) else None
        found.append(
            pieces.Version(
                row["number"],
                row["published_at"],
                _("：").join(filter(None, (_change(row["change"]), row["change_note"]))),
                address="" if is_current else addresses.version_address(organ.code, pk, row["number"]),
                compare_address=_changes_address(organ, pk, older),
                is_current=is_current,
            )
        )
    return found


def interpretations(links: Sequence[Row]) -> list[Row]:
    """相关解读: what speaks of this record as its policy (NOR.6)."""
    return [one for one in links if one["kind"] == LinkKind.INTERPRETS and not one["is_source"]]


def related(organ: Organ, links: Sequence[Row]) -> list[pieces.Entry]:
    """相关文件: everything else that is joined with it, each once; `words`: how it is."""
    others = [one for one in links if one["kind"] != LinkKind.INTERPRETS or one["is_source"]]
    # Of two relations the one that says more.
    others.sort(key=lambda one: one["kind"] != LinkKind.RELATED)
    each = {one["id"]: one for one in others}.values()
    return [replace(entry(organ, one), words=_relation(one)) for one in each]


def _relation(row: Row) -> str:
    words = {
        (LinkKind.INTERPRETS, True): _("本文解读的"),
        (LinkKind.AMENDS, True): _("被本文件修改的"),
        (LinkKind.AMENDS, False): _("修改本文件的"),
        (LinkKind.REPEALS, True): _("被本文件废止的"),
        (LinkKind.REPEALS, False): _("废止本文件的"),
    }
    return words.get((row["kind"], row["is_source"]), "")


def citation(record: Record, version: Version, address: str) -> str:
    """How the record is cited: organ, title, number, date, index number, address. In Chinese always."""
    made = version.made_on
    written = f"{made.year}年{made.month}月{made.day}日" if made else ""
    said = [f"{record.organ.name}：{version.title}", version.document_number, written]
    said.append(f"索引号{record.index_number}")
    return "，".join(part for part in said if part) + f"，{address}"


def _changes_address(organ: Organ, pk: int, older: int | None) -> str:
    """Where the older of two versions tells what the newer has changed."""
    return "" if older is None else f"{addresses.version_address(organ.code, pk, older)}#changes"


def _change(kind: str) -> str:
    words = {
        ChangeKind.FIRST: _("首次公开"),
        ChangeKind.AMENDMENT: _("内容修改"),
        ChangeKind.CORRECTION: _("更正差错"),
    }
    return words.get(ChangeKind(kind), "")


def _number(version: Version) -> str:
    return _("第 %(n)s 版") % {"n": version.number}


def _name(entries: Iterable[Entry], code: str, lang: str) -> str:
    """The name of a code; a code of an earlier list, that is no more, stands for itself."""
    return next((one.name(lang) for one in entries if one.code == code), code)


def _category(code: str, lang: str) -> str:
    return next((one.short(lang) for one in categories() if one.code == code), code)
