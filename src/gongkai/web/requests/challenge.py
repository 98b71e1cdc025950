"""What is asked when very much is sent: a small sum of work by the browser, or a plain question without
scripts. Ours alone: no other site is asked who is a person."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, NamedTuple

from django.core import signing

from gongkai.web.participation.pacing import taken_once
from gongkai.web.participation.strangers import Question, is_answered, new_question
from gongkai.web.requests.settled import settled

_SALT = "requests.challenge"
_HOLDS = 3600  # seconds
_LONGEST = 20  # digits of what was found


class Challenge(NamedTuple):
    """`work`: to be found is a number behind which SHA-256 of `work:number` begins with `bits` zero bits."""

    work: str
    bits: int
    question: Question


def new_challenge() -> Challenge:
    bits = int(settled()["challenge"]["bits"])
    work = signing.dumps({"n": secrets.token_hex(8), "b": bits}, salt=_SALT)
    return Challenge(work, bits, new_question())


def is_met(said: Any) -> bool:
    """Whether a form (a dict of its fields) brings the work, or the answer to the question; each once."""
    work, found = str(said.get("work", ""))[:300], str(said.get("found", ""))[:_LONGEST]
    if found and _is_worked(work, found):
        return True
    return is_answered(str(said.get("token", ""))[:400], str(said.get("question", ""))[:20])


def zero_bits(work: str, found: str) -> int:
    """With how many zero bits the digest begins."""
    digest = hashlib.sha256(f"{work}:{found}".encode()).digest()
    return 256 - int.from_bytes(digest, "big").bit_length()


def _is_worked(work: str, found: str) -> bool:
    if not (found.isascii() and found.isdigit()):
        return False
    try:
        said = signing.loads(work, salt=_SALT, max_age=_HOLDS)
    except signing.BadSignature:
        return False
    return zero_bits(work, found) >= int(said["b"]) and taken_once(work, _HOLDS)
