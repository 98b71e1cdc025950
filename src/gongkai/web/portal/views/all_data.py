"""Data over all organs of the installation: who publishes here, and all their catalogues in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gongkai.web.organs.models import Organ
from gongkai.web.organs.queries import tree
from gongkai.web.portal import catalogue_file, data_files, freshness
from gongkai.web.portal.addresses import canonical_address
from gongkai.web.portal.catalogue_file import FIELDS, Field, Line
from gongkai.web.portal.data_files import Answer
from gongkai.web.portal.filters import filters_asked, place_asked

SCHEMA = "gongkai.organs/1"
_TEXT, _ADDRESS = _("文字"), _("完整网址")
ORGAN_FIELDS = (
    Field("code", _("机关代码"), _("网址中的机关代码")),
    Field("name", _("机关名称"), _TEXT),
    Field("short_name", _("简称"), _TEXT),
    Field("kind", _("机关类别"), _("代码")),
    Field("level", _("层级"), _("代码")),
    Field("parent", _("上级"), _("上级机关的代码")),
    Field("credit_code", _("统一社会信用代码"), _("18位")),
    Field("address", _("办公地址"), _TEXT),
    Field("telephone", _("联系电话"), _TEXT),
    Field("email", _("电子邮箱"), _TEXT),
    Field("url", _("网址"), _ADDRESS),
    Field("catalogue_csv", _("目录（CSV）"), _ADDRESS),
    Field("catalogue_json", _("目录（JSON）"), _ADDRESS),
    Field("feed", _("Atom 订阅"), _ADDRESS),
)
# The lists of years and other choices are those of one organ: here any year that a list can ask for.
_ANY_YEAR = 1


@require_safe
def organs_file(request: HttpRequest, ending: str) -> Answer:
    """All organs that publish here, in the order of the tree, and where their data are. 2 queries."""
    data_files.check_ending(ending)
    every = tree()

    def made() -> Answer:
        name = f"政府信息公开机关名单.{ending}"
        lines = _organs(request, every)
        return data_files.file_answer(request, name, _head(request, SCHEMA), "organs", ORGAN_FIELDS, lines)

    return data_files.under_mark(request, freshness.mark_of(*every, of_all=True), made)


@require_safe
def whole_catalogue(request: HttpRequest, ending: str) -> Answer:
    """The catalogues of all open organs one after another, with the filters of their pages. 2 queries, and
    what each organ's own takes."""
    data_files.check_ending(ending)
    every = tree()

    def made() -> Answer:
        name, head = f"政府信息公开目录.{ending}", _head(request, catalogue_file.SCHEMA)
        return data_files.file_answer(request, name, head, "records", FIELDS, _records(request, every))

    return data_files.under_mark(request, freshness.mark_of(*every, of_all=True), made)


def _head(request: HttpRequest, schema: str) -> dict[str, Any]:
    return {"schema": schema, "page": request.build_absolute_uri("/o/")}


def _organs(request: HttpRequest, every: Sequence[Organ]) -> Iterator[Line]:
    codes = {one.pk: one.code for one in every}
    for one in every:

        def address(name: str, *more: Any, organ: Organ = one) -> str:
            return canonical_address(request, organ, name, *more)

        told = {name: getattr(one, name) for name in ("code", "name", "short_name", "kind", "level")}
        yield {
            **told,
            "parent": codes.get(one.parent_id or 0, ""),
            **{name: getattr(one, name) for name in ("credit_code", "address", "telephone", "email")},
            "url": address("organ"),
            "catalogue_csv": address("catalogue", "csv"),
            "catalogue_json": address("catalogue", "json"),
            "feed": address("feed"),
        }


def _records(request: HttpRequest, every: Sequence[Organ]) -> Iterator[Line]:
    asked = filters_asked(request, place_asked(request.GET), _ANY_YEAR).asked
    for organ in every:
        yield from catalogue_file.lines(request, organ, asked)
