"""The reranker of the extra `rerank`: order of words decides between passages of the same words."""

from __future__ import annotations

import pytest

from gongkai.wording import reranking
from gongkai.wording.near_copies import Passage, Reference, nearest

QUERY = "先公布办理依据，再说明办理程序，最后公布办理结果。"
SAME = "先公布办理依据，再说明办理程序，最后公布结果。"
TURNED = "最后公布办理结果，再说明办理程序，先公布办理依据。"

needs_extra = pytest.mark.skipif(not reranking.is_installed(), reason="the extra `rerank` is not installed")


@needs_extra
def test_of_passages_with_the_same_words_the_one_in_the_same_order_comes_first() -> None:
    reference = Reference([Passage("乙", 0, TURNED), Passage("甲", 0, SAME)])
    found = nearest(QUERY, reference, rerank=reranking.by_alignment)
    assert [passage.source for passage, _ in found] == ["甲", "乙"]
    assert all(0 <= score <= 1 for _, score in found)


@needs_extra
def test_a_passage_is_wholly_like_itself() -> None:
    assert reranking.by_alignment(QUERY, [QUERY, ""]) == [1.0, 0.0]


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reranking, "is_installed", lambda: False)
    with pytest.raises(reranking.RerankerMissing, match="pip install"):
        reranking.by_alignment(QUERY, [SAME])
