"""One model in a plain admin, open to everybody: the peer has no sign-in to pay for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.urls import path

from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Staff


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "document_number", "made_on", "published_at", "validity", "state")
    list_filter = ("kind", "category", "state")
    list_per_page = 20
    # A select of every record and person would be no fair peer.
    raw_id_fields = ("unit", "created_by", "checklist_item", "published", "working", "repealed_by")


site = admin.AdminSite(name="admin")
site.register(Record, RecordAdmin)
urlpatterns = [path("admin/", site.urls)]


def let_in(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Middleware: whoever asks is a superuser that no table knows."""

    def answer(request: Any) -> Any:
        request.user = Staff(pk=0, username="peer", name="peer", is_staff=True, is_superuser=True)
        return get_response(request)

    return answer
