"""What is refused of a template, a number or a label: in words for people and with a code for machines."""

from __future__ import annotations

from gongkai.statute.errors import LetterError


class TemplateError(LetterError):
    """A template that cannot be taken. `line`: the line of its text, from 1; 0 if it is the whole.

    Codes: `template_empty`, `template_no_text`, `template_unbalanced`, `template_unknown_placeholder`,
    `template_misplaced_placeholder`, `template_missing_placeholder`, `template_too_long`.
    """

    def __init__(self, code: str, zh: str, en: str, line: int = 0) -> None:
        super().__init__(code, f"第{line}行：{zh}" if line else zh, f"line {line}: {en}" if line else en)
        self.line = line
        self._words = (zh, en)

    def __reduce__(self) -> tuple[type[TemplateError], tuple[str, str, str, int]]:  # type: ignore[override]
        return type(self), (self.code, *self._words, self.line)
