"""What a person typed into a form that was refused, to be shown again: nobody types a text twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

# What a form sends beside what people type, and what is never shown again.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "once", "then", "decision", "next", "organ", "code"})
_SECRET = ("password", "credential", "secret", "token")
_LEAST = 20  # characters from which a value without Chinese or spaces is taken for words, not for a choice
# What the page had seen goes with the words, and is none.
_SEEN = "seen"
_LABELS = {
    "title": gettext_lazy("标题"),
    "body": gettext_lazy("正文"),
    "summary": gettext_lazy("内容概述"),
    "keywords": gettext_lazy("关键词"),
    "document_number": gettext_lazy("发文字号"),
    "joint_organs": gettext_lazy("联合发文机关"),
    "change_note": gettext_lazy("变更说明"),
    "reason": gettext_lazy("意见或者理由"),
    "basis": gettext_lazy("依据"),
    "question": gettext_lazy("征求意见或者报批准的内容"),
    "answer": gettext_lazy("答复内容"),
    "organ_name": gettext_lazy("机关名称"),
    "why": gettext_lazy("理由"),
}


class TypedWords(NamedTuple):
    """One field: what it is called, and what was typed into it."""

    label: str
    words: str


def fields_sent(request: HttpRequest) -> dict[str, str]:
    """The text fields of a POST, without files, secrets and what the page put there itself."""
    sent = {name: str(request.POST[name]) for name in request.POST}
    return {name: value for name, value in sent.items() if not _is_kept_out(name)}


def typed_words(fields: Mapping[str, Any]) -> list[TypedWords]:
    """The words among the fields; choices and ticks are none."""
    return [
        TypedWords(_label(name), str(value))
        for name, value in fields.items()
        if name != _SEEN and _are_words(str(value))
    ]


def _is_kept_out(name: str) -> bool:
    return name in _NOT_TYPED or any(one in name.lower() for one in _SECRET)


def _are_words(value: str) -> bool:
    said = value.strip()
    return len(said) >= _LEAST or any(ord(one) > 127 or one.isspace() for one in said)


def _label(name: str) -> str:
    if name.startswith("answer-"):
        return gettext("对检查结果的说明")
    return str(_LABELS[name]) if name in _LABELS else gettext("其他内容")
