"""What a person changed in a report, as html: cells as inputs, what stood there before, the way back to it.

A file shows what was changed; a page adds the controls. Buttons and inputs belong to a form of the page by
its id, so that no form stands inside another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.annual.correcting import Changes, Field, NotAccepted
from gongkai.annual.correcting.words import field_name, value_words, word
from gongkai.annual.markup import Html, el, join
from gongkai.annual.report import Report

INPUT_MODES = {"count": "numeric", "year": "numeric", "amount": "decimal"}


@dataclass(frozen=True, slots=True)
class Controls:
    """The controls of a page: its form, and where that form restores what was changed.

    `as_inputs`: every cell is an input. `typed` and `problems`, by path: what was typed and not accepted.
    """

    form: str
    restore_address: str
    fields: Mapping[str, Field]
    as_inputs: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, NotAccepted] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correction:
    """The report as it was read, and the changes made to it since; `number` is the report's on its page."""

    original: Report
    changes: Changes
    number: int
    controls: Controls | None = None

    def is_changed(self, path: str, report: Report) -> bool:
        return self.original.value(path) != report.value(path)


def was_html(path: str, report: Report, correction: Correction, lang: str) -> Html | None:
    """`原为 12` with the button that restores it; None for a cell that nobody changed."""
    if not correction.is_changed(path, report):
        return None
    before = word("was", lang, value=value_words(correction.original.value(path), lang))
    return el(
        "span",
        el("span", before),
        " ",
        restore_button(path, report, correction, lang),
        class_="was",
        lang=_language(lang),
    )


def restore_button(path: str, report: Report, correction: Correction, lang: str) -> Html | None:
    hidden = el("span", f" {field_name(path, report, lang)}", class_="govuk-visually-hidden")
    return _restoring(path, join(word("restore", lang), hidden), correction)


def _restoring(path: str, words: Html | str, correction: Correction) -> Html | None:
    """The button that takes back one change, or with no path all of them; None where cells are inputs."""
    controls = correction.controls
    if controls is None or controls.as_inputs:
        return None
    return el(
        "button",
        words,
        type="submit",
        form=controls.form,
        formaction=controls.restore_address,
        name="restore",
        value=f"{correction.number}:{path}",
        class_="as-link restore",
    )


def input_html(
    path: str, shown: str, report: Report, correction: Correction, cell_id: str, lang: str
) -> Html:
    """A cell as an input, with what is wrong with it."""
    controls = correction.controls
    assert controls is not None
    problem = controls.problems.get(path)
    error_id = f"{cell_id}-error"
    kind = controls.fields[path].kind if path in controls.fields else ""
    typed = el(
        "input",
        type="text",
        id=f"{cell_id}-input",
        name=path,
        value=controls.typed.get(path, shown),
        form=controls.form,
        inputmode=INPUT_MODES.get(kind),
        autocomplete="off",
        maxlength=40,
        size=4,  # the table gives it its width
        aria_label=field_name(path, report, lang),
        aria_invalid="true" if problem else None,
        aria_describedby=error_id if problem else None,
        class_="cell-input",
    )
    if problem is None:
        return typed
    words = el("span", problem.message(lang), id=error_id, class_="cell-error", lang=_language(lang))
    return join(typed, words)


def changes_html(report: Report, correction: Correction, prefix: str, lang: str) -> Html | None:
    """All changes in a list, each with its way back; None where there are none."""
    if not correction.changes:
        return None
    colon = "：" if lang == "zh" else ": "
    items = [
        el(
            "li",
            _named(path, report, prefix, lang),
            colon,
            _changed(path, report, correction, lang),
            " ",
            restore_button(path, report, correction, lang),
        )
        for path in _changed_paths(report, correction)
    ]
    restore_all = _restoring("", word("restore_all", lang), correction) if len(items) > 1 else None
    head = el("p", el("strong", word("changed", lang, count=len(items))), " ", restore_all)
    return el("div", head, el("ul", *items), class_="changes-made")


def _changed_paths(report: Report, correction: Correction) -> list[str]:
    """What was changed, and the fees that a changed text tells otherwise."""
    fees = (path for path, _ in report.cells() if path.startswith("processing_fees."))
    followed = [p for p in fees if p not in correction.changes and correction.is_changed(p, report)]
    return [*correction.changes, *followed]


def _named(path: str, report: Report, prefix: str, lang: str) -> Html:
    name = field_name(path, report, lang)
    in_table = path not in ("title", "organ", "year") and not path.startswith("sections.")
    return el("a", name, href=f"#{prefix}-{path}") if in_table else join(name)


def _changed(path: str, report: Report, correction: Correction, lang: str) -> str:
    if path.startswith("sections."):
        return word("text_changed", lang)
    if path in ("title", "organ", "year"):
        before, now = getattr(correction.original, path), getattr(report, path)
    else:
        before, now = correction.original.value(path), report.value(path)
    comma = "，" if lang == "zh" else ", "
    was = word("was", lang, value=value_words(before, lang))
    return was + comma + word("now", lang, value=value_words(now, lang))


def _language(lang: str) -> str | None:
    return None if lang == "zh" else lang
