"""Every file of a version against its digest: for `gongkai audit verify --files`."""

from __future__ import annotations

from gongkai.web.audit.verifying import Verdict
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.models import Attachment, Image
from gongkai.web.organs.errors import WorkError

_AT_ONCE = 2000


def check_files(verdict: Verdict) -> None:
    """Read each file once, however many rows name it; a fault names the first row. One query a model."""
    looked_at: set[str] = set()
    for model in (Attachment, Image):
        rows = model.objects.order_by("pk").values_list("pk", "sha256")
        for pk, digest in rows.iterator(chunk_size=_AT_ONCE):
            if digest in looked_at:
                continue
            looked_at.add(digest)
            verdict.files += 1
            try:
                file_store.load(digest)
            except WorkError as fault:
                verdict.add(fault.code, f"{model._meta.label_lower}:{pk}", fault.zh, fault.en)
