"""The forms of joining what is public to an item of the checklist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.forms.choosing import offer
from gongkai.web.disclosure.forms.fields import Choice, SeenForm, Words, WorkForm
from gongkai.web.disclosure.models import ChecklistItem


class SearchForm(WorkForm):
    """What is searched for among the public records; asked by GET."""

    once = None  # type: ignore[assignment]  # a question does nothing: it needs no token
    q = Words(
        label=_("查找已公开的信息"),
        max_length=200,
        help_text=_("输入标题中的文字、索引号或者发文字号。"),
    )

    def asked(self) -> str:
        return self.cleaned_data["q"].strip() if self.is_valid() else ""


class FulfilForm(SeenForm):
    """Which item a public record fulfils; those that fit best stand first."""

    item = Choice(
        label=_("公开事项"), required=True, help_text=_("与这条信息的类别、种类和标题相近的事项排在前面。")
    )

    def __init__(self, *args: Any, items: Sequence[ChecklistItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = list(items)
        sources = {one.source for one in self.items}
        named = (
            (str(one.pk), f"{one}（{one.source}）" if len(sources) > 1 else str(one)) for one in self.items
        )
        offer(self, "item", [("", _("（请选择）")), *named])

    def chosen(self) -> ChecklistItem | None:
        return next((one for one in self.items if str(one.pk) == self.cleaned_data.get("item")), None)
