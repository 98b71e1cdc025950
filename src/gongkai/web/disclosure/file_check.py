"""Every file of a version against its digest: for `gongkai audit verify --files`."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.audit.verifying import Verdict
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.models import Attachment, Image, Version
from gongkai.web.organs.errors import WorkError

_AT_ONCE = 2000


def check_files(verdict: Verdict) -> None:
    """Read each file once, however many rows name it; a fault names the first row. One query a model."""
    looked_at: set[str] = set()
    for pk, digest in _kept_contents():
        if digest not in looked_at and file_store.path_of(digest).exists():
            looked_at.add(digest)
            _look(verdict, digest, f"disclosure.version:{pk}")
    for model in (Attachment, Image):
        rows = model.objects.order_by("pk").values_list("pk", "sha256")
        for pk, digest in rows.iterator(chunk_size=_AT_ONCE):
            if digest in looked_at:
                continue
            looked_at.add(digest)
            _look(verdict, digest, f"{model._meta.label_lower}:{pk}")


def _look(verdict: Verdict, digest: str, where: str) -> None:
    verdict.files += 1
    try:
        file_store.load(digest)
    except WorkError as fault:
        verdict.add(fault.code, where, fault.zh, fault.en)


def _kept_contents() -> Iterator[tuple[int, str]]:
    """Each version's content as its reviewers saw it: kept from its first submission on, in bulk data not."""
    seen = Version.objects.exclude(content_digest="").order_by("pk").values_list("pk", "content_digest")
    return seen.iterator(chunk_size=_AT_ONCE)
