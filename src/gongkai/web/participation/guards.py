"""What the database refuses of reports, consultations and opinions, by whatever way it is asked."""

from __future__ import annotations

from gongkai.web.audit.guards import Guard

_OPINION = ("consultation_id", "terms_id", "received_at", "received_on", "channel", "entered_by_id", "nonce")
_SAID = ("words", "name", "contact")
_SEALED = ("name", "contact")  # config.sealing
_DESTROYED = "NEW.destroyed_at IS NOT NULL"
# The answers of SQLite are text; of PostgreSQL jsonb: both compare by value.
_ANSWERS_SQLITE = "NEW.answers IS NOT OLD.answers"
_ANSWERS_POSTGRESQL = "NEW.answers IS DISTINCT FROM OLD.answers"
# A letter that had come in time may be taken down later; what is sent online is taken at once or never.
_CLOSED = (
    "EXISTS (SELECT 1 FROM participation_consultation c WHERE c.id = NEW.consultation_id "
    "AND c.closed_at IS NOT NULL AND (NEW.channel = 'online' OR NEW.received_on > c.last_day))"
)
_NOT_THE_COUNT = (
    "NEW.closed_count <> (SELECT count(*) FROM participation_opinion o WHERE o.consultation_id = NEW.id)"
)


def _opened_or_miscounted(same: str) -> str:
    """The moment of closing stays; the count follows what has come in time, and nothing else."""
    return (
        f"OLD.closed_at IS NOT NULL AND (NEW.closed_at {same} OLD.closed_at "
        f"OR NEW.last_day {same} OLD.last_day "
        f"OR (NEW.closed_count {same} OLD.closed_count AND {_NOT_THE_COUNT}))"
    )


_SETTLED_NEW = (
    "EXISTS (SELECT 1 FROM disclosure_version v WHERE v.id = NEW.version_id "
    "AND v.stage NOT IN ('draft', 'returned'))"
)
_SETTLED_OLD = (
    "EXISTS (SELECT 1 FROM disclosure_version v WHERE v.id = OLD.version_id "
    "AND v.stage NOT IN ('draft', 'returned'))"
)


def _changed(names: tuple[str, ...], same: str) -> str:
    return " OR ".join(f"NEW.{name} {same} OLD.{name}" for name in names)


def _said_changed(same: str) -> str:
    """What was said stays as it was said, or is destroyed: emptied, with the time. What is sealed may be
    sealed anew after a change of the installation's key."""
    anew = {name: f" AND NOT (OLD.{name} LIKE 'v1.%' AND NEW.{name} LIKE 'v1.%')" for name in _SEALED}
    return " OR ".join(
        f"(NEW.{name} {same} OLD.{name} AND NOT (NEW.{name} = '' AND {_DESTROYED}){anew.get(name, '')})"
        for name in _SAID
    )


GUARDS = (
    *(
        Guard(
            f"participation_{table}_never_deleted",
            f"participation_{table}",
            ("DELETE",),
            f"{table}: never deleted",
        )
        for table in ("errorreport", "consultation", "opinion", "concern", "response")
    ),
    Guard(
        "opinion_stays_as_it_was_sent",
        "participation_opinion",
        ("UPDATE",),
        "what a citizen has said is never changed; personal data in it can be destroyed",
        when=f"{_changed(_OPINION, 'IS NOT')} OR {_said_changed('IS NOT')} "
        f"OR ({_ANSWERS_SQLITE} AND NOT ({_DESTROYED}))",
        when_postgresql=f"{_changed(_OPINION, 'IS DISTINCT FROM')} OR {_said_changed('IS DISTINCT FROM')} "
        f"OR ({_ANSWERS_POSTGRESQL} AND NOT ({_DESTROYED}))",
    ),
    Guard(
        "report_keeps_what_it_is_sealed_for",
        "participation_errorreport",
        ("UPDATE",),
        "what the contact of a report is sealed for never changes",
        when="NEW.nonce <> OLD.nonce",
    ),
    Guard(
        "no_opinion_after_the_last_day",
        "participation_opinion",
        ("INSERT",),
        "a closed consultation takes no more opinions but those that had come in time",
        when=_CLOSED,
    ),
    Guard(
        "closed_consultation_stays_closed",
        "participation_consultation",
        ("UPDATE",),
        "what is closed stays closed, with its count",
        when=_opened_or_miscounted("IS NOT"),
        when_postgresql=_opened_or_miscounted("IS DISTINCT FROM"),
    ),
    Guard(
        "terms_of_settled_version_stay",
        "participation_terms",
        ("UPDATE", "DELETE"),
        "what is in review or has been public is asked as it was reviewed",
        when=_SETTLED_OLD,
    ),
    Guard(
        "terms_only_into_a_draft",
        "participation_terms",
        ("INSERT",),
        "what is asked is written into drafts alone",
        when=_SETTLED_NEW,
    ),
    Guard(
        "terms_stay_with_their_version",
        "participation_terms",
        ("UPDATE",),
        "terms stay with their version",
        when="NEW.version_id <> OLD.version_id OR NEW.consultation_id <> OLD.consultation_id",
    ),
)
