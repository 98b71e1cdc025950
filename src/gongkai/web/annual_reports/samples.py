"""The fictional sample reports of the repository's `samples/` folder, for the button 试一试."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: its file, and what it is in both languages."""

    name: str
    title: str
    title_en: str
    shows: str
    shows_en: str

    def titled(self, lang: str) -> tuple[str, str]:
        """Title and what it shows, in "zh" or "en"."""
        return (self.title, self.shows) if lang == "zh" else (self.title_en, self.shows_en)

    def content(self) -> bytes:
        return (settings.SAMPLES / self.name).read_bytes()


def samples() -> dict[str, Sample]:
    """The samples by file name, in the order of `samples.toml`; none where the folder is not there."""
    index = settings.SAMPLES / "samples.toml"
    if not index.is_file():
        return {}
    entries = tomllib.loads(index.read_text("utf-8"))["samples"]
    found = [
        Sample(e["file"], e["title"], e["title_en"], e["shows"], e["shows_en"])
        for e in entries
        if (settings.SAMPLES / e["file"]).is_file()
    ]
    return {sample.name: sample for sample in found}
