"""Django's admin at /admin/: the installation's settings, for its keepers alone.

It holds organs and people to look at, and sign-in lock-outs to lift. No record, no review, no request is
registered here or ever may be: what is published goes through its review, for no account past it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axes.models import AccessAttempt
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gongkai.web.audit.actions import Change, append
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.signing_in.gate import has_second_factor

if TYPE_CHECKING:
    _Rows = admin.ModelAdmin[Any]
else:
    _Rows = admin.ModelAdmin


class KeepersSite(admin.AdminSite):
    """Open to superusers who have a second factor; others are led to the sign-in page or refused."""

    site_header = _("公开 · 系统设置")
    site_title = _("系统设置")
    index_title = _("系统设置")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        staff = request.user
        return bool(staff.is_active and staff.is_superuser and has_second_factor(staff))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one door: a sign-in page of the admin's own would have no lock and no second factor."""
        from django.core.exceptions import PermissionDenied
        from django.shortcuts import redirect

        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect("account_login")


class LookOnly(_Rows):
    """Rows to look at: they change through the settings pages and the command line."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OrganRows(LookOnly):
    list_display = ("name", "code", "kind", "level", "parent", "requires_second_factor", "is_active")
    list_filter = ("level", "is_active", "requires_second_factor")
    search_fields = ("name", "code", "credit_code")
    list_select_related = ("parent",)
    exclude = ("emblem",)


class StaffRows(LookOnly):
    list_display = ("username", "organ", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username",)
    list_select_related = ("organ",)
    fields = ("username", "name", "organ", "unit", "is_active", "is_superuser", "joined_at", "last_login")


class LockOuts(LookOnly):
    """Names with failures. Deleting a row lifts the lock-out; it is entered in the log."""

    list_display = ("username", "ip_address", "failures_since_start", "attempt_time")
    search_fields = ("username", "ip_address")
    fields = ("username", "ip_address", "user_agent", "failures_since_start", "attempt_time")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: AccessAttempt) -> None:
        self._lift(request, [obj])

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        self._lift(request, list(queryset))

    def _lift(self, request: HttpRequest, attempts: list[AccessAttempt]) -> None:
        by = Staff.objects.get(username=request.user.get_username())
        for one in attempts:
            staff = Staff.objects.filter(username=one.username).first()
            organ_id = staff.organ_id if staff else None
            after = {"failures_forgotten": one.failures_since_start}
            append(Change("organs.account_unlocked", by, staff, organ_id=organ_id, after=after))
            one.delete()


keepers = KeepersSite(name="admin")
keepers.register(Organ, OrganRows)
keepers.register(Staff, StaffRows)
keepers.register(AccessAttempt, LockOuts)
