"""What the database refuses of records, versions and reviews, by whatever way it is asked (REG.17).

The same rules stand in the actions, with words for people; these are for imports, shells and our mistakes.
"""

from __future__ import annotations

from gongkai.web.audit.guards import Guard

_SECRECY = (
    "SELECT 1 FROM disclosure_review r WHERE r.id = NEW.secrecy_review_id AND r.version_id = NEW.id "
    "AND r.step = 'secrecy_officer' AND r.result = 'passed' AND r.round = NEW.review_round "
    "AND r.content_digest = NEW.content_digest AND r.decided_by_id = NEW.secrecy_reviewer_id "
    "AND r.decided_by_id <> NEW.drafted_by_id"
)
# What has been out stays among the former versions, where readers find it.
_OUT = "NEW.stage IN ('approved', 'scheduled', 'published', 'superseded')"
_CONTENT = (
    "title",
    "document_number",
    "category",
    "theme",
    "genre",
    "made_on",
    "changed_on",
    "decided_on",
    "effective_on",
    "expires_on",
    "for_year",
    "mode",
    "summary",
    "keywords",
    "joint_organs",
    "body",
    "change",
    "change_note",
    "drafted_by_id",
    "record_id",
    "number",
)
_CHANGED_SQLITE = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _CONTENT)
_CHANGED_POSTGRESQL = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _CONTENT)
_SETTLED = "OLD.stage NOT IN ('draft', 'returned')"
# A digest cannot be reckoned here. So what has been reviewed cannot go back to be rewritten and come out
# again under its old review: a draft leads into a new round alone, and what was public is never a draft.
_WRONG_WAY = (
    "(OLD.stage IN ('draft', 'returned') "
    "AND NEW.stage NOT IN ('draft', 'returned', 'in_review', 'abandoned')) "
    "OR (OLD.stage IN ('draft', 'returned') AND NEW.stage = 'in_review' "
    "AND NEW.review_round <= OLD.review_round) "
    "OR (OLD.stage = 'published' AND NEW.stage NOT IN ('published', 'superseded', 'withdrawn')) "
    "OR (OLD.stage IN ('superseded', 'withdrawn', 'abandoned') AND NEW.stage <> OLD.stage)"
)
# Who has written in a version stays its writer, and does not review it.
_FEWER_WRITERS = (
    "NEW.drafted_by_id <> OLD.drafted_by_id OR EXISTS (SELECT 1 FROM json_each(OLD.written_by) o "
    "WHERE o.value NOT IN (SELECT n.value FROM json_each(NEW.written_by) n))"
)
_FEWER_WRITERS_POSTGRESQL = "NEW.drafted_by_id <> OLD.drafted_by_id OR NOT (NEW.written_by @> OLD.written_by)"
# As `content.CACHED` names them: what lists show of a public record is what its version says.
_SHOWN = (
    "title",
    "document_number",
    "category",
    "theme",
    "genre",
    "made_on",
    "effective_on",
    "expires_on",
    "summary",
)


def _shows_its_version(same: str) -> str:
    columns = " ".join(f"AND v.{name} {same} NEW.{name}" for name in _SHOWN)
    return (
        "NEW.state = 'published' AND NOT EXISTS (SELECT 1 FROM disclosure_version v "
        f"WHERE v.id = NEW.published_id AND v.record_id = NEW.id AND v.stage = 'published' {columns})"
    )


def _settled_version(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM disclosure_version v WHERE v.id = {row}.version_id "
        "AND v.stage NOT IN ('draft', 'returned'))"
    )


GUARDS = (
    Guard(
        "no_publication_unreviewed",
        "disclosure_version",
        ("INSERT", "UPDATE"),
        "no publication without a recorded secrecy review by another than the writers",
        when=f"{_OUT} AND NOT EXISTS ({_SECRECY} AND NOT EXISTS "
        "(SELECT 1 FROM json_each(NEW.written_by) j WHERE j.value = r.decided_by_id))",
        when_postgresql=f"{_OUT} AND NOT EXISTS ({_SECRECY} "
        "AND NOT (NEW.written_by @> to_jsonb(r.decided_by_id)))",
    ),
    Guard(
        "no_record_public_without_version",
        "disclosure_record",
        ("INSERT", "UPDATE"),
        "a public record shows a published version and what it says",
        when=_shows_its_version("IS"),
        when_postgresql=_shows_its_version("IS NOT DISTINCT FROM"),
    ),
    Guard(
        "version_begins_as_a_draft",
        "disclosure_version",
        ("INSERT",),
        "a version begins as a draft",
        when="NEW.stage <> 'draft'",
    ),
    Guard(
        "version_goes_through_a_review_of_its_own",
        "disclosure_version",
        ("UPDATE",),
        "a draft leads into a new round of review, and what was public is no draft again",
        when=_WRONG_WAY,
    ),
    Guard(
        "version_keeps_its_writers",
        "disclosure_version",
        ("UPDATE",),
        "who has written in a version stays its writer",
        when=_FEWER_WRITERS,
        when_postgresql=_FEWER_WRITERS_POSTGRESQL,
    ),
    Guard(
        "reviewed_content_stays",
        "disclosure_version",
        ("UPDATE",),
        "what is in review or has been public does not change",
        when=f"{_SETTLED} AND ({_CHANGED_SQLITE})",
        when_postgresql=f"{_SETTLED} AND ({_CHANGED_POSTGRESQL})",
    ),
    Guard(
        "decided_review_stays",
        "disclosure_review",
        ("UPDATE",),
        "a decision is never changed",
        when="OLD.result <> ''",
    ),
    *(
        Guard(f"{table}_never_deleted", f"disclosure_{table}", ("DELETE",), f"a {table} is never deleted")
        for table in ("record", "version", "review", "gate", "figure", "withhelditem", "checklistitem")
    ),
    *(
        Guard(
            f"{table}_of_settled_version_stays",
            f"disclosure_{table}",
            ("DELETE", "UPDATE"),
            "files of what is in review or public stay",
            when=_settled_version("OLD"),
        )
        for table in ("attachment", "image")
    ),
    *(
        Guard(
            f"{table}_only_into_a_draft",
            f"disclosure_{table}",
            ("INSERT",),
            "files are added to drafts alone",
            when=_settled_version("NEW"),
        )
        for table in ("attachment", "image")
    ),
)
