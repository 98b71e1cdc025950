"""Files with what they carry unseen taken out: properties and authors, comments where that is asked for."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.documents.limits import Budget
from gongkai.documents.publishing.file_names import split_name
from gongkai.documents.publishing.formats import FORMATS
from gongkai.documents.publishing.refusing import guarded, refusal
from gongkai.documents.publishing.sniffed import sniffed

METADATA, COMMENTS = "metadata", "comments"
SECONDS = 15.0
_PACKAGES = ("docx", "xlsx", "pptx")


@guarded
def cleaned(content: bytes, name: str, remove: Collection[str] = frozenset((METADATA,))) -> bytes:
    """The file without what `remove` names: "metadata", "comments". `hidden_data` no longer reports these.

    Tracked changes are neither accepted nor rejected, hidden sheets and the like stay: a person decides on
    them. Only the names in tracked changes go, with the metadata. For docx, xlsx, pptx (metadata alone), pdf,
    jpg, png. Raises cannot_clean for other kinds, signed for a pdf whose signature would break, and the codes
    of `accept`. Other words in `remove` ask for nothing.
    """
    budget = Budget(seconds=SECONDS)
    remove = frozenset([remove] if isinstance(remove, str) else remove)
    kind = sniffed(content, split_name(name)[1], budget)
    if kind in _PACKAGES:
        from gongkai.documents.publishing.cleaning_office import cleaned_package

        return cleaned_package(content, kind, remove, budget)
    if kind == "pdf":
        from gongkai.documents.publishing.cleaning_pdf import cleaned_pdf

        return cleaned_pdf(content, remove, budget)
    if kind in ("png", "jpg"):
        from gongkai.documents.publishing.cleaning_pictures import cleaned_picture

        return cleaned_picture(content) if METADATA in remove else content
    raise refusal("cannot_clean", zh=FORMATS[kind].zh, en=FORMATS[kind].en)
