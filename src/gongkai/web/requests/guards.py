"""What the database refuses of requests, by whatever way it is asked."""

from __future__ import annotations

from gongkai.web.audit.guards import Guard

_NEVER_DELETED = (
    "case",
    "casekey",
    "caseevent",
    "requester",
    "party",
    "decision",
    "approval",
    "letter",
    "account",
)
_EVENT = ("case_id", "kind", '"on"', "party", "until", "days", "way", "note", "recorded_at", "recorded_by_id")
_CASE = ("uid", "organ_id", "year", "serial", "query_code", "submitted_at")
_LETTER = (
    "case_id",
    "organ_id",
    "kind",
    "number",
    "text",
    "template_digest",
    "dated",
    "issued_at",
    "pdf_id",
    "decision_id",
)


def _changed(names: tuple[str, ...], same: str) -> str:
    return " OR ".join(f"NEW.{name} {same} OLD.{name}" for name in names)


def _both(names: tuple[str, ...], and_when: str = "") -> dict[str, str]:
    condition = f"{and_when} AND ({{}})" if and_when else "{}"
    return {
        "when": condition.format(_changed(names, "IS NOT")),
        "when_postgresql": condition.format(_changed(names, "IS DISTINCT FROM")),
    }


GUARDS = (
    *(
        Guard(
            f"requests_{table}_never_deleted",
            f"requests_{table}",
            ("DELETE",),
            f"requests_{table}: never deleted",
        )
        for table in _NEVER_DELETED
    ),
    Guard(
        "case_event_stays_as_recorded",
        "requests_caseevent",
        ("UPDATE",),
        "a fact of a case is never changed: it is voided with a reason, and recorded anew",
        **_both(_EVENT),
    ),
    Guard(
        "voided_event_stays_voided",
        "requests_caseevent",
        ("UPDATE",),
        "what was voided stays voided",
        when="OLD.voided_at IS NOT NULL",
    ),
    Guard(
        "case_keeps_its_number",
        "requests_case",
        ("UPDATE",),
        "a case keeps its number, its code and its organ",
        **_both(_CASE),
    ),
    Guard(
        "case_of_the_portal_stays_one",
        "requests_case",
        ("UPDATE",),
        "what came by the portal came by it, and what came otherwise did not",
        when="NEW.channel <> OLD.channel AND (NEW.channel = 'web' OR OLD.channel = 'web')",
    ),
    Guard(
        "issued_letter_stays",
        "requests_letter",
        ("UPDATE",),
        "a letter stays as it was issued",
        **_both(_LETTER, "OLD.issued_at IS NOT NULL"),
    ),
    Guard(
        "made_decision_stays",
        "requests_decision",
        ("UPDATE",),
        "a decision stays as it was made",
        **_both(
            (
                *("case_id", "kind", "outcome", "basis", "finding", "reasons", "information", "withheld"),
                *("made_on", "stage"),
            ),
            "OLD.stage = 'made'",
        ),
    ),
    Guard(
        "account_keeps_what_it_is_sealed_for",
        "requests_account",
        ("UPDATE",),
        "what the address of an account is sealed for never changes",
        when="NEW.uid <> OLD.uid",
    ),
    Guard(
        "closed_account_stays_closed",
        "requests_account",
        ("UPDATE",),
        "a closed account does not come back",
        when="OLD.closed_at IS NOT NULL",
    ),
    Guard(
        "destroyed_key_stays_destroyed",
        "requests_casekey",
        ("UPDATE",),
        "a destroyed key does not come back",
        when="OLD.destroyed_at IS NOT NULL",
    ),
)
