"""What staff see first: to-do, lists, figures."""

from __future__ import annotations

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "gongkai.web.workspace"
    label = "workspace"
    verbose_name = "工作台"
