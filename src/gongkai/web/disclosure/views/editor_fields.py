"""How the editor sets out its fields."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from gongkai.web.disclosure.forms.records import RecordForm


def field_groups(form: RecordForm) -> list[tuple[str, list[Any]]]:
    """The fields under the document, in groups."""
    listed = (
        (_("变更"), ("change_note", "changed_on")),
        (
            _("文件要素"),
            (
                "document_number",
                "made_on",
                "decided_on",
                "for_year",
                "effective_on",
                "expires_on",
                "joint_organs",
            ),
        ),
        (_("目录信息"), ("category", "theme", "genre", "unit", "checklist_item", "summary", "keywords")),
    )
    groups = [(legend, [form[name] for name in names if name in form.fields]) for legend, names in listed]
    return [(legend, fields) for legend, fields in groups if fields]
