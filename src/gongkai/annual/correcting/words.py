"""The words for what a person changed, in Chinese and English: the page and the check sheet say the same."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.annual.correcting import Change
from gongkai.annual.correcting.typed import shown_value
from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.annual.sheet import cell_name

_WORDS = {
    "changed": (
        "已改动 {count} 处，以下是改动后的核对结果",
        "{count} changed; the findings are those after the changes",
    ),
    "was": ("原为 {value}", "was {value}"),
    "now": ("改为 {value}", "now {value}"),
    "text_changed": ("文字有改动", "text changed"),
    "blank": ("空", "blank"),
    "restore": ("恢复", "Restore"),
    "restore_all": ("全部恢复", "Restore all"),
    "title": ("标题", "Title"),
    "organ": ("机关", "Organ"),
    "year": ("年度", "Year"),
    "front": ("标题和开头", "Title and opening"),
    "other_section": ("其他部分", "Other sections"),
}


def word(key: str, lang: str, **values: object) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**values)


def field_name(path: str, report: Report, lang: str) -> str:
    """What a field is called: a cell by its row and column, a section by its heading in the form."""
    if path in ("title", "organ", "year"):
        return word(path, lang)
    if path.startswith("sections."):
        return section_name(path.removeprefix("sections."), lang)
    return cell_name(path, report, lang)


def section_name(code: str, lang: str) -> str:
    if code in _WORDS:
        return word(code, lang)
    labels: Mapping[str, str] = dict(form("2021").sections)
    return labels.get(code, code) if lang == "zh" else code.replace("_", " ").capitalize()


def value_words(value: Change, lang: str) -> str:
    """A value as it is named in a sentence: `12`, `空`."""
    shown = shown_value(value)
    return shown or word("blank", lang)
