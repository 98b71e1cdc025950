"""What a scan of a text finds: personal data and wrong or sensitive wording, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a text.

    `start` and `end` are indexes into the text; `line` and `column` count from 1.
    `group` is `personal` or `wording`; `kind` is the rule of personal data (PII.ID18, PII.NAME …) or the
    kind of a list's entry (wrong_word, outdated_organ …); `role` and `variant` are as in `PersonalData`.
    `severity` is `error` (must not stand; of wording: 严重表述错误, CHK.V1), `warning` (a person must look)
    or `info` (wording that is right where it speaks of the past or quotes another).
    `text` is what stands there; it is left out of `repr`, so that no log shows it by accident.
    `suggestion` is the masked form, or the right word; None where a list names none.
    `source` says which list and which public text an entry of wording comes from.
    """

    group: str
    kind: str
    start: int
    end: int
    line: int
    column: int
    severity: str
    text: str = field(repr=False)
    suggestion: str | None
    reason: str  # Chinese
    reason_en: str
    rule: str = ""  # PII.…, or CHK.V1 for grave wording
    role: str = ""
    variant: str = ""
    source: str = ""
    entry: str = ""  # of wording: the id of the list's entry, to switch it off by

    @property
    def maskable(self) -> bool:
        """Whether `mask` replaces it: personal data, but for an office's own contact, which may stand."""
        return self.group == "personal" and self.role != "contact" and self.suggestion is not None


class Lines:
    """Line and column of places in a text. Asked in rising order, it counts every line break once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._index, self._line, self._line_start = 0, 1, 0

    def at(self, index: int) -> tuple[int, int]:
        """Line and column, from 1, of a character.

        >>> lines = Lines("甲乙\\n丙\\n丁")
        >>> lines.at(3), lines.at(0), lines.at(5)
        ((2, 1), (1, 1), (3, 1))
        """
        if index < self._index:
            self._index, self._line, self._line_start = 0, 1, 0
        breaks = self._text.count("\n", self._index, index)
        if breaks:
            self._line += breaks
            self._line_start = self._text.rfind("\n", self._index, index) + 1
        self._index = index
        return self._line, index - self._line_start + 1


class MaskError(ValueError):
    """The text is not the one the findings were made of: `code` for machines, `zh` and `en` for people."""

    code = "text_changed"

    def __init__(self, start: int) -> None:
        self.zh = (
            f"第{start}个字符处的文字与扫描时不同，不能遮盖，以免遮错地方。请对当前文字重新扫描后再遮盖。"
        )
        self.en = f"the text at {start} is not what was scanned: scan the text as it is now, then mask it"
        super().__init__(self.zh)


@dataclass(frozen=True, slots=True)
class Known:
    """What an office has declared to be its own, so that it is never taken for a private person's (PII.L3).

    `telephones`: of the office, as digits or as written. `mail_domains`: beside .gov.cn. `names`: of organs
    and of officials whose names are public; a telephone in a sentence that names one is the office's.
    """

    telephones: frozenset[str] = frozenset()
    mail_domains: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
