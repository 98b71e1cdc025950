"""Who may do what with channels."""

from __future__ import annotations

from gongkai.web.disclosure.permissions import may_draft, may_see
from gongkai.web.organs.permissions import is_administrator, is_disclosure_office, is_signed_in

# The keys of an organ's accounts: those who keep its settings, and the office that answers for what goes out.
may_keep_channels = is_signed_in & (is_disclosure_office | is_administrator)
# Where a record goes besides the portal is said by those who draft it.
may_choose = may_draft
may_handle = may_draft
may_see_releases = may_see
