"""Triggers that note every change to what the public may see, by whatever way it was made.

On PostgreSQL a row is numbered under the lock that every entry of the log is written under (audit.actions):
whoever comes later has the higher number and is seen later. A lock of its own would be taken now before the
log's, now after it, and two writers would block each other. SQLite has one writer at a time anyway.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.audit.guards import Guard

_ROW = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}
# What a reader sees of a record that is public, or of the stub of one that was.
_SHOWN_STATES = "('published', 'withdrawn')"
_SHOWN_STAGES = "('published', 'superseded', 'withdrawn')"
# Columns that no reader sees anything of: what is at work, who does it, by when.
_UNSEEN = ("working_id", "revision", "unit_id", "checklist_item_id", "due_on", "due_is_provisional")
_SEEN = (
    *("organ_id", "kind", "index_number", "state", "published_id", "withdrawn_at", "withdrawal_reason"),
    *("repealed_on", "repealed_by_id", "amended_on", "repeal_basis", "title", "document_number", "category"),
    *("theme", "genre", "made_on", "effective_on", "expires_on", "summary", "validity"),
    *("first_published_at", "published_at"),
)
_NOW_SQLITE = "strftime('%Y-%m-%d %H:%M:%f', 'now')"


@dataclass(frozen=True, slots=True)
class Noting(Guard):
    """Refuses nothing: notes the records that a change is about, each once.

    `about`: a SELECT of `id, organ_id` of records, over the row as it was or as it is, written `{row}`.
    `seen`: of an UPDATE, the columns that matter; empty: any.
    """

    about: str = ""
    seen: tuple[str, ...] = ()

    def _records(self, event: str) -> str:
        return " UNION ".join(self.about.format(row=row) for row in _ROW[event])

    def _changed(self, event: str, differs: str) -> str:
        if event != "UPDATE" or not self.seen:
            return ""
        return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in self.seen)

    def _insertion(self, event: str, now: str) -> str:
        return (
            "INSERT INTO disclosure_publicchange (record_id, organ_id, at) "
            f"SELECT changed.id, changed.organ_id, {now} FROM ({self._records(event)}) AS changed;"
        )

    def _sqlite(self) -> list[str]:
        made = []
        for event in self.events:
            changed = self._changed(event, "IS NOT")
            condition = f"WHEN {changed} " if changed else ""
            made.append(
                f"CREATE TRIGGER {self.name}_{event.lower()} AFTER {event} ON {self.table} FOR EACH ROW "
                f"{condition}BEGIN {self._insertion(event, _NOW_SQLITE)} END"
            )
        return made

    def _postgresql(self) -> list[str]:
        parts = []
        for event in self.events:
            changed = self._changed(event, "IS DISTINCT FROM")
            asked = f"({changed}) AND " if changed else ""
            parts.append(
                f"IF TG_OP = '{event}' THEN IF {asked}EXISTS ({self._records(event)}) THEN "
                "PERFORM 1 FROM audit_chainhead WHERE id = 1 FOR UPDATE; "
                f"{self._insertion(event, 'clock_timestamp()')} END IF; END IF;"
            )
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$noting$ BEGIN {' '.join(parts)} RETURN NULL; END $noting$",
            f"CREATE TRIGGER {self.name} AFTER {' OR '.join(self.events)} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


_ANY = ("INSERT", "UPDATE", "DELETE")
_OF_VERSION = (
    "SELECT r.id, r.organ_id FROM disclosure_record r JOIN disclosure_version v ON v.record_id = r.id "
    f"WHERE v.id = {{row}}.version_id AND v.stage IN {_SHOWN_STAGES} AND r.state IN {_SHOWN_STATES}"
)
OUTBOX = (
    Noting(
        "noted_record",
        "disclosure_record",
        _ANY,
        "",
        about=f"SELECT {{row}}.id AS id, {{row}}.organ_id AS organ_id WHERE {{row}}.state IN {_SHOWN_STATES}",
        seen=_SEEN,
    ),
    Noting(
        "noted_version",
        "disclosure_version",
        _ANY,
        "",
        about="SELECT r.id, r.organ_id FROM disclosure_record r WHERE r.id = {row}.record_id "
        f"AND r.state IN {_SHOWN_STATES} AND {{row}}.stage IN {_SHOWN_STAGES}",
    ),
    Noting("noted_attachment", "disclosure_attachment", _ANY, "", about=_OF_VERSION),
    Noting("noted_image", "disclosure_image", _ANY, "", about=_OF_VERSION),
    Noting(
        "noted_link",
        "disclosure_link",
        _ANY,
        "",
        about="SELECT r.id, r.organ_id FROM disclosure_record r "
        "WHERE r.id IN ({row}.source_id, {row}.target_id) AND r.state = 'published'",
    ),
)
