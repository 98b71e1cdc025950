"""What the log refuses."""

from __future__ import annotations

from gongkai.web.organs.errors import WorkError


class AuditError(WorkError):
    """The log cannot do what was asked; `code` for machines."""
