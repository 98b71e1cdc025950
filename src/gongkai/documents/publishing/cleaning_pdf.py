"""pdf without properties, earlier versions, notes of programs; without comments where that is asked for."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf

from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import Budget
from gongkai.documents.publishing.cleaning_pictures import cleaned_picture
from gongkai.documents.publishing.hidden_pdf import is_comment, is_signed, raw_jpeg, stream_bytes
from gongkai.documents.publishing.pdf_file import dictionaries, opened
from gongkai.documents.publishing.refusing import refusal

# What a file says of the archiving standard it keeps to; without it a PDF/A is none.
_STANDARD = re.compile(
    rb"pdfaid:(part|conformance)(?:\s*=\s*[\"']|\b[^>=]*(?:=[^>]*)?>)\s*([0-9A-Za-z]{1,2})\b"
)
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">{}</rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="w"?>'
)


def cleaned_pdf(content: bytes, remove: frozenset[str], budget: Budget) -> bytes:
    """The pdf written anew. Raises signed, encrypted, damaged, too_complex, too_slow."""
    try:
        with opened(content, budget) as pdf:
            if is_signed(pdf):
                raise refusal("signed")
            if "metadata" in remove:
                _remove_metadata(pdf, budget)
            if "comments" in remove:
                _remove_comments(pdf, budget)
            stream = io.BytesIO()
            # Written as a whole: what nothing points to any more is left behind.
            pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
            return stream.getvalue()
    except pikepdf.PikepdfError as error:
        raise refusal("damaged", kind="pdf") from error


def _remove_metadata(pdf: pikepdf.Pdf, budget: Budget) -> None:
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key in set(dict(info.items())) - {"/Title"}:
            del info[key]
    metadata = pdf.Root.get("/Metadata")
    standard = _STANDARD.findall(stream_bytes(metadata)) if isinstance(metadata, pikepdf.Stream) else []
    for found, written in dictionaries(pdf, budget):
        if b"/DCTDecode" in written and isinstance(found, pikepdf.Stream):
            _clean_picture(found)
        for key in ("/Metadata", "/PieceInfo", "/LastModified"):
            if key.encode() in written:
                _remove_key(found, key)
    if standard:
        said = "".join(
            f"<pdfaid:{name.decode()}>{value.decode()}</pdfaid:{name.decode()}>" for name, value in standard
        )
        kept = pikepdf.Stream(pdf, _XMP.format(said).encode())
        kept["/Type"], kept["/Subtype"] = pikepdf.Name("/Metadata"), pikepdf.Name("/XML")
        pdf.Root["/Metadata"] = kept


def _remove_key(found: Any, key: str) -> None:
    """Takes a key out of a dictionary and of those that stand within it."""
    waiting = [(found, 0)]
    while waiting:
        held, depth = waiting.pop()
        if depth > 8:
            continue
        if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
            if key in held:
                del held[key]
            inner = (
                list(held.values())
                if isinstance(held, pikepdf.Dictionary)
                else list(held.stream_dict.values())
            )
        else:
            inner = list(held) if isinstance(held, pikepdf.Array) else []
        waiting += [
            (one, depth + 1)
            for one in inner
            if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect
        ]


def _clean_picture(stream: pikepdf.Stream) -> None:
    raw = raw_jpeg(stream)
    if not raw.startswith(b"\xff\xd8"):
        return
    try:
        smaller = cleaned_picture(raw)
    except DocumentError:
        return  # a torn picture: `hidden_data` reads nothing in it either
    if smaller != raw:
        parameters: Any = stream.get("/DecodeParms")
        stream.write(smaller, filter=pikepdf.Name("/DCTDecode"), decode_parms=parameters)


def _remove_comments(pdf: pikepdf.Pdf, budget: Budget) -> None:
    for page in pdf.pages:
        budget.check_time()
        notes = page.obj.get("/Annots")
        if not isinstance(notes, pikepdf.Array):
            continue
        kept = [note for note in notes if not is_comment(note)]
        if len(kept) < len(notes):
            page.obj["/Annots"] = pikepdf.Array(kept)
