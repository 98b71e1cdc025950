"""Where the editor leads to once the draft is saved: nobody leaves it with words that are not."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from gongkai.web.disclosure.actions.drafting import draft_of
from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.proposals import repeals_told

_LINK = "link-"


def address_after_saving(request: HttpRequest, record: Record) -> str:
    """The address that the pressed button asks for: the record's page, a link proposed; "": the editor."""
    then = request.POST.get("then", "")
    if then == "record":
        return reverse("disclosure:record", args=(record.pk,))
    if not then.startswith(_LINK):
        return ""
    for one in repeals_told(record, draft_of(record)):
        if one.record is not None and one.can_be_linked and then == f"{_LINK}{one.record.pk}":
            asked = urlencode({"kind": "repeals", "target": one.record.index_number})
            return f"{reverse('disclosure:link', args=(record.pk,))}?{asked}"
    return ""
