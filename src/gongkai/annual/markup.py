"""Html as strings that cannot be injected into: what is not markup already is escaped."""

from __future__ import annotations

from html import escape

VOID = frozenset({"meta", "br", "link", "input"})


class Html(str):
    """A string that is html already. Joining with plain strings loses the mark, so nothing slips through."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def el(tag: str, /, *children: str | None, **attributes: str | int | None) -> Html:
    """One element. A child that is no `Html` is escaped, None is left out; so is an attribute that is None.

    Attributes are written as keywords: `class_`, `aria_label` (underscores become hyphens, a last one goes).
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{join(*children)}</{tag}>")


def join(*children: str | None) -> Html:
    """Several pieces one after the other, each escaped unless it is `Html`."""
    return Html(
        "".join(
            child if isinstance(child, Html) else escape(child, quote=False)
            for child in children
            if child is not None
        )
    )
