"""The equal words of this installation: those that come along, the office's own, the names of organs here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from operator import or_
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from gongkai.web.organs.models import Organ
from gongkai.web.search.engine.equal import EqualWords, Malformed, known_words, read, with_more

logger = logging.getLogger(__name__)
FILE = "search_words.toml"  # in GONGKAI_DATA; of the form of search/data/words.toml


def words_here() -> EqualWords:
    """The words as they are now; one query for each short name of an organ that is asked for, none otherwise.

    A file of the office that cannot be read is told of in the log, and left out.
    """
    return replace(_with_those_of(Path(settings.DATA) / FILE), borne=_borne())


def _with_those_of(path: Path) -> EqualWords:
    try:
        facts = path.stat()
    except OSError:
        return known_words()
    return _read(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> EqualWords:
    try:
        return with_more(known_words(), read(path.read_text("utf-8"), str(path)))
    except (Malformed, OSError, UnicodeDecodeError) as problem:
        logger.warning("equal words of the office are left out: %s", problem)
        return known_words()


def _borne() -> Callable[[Sequence[str]], Sequence[str]]:
    asked: dict[Sequence[str], Sequence[str]] = {}

    def borne(names: Sequence[str]) -> Sequence[str]:
        if names not in asked:
            ends = reduce(or_, (Q(name__endswith=one) for one in names))
            here = list(Organ.objects.filter(ends).values_list("name", flat=True))
            asked[names] = [one for one in names if any(name.endswith(one) for name in here)]
        return asked[names]

    return borne
