"""Every skeleton filled with invented data: what the tests of the look render, and a browser looks at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.template import Engine, RequestContext
from django.test import RequestFactory
from django.urls import include, path, set_urlconf
from django.utils import translation
from django.utils.safestring import mark_safe
from tests.web.look_examples import (
    ATTACHMENTS,
    BODY,
    CHANGES,
    CHECKLIST_COLUMNS,
    COLUMNS,
    COUNTS,
    DAY,
    ENTRIES,
    FACTS,
    FINDINGS,
    ITEMS,
    NEXT,
    PIECES,
    PORTAL,
    PUBLIC_FACTS,
    RECORD_COLUMNS,
    RECORDS,
    RETURNED,
    STEPS,
    TASKS,
    TITLE,
    VERSIONS,
    WORK,
    WRITING,
    Filters,
    Importing,
    Reviewing,
    SigningIn,
    Writing,
    bound,
    day,
    groups,
)

import gongkai.web
from gongkai.web.look.pieces import Action, Count, Entry, Fact, ImportRow, Pages, Tab, Table

WEB = Path(gongkai.web.__file__).parent
ENGINE = Engine(
    dirs=[
        str(WEB / app / "templates") for app in ("look", "workspace", "portal", "disclosure", "participation")
    ],
    libraries={
        "look": "gongkai.web.look.templatetags.look",
        "i18n": "django.templatetags.i18n",
        "participation": "gongkai.web.participation.templatetags.participation",
        "static": "django.templatetags.static",
    },
)


def _nothing(*_: Any, **__: Any) -> HttpResponse:
    return HttpResponse()


_records = [path(f"{n}/", _nothing, name=n) for n in ["records", "reviews", "checklist", "figures", "import"]]
_work = [path("", _nothing, name="today"), path("search", _nothing, name="search")]
_portal = [
    path("organs", _nothing, name="organs"),
    path("o/organs.<slug:ending>", _nothing, name="organs_file"),
    path("o/catalogue.<slug:ending>", _nothing, name="whole_catalogue"),
    path("o/<slug:code>/", _nothing, name="organ"),
    path("o/<slug:code>/style.css", _nothing, name="style"),
    path("o/<slug:code>/feed.atom", _nothing, name="feed"),
]
_search = [
    path("search/", _nothing, name="site"),
    path("o/<slug:code>/search/", _nothing, name="organ"),
]
urlpatterns = [
    path("work/", include((_work, "workspace"))),
    path("", include((_search, "search"))),
    path("work/", include((_records, "disclosure"))),
    path("work/", include(([path("settings/", _nothing, name="settings")], "organs"))),
    path("", include((_portal, "portal"))),
    path("", include(([path("subscribe/feed.atom", _nothing, name="feed")], "subscriptions"))),
    path("accounts/logout/", _nothing, name="account_logout"),
]


def _editor() -> dict[str, Any]:
    form = Writing(initial=WRITING)
    return {
        "title": "编辑信息",
        "state": "returned",
        "back": Tab("信息", "/work/records/"),
        "form": form,
        "field_groups": groups(
            form, "document_number", "formed_on", "theme", "publish_at", "mode", "channels", "urgent", "file"
        ),
        "findings": FINDINGS,
        "checks_address": "/checks",
        "returned_by": "陈立新",
        "returned_reason": "正文第 4 段有个人手机号码，请改正。",
        "why_not_submit": "先改正 1 处必须改正的问题。",
        "place": "records",
    }


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "today": (
        "workspace/today.html",
        lambda: {"today": DAY, "waiting": TASKS, "returned": RETURNED, "load": COUNTS, "place": "today"},
    ),
    "today-empty": ("workspace/today.html", lambda: {"today": DAY, "waiting": [], "place": "today"}),
    "list": (
        "workspace/list.html",
        lambda: {
            "title": "信息",
            "actions": [Action("新建信息", "/new", style="main"), Action("导出", "/export.xlsx")],
            "tabs": [
                Tab("全部", "?", True, 412),
                Tab("草稿", "?s=draft", count=8),
                Tab("已公开", "?s=p", count=391),
            ],
            "tabs_label": "按状态",
            "filters": Filters({"year": "2026"}),
            "filters_set": 1,
            "table": RECORDS,
            "pages": Pages("b", "a", "第 51—100 条，共 412 条"),
            "column_choices": [(c.key, c.words, True) for c in RECORD_COLUMNS],
            "place": "records",
        },
    ),
    "list-empty": (
        "workspace/list.html",
        lambda: {
            "title": "审查",
            "table": Table("审查", RECORD_COLUMNS, [], empty="没有等您审查的信息。"),
            "place": "reviews",
        },
    ),
    "record": (
        "workspace/record.html",
        lambda: {
            "title": TITLE,
            "state": "secrecy_review",
            "back": Tab("信息", "/work/records/"),
            "facts": FACTS,
            "body": BODY,
            "attachments": ATTACHMENTS,
            "versions": VERSIONS,
            "days_left": 3,
            "due": day(5),
            "due_words": "保密审查到期",
            "due_why": "2026年3月2日提交，限 3 个工作日。",
            "next_steps": NEXT,
            "steps": STEPS,
            "place": "records",
        },
    ),
    "editor": ("workspace/editor.html", _editor),
    "review": (
        "workspace/review.html",
        lambda: {
            "title": TITLE,
            "state": "secrecy_review",
            "days_left": 1,
            "facts": FACTS,
            "body": BODY,
            "pieces": PIECES,
            "changes": CHANGES,
            "before_words": "您 3 月 4 日看到的文本",
            "after_words": "现在的文本",
            "attachments": ATTACHMENTS,
            "findings": FINDINGS[1:],
            "steps": STEPS,
            "review_form": bound(Reviewing),
            "review_address": "/decide",
            "review_step": "保密审查",
            "why_not_pass": "附件 2 还没有打开看过。",
            "may_pass_on": True,
            "place": "reviews",
        },
    ),
    "form": (
        "workspace/form.html",
        lambda: {
            "title": "新建信息",
            "form": bound(Writing, title="", formed_on="2026-13-40"),
            "place": "records",
        },
    ),
    "confirm": (
        "workspace/confirm.html",
        lambda: {
            "title": "撤回这条信息？",
            "facts": [
                Fact("标题", TITLE, wide=True),
                Fact("发文字号", "云政发〔2026〕7号"),
                Fact("状态", state="published"),
            ],
            "consequences": ["正文和附件不再公开，原地址留下撤回说明和理由。", "撤回不影响已经统计的数字。"],
            "form": Reviewing(),
            "confirm_words": "撤回",
            "is_danger": True,
            "cancel_address": "/r/1",
        },
    ),
    "import": (
        "disclosure/import.html",
        lambda: {
            "title": "导入导出",
            "form": Importing(),
            "file_name": "信息目录.xlsx",
            "rows": [
                ImportRow(
                    4,
                    "",
                    "error",
                    ("标题为空。请填写标题。", "成文日期“2026-13-01”不是日期。请写作 2026-03-01。"),
                ),
                ImportRow(
                    9, "关于春节放假的通知", "error", ("索引号已被另一条信息使用。请留空，由系统编号。",)
                ),
                ImportRow(2, TITLE, "new"),
                ImportRow(3, "云溪区 2026 年第 1 号公告", "changed"),
                ImportRow(5, "云溪区 2026 年第 2 号公告", "same"),
            ],
            "row_counts": [Count("将新增", 1, 5), Count("将更新", 1, 5), Count("有错误", 2, 5, is_late=True)],
            "why_not_import": "有 2 行不能导入。请改正表格后再试。",
            "samples": [Tab("信息导入表（xlsx）", "/sample.xlsx")],
            "exports": [Tab("全部信息（xlsx）", "/all.xlsx")],
            "place": "import",
        },
    ),
    "checklist": (
        "workspace/checklist.html",
        lambda: {
            "title": "主动公开清单",
            "lead": "按科室列出应当公开的事项，逾期和缺少的排在前面。",
            "actions": [Action("导入清单", "/import")],
            "filters": Filters(),
            "unit_counts": [
                Count("财政科", 2, 3, "逾期或缺少", is_late=True),
                Count("住房保障科", 0, 8, "逾期或缺少"),
            ],
            "counts_title": "各科室逾期或缺少的事项",
            "groups": [
                ("财政科", Table("财政科的事项", CHECKLIST_COLUMNS, ITEMS)),
                ("住房保障科", Table("住房保障科的事项", CHECKLIST_COLUMNS, [], empty="没有事项。")),
            ],
            "place": "checklist",
        },
    ),
    "search": (
        "workspace/search.html",
        lambda: {
            "search_words": "老旧小区",
            "found_words": "找到 2 条",
            "tabs": [Tab("全部", "?q=1", True, 2), Tab("信息", "?q=2", count=2)],
            "results": [
                Entry(
                    TITLE,
                    "/r/1",
                    "云政发〔2026〕7号",
                    day(0),
                    day(4),
                    "published",
                    mark_safe("《云溪区<mark>老旧小区</mark>改造实施办法》已经通过"),
                    "住房保障科",
                ),
                Entry("2026 年度改造小区名单", "/r/2", state="draft", unit="住房保障科"),
            ],
        },
    ),
    "search-empty": ("workspace/search.html", lambda: {"search_words": "不存在的词", "results": []}),
    "sign": (
        "workspace/sign.html",
        lambda: {
            "title": "登录",
            "form": bound(SigningIn, login="wangli", password=""),
            "links": [Tab("用通行密钥登录", "/passkey"), Tab("忘记密码", "/reset")],
            "sample_people": [
                ("wangli", "Sample-7413", "经办人"),
                ("chenlixin", "Sample-7413", "科室负责人"),
            ],
        },
    ),
    "portal-organ": (
        "portal/organ.html",
        lambda: {
            "columns": COLUMNS,
            "column_title": "行政规范性文件",
            "column_lead": "本机关现行有效的行政规范性文件，废止和失效的标明。",
            "filters": Filters(),
            "found_words": "共 128 件",
            "entries": ENTRIES,
            "pages": Pages(None, "x"),
        },
    ),
    "portal-organ-empty": (
        "portal/organ.html",
        lambda: {
            "columns": COLUMNS,
            "column_title": "统计信息",
            "filters": Filters(),
            "filters_set": 2,
            "entries": [],
        },
    ),
    "portal-record": (
        "portal/record.html",
        lambda: {
            "title": TITLE,
            "facts": PUBLIC_FACTS,
            "state": "repealed",
            "state_notice": "本文件已被云政发〔2027〕2号废止，自2027年1月1日起不再施行。",
            "state_address": "/p/9",
            "body": BODY,
            "attachments": ATTACHMENTS,
            "interpretations": [ENTRIES[3]],
            "related": ENTRIES[1:3],
            "versions": VERSIONS,
            "citation": f"云溪区人民政府：{TITLE}，云政发〔2026〕7号，2026年3月5日。",
            "page_address": "https://yunxi.example/p/1",
        },
    ),
    "portal-version": (
        "portal/version.html",
        lambda: {
            "title": TITLE,
            "version_notice": "这是第 1 版，自2026年3月9日至2026年3月25日公开。",
            "current_address": "/p/1",
            "pieces": PIECES,
            "changes": CHANGES,
            "before_words": "第 1 版",
            "after_words": "第 2 版",
            "versions": VERSIONS,
        },
    ),
    "portal-withdrawn": (
        "portal/withdrawn.html",
        lambda: {
            "title": TITLE,
            "facts": [FACTS[0], FACTS[3], FACTS[5], FACTS[6]],
            "withdrawn_on": day(30),
            "reason": "附件中有不应公开的个人信息，已经删除，改正后的文本另行公开。",
            "related": [ENTRIES[0]],
        },
    ),
    "portal-organs": (
        "portal/organs.html",
        lambda: {
            "organ": None,
            "crumbs": [],
            "portal_place": "organs",
            "directory_title": "清石市各机关政府信息公开",
            "groups": [
                ("区政府", [Entry("清石市云溪区人民政府", "/o/1", words="云溪区青松路 1 号")]),
                (
                    "区政府部门",
                    [
                        Entry(f"云溪区{n}局", "/o/2")
                        for n in ["财政", "教育", "民政", "水利", "农业农村", "生态环境"]
                    ],
                ),
                ("镇、街道", [Entry(f"{n}人民政府", "/o/3") for n in ["青松镇", "白溪镇", "云岭乡"]]),
            ],
        },
    ),
}


def rendered(name: str, language: str = "zh-hans", query: str = "", **more: Any) -> str:
    """One page of the gallery as html; `more` replaces parts of its context."""
    template, context = PAGES[name]
    common = PORTAL if name.startswith("portal") else WORK
    request = RequestFactory().get(f"/{name}{query}")
    set_urlconf("tests.web.look_gallery")
    try:
        with translation.override(language):
            facts = {**common, **context(), "request": request, **more}
            return str(ENGINE.get_template(template).render(RequestContext(request, facts)))
    finally:
        set_urlconf(None)
