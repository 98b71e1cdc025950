"""What can go wrong with a file, in words for people and a code for machines."""

from __future__ import annotations


class DocumentError(Exception):
    """A file that cannot be read: `code` for machines, `zh` and `en` say why and what to do.

    Codes: empty, too_large, encrypted, image_only, damaged, unknown_format, wrong_encoding,
    too_complex, too_slow, not_a_report, not_found, two_reports.
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.code = code
        self.zh = zh
        self.en = en

    def message(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en
