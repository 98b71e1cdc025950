"""A second look at passages that share n-grams: which say the same in the same order (extra `rerank`).

N-grams see what words two passages share, not their order; aligning them character by character does, at a
hundred times the cost. So the n-grams choose the few that are aligned.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence

from gongkai.wording.normal import compact


class RerankerMissing(RuntimeError):
    """The extra is not installed. `zh`, `en`: what to do."""

    def __init__(self) -> None:
        self.zh = "没有安装重排组件：请先执行 pip install gongkai[rerank]，或者不用重排。"
        self.en = "the reranker is not installed: pip install gongkai[rerank], or do without it"
        super().__init__(self.zh)


def is_installed() -> bool:
    return importlib.util.find_spec("rapidfuzz") is not None


def by_alignment(query: str, texts: Sequence[str]) -> list[float]:
    """For each text how much of the query it says in the same order, 0 to 1: for `near_copies.nearest`.

    Raises RerankerMissing without the extra.
    """
    if not is_installed():
        raise RerankerMissing
    from rapidfuzz import fuzz

    plain = compact(query)
    return [fuzz.ratio(plain, compact(text)) / 100 for text in texts]
