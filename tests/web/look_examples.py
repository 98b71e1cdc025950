"""The invented data of the gallery: organs, places, people, telephone numbers and documents are fictional."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from gongkai.web.look.pieces import (
    Action,
    Attachment,
    Column,
    Count,
    Entry,
    Fact,
    Finding,
    Row,
    Step,
    Tab,
    Table,
    Task,
    Version,
)
from gongkai.wording.differences import FieldChange, Piece

DAY = dt.date(2026, 3, 5)


def day(n: int) -> dt.date:
    return DAY + dt.timedelta(days=n)


def moment(n: int, hour: int = 9, minute: int = 20) -> dt.datetime:
    return dt.datetime(2026, 3, 5, hour, minute, tzinfo=dt.UTC) + dt.timedelta(days=n)


ORGAN = SimpleNamespace(
    name="清石市云溪区人民政府办公室",
    code="yunxi",
    address="清石市云溪区青松路 1 号",
    postcode="000000",
    telephone="0000-0000000",
    office_hours="工作日 9:00—12:00，13:30—17:30",
    is_fictional=True,
)
TITLE = "云溪区人民政府关于印发《云溪区老旧小区改造实施办法》的通知"
BODY = mark_safe(
    "<p>各镇人民政府、街道办事处：</p><p>《云溪区老旧小区改造实施办法》已经区政府第 12 次常务会议通过，"
    "现印发给你们，请认真组织实施。</p><h2>一、总体要求</h2><p>坚持居民自愿、因地制宜、共同缔造，先民生后提升，"
    "把水、电、气、路等基础设施改造放在首位。</p><h3>（一）改造对象</h3><p>2005 年底前建成、公共设施落后、"
    "影响居民基本生活的住宅小区。</p><table><thead><tr><th>项目</th><th>补助标准</th></tr></thead><tbody><tr><td>外墙保温</td>"
    "<td>每平方米 60 元</td></tr><tr><td>加装电梯</td><td>每台 15 万元</td></tr></tbody></table>"
    '<p class="right">云溪区人民政府</p><p class="right">2026年3月5日</p>'
)
FACTS = [
    Fact("索引号", "11000000000000000X/2026-00017"),
    Fact("主题分类", "城乡建设、环境保护"),
    Fact("发文机关", "云溪区人民政府"),
    Fact("成文日期", "2026年3月5日"),
    Fact("标题", TITLE, wide=True),
    Fact("发文字号", "云政发〔2026〕7号"),
    Fact("发布日期", "2026年3月9日"),
    Fact("有效性", state="in_force"),
    Fact("废止日期", ""),
]
FINDINGS = [
    Finding(
        "error",
        "正文里有个人的手机号码。",
        where="正文第 4 段",
        quote="联系人李𠮷燕，手机 000****0000",
        why="公开会对个人的私人生活造成不当影响。",
        advice="删去，或者改用办公电话。",
        address="#id_body",
        article="条例第十五条",
        field_id="id_body",
        start=27,
        end=48,
    ),
    Finding("warning", "“按装”疑为“安装”。", where="正文第 2 段", advice="改为“安装”。", address="#id_body"),
    Finding("info", "附件 1 的文档属性里有作者姓名。", where="附件 1", advice="下载清理后的文件，换上去。"),
]
ATTACHMENTS = [
    Attachment("云溪区老旧小区改造实施办法.pdf", "PDF", 384_221, "/a/1"),
    Attachment("2026年度改造小区名单.xlsx", "Excel", 22_900, "/a/2", note="12 个小区"),
]
PUBLIC_FACTS = [*FACTS[:-2], Fact("有效性", state="repealed"), Fact("废止日期", "2027年1月1日")]
VERSIONS = [
    Version(2, day(20), "调整补助标准", "王立", "/v/2", "/v/2/changes", is_current=True),
    Version(1, day(4), "首次公开", "王立", "/v/1"),
]
STEPS = [
    Step("起草", "done", "王立（住房保障科）", moment(0)),
    Step("科室负责人审核", "returned", "陈立新", moment(1), "正文第 4 段有个人手机号码，请改正。"),
    Step("重新提交", "done", "王立（住房保障科）", moment(1, 14)),
    Step("科室负责人审核", "done", "陈立新", moment(2), "同意。"),
    Step("保密审查", "now", "赵敏", days_left=2),
    Step("分管领导审批", "ahead", "孙海涛"),
]
PIECES = [
    Piece("same", "2005 年底前建成、公共设施落后、影响居民基本生活的住宅小区。\n外墙保温每平方米补助"),
    Piece("removed", "50"),
    Piece("added", "60"),
    Piece("same", " 元；加装电梯每台补助 15 万元。\n"),
    Piece("added", "低收入家庭可以另行申请救助。\n"),
]
CHANGES = [
    FieldChange("发文字号", "", "云政发〔2026〕7号"),
    FieldChange("公开类别", "规划计划", "行政规范性文件"),
]


class Filters(forms.Form):
    year = forms.ChoiceField(label="年份", choices=[("", "全部"), ("2026", "2026")], required=False)
    genre = forms.ChoiceField(label="体裁", choices=[("", "全部"), ("通知", "通知")], required=False)
    theme = forms.ChoiceField(
        label="主题", choices=[("", "全部"), ("z", "城乡建设、环境保护")], required=False
    )
    validity = forms.ChoiceField(label="有效性", choices=[("", "全部"), ("in_force", "有效")], required=False)


class Writing(forms.Form):
    title = forms.CharField(label="标题", max_length=200)
    body = forms.CharField(
        label="正文", widget=forms.Textarea, help_text="可以从 Word 文件粘贴，格式会清理。"
    )
    document_number = forms.CharField(
        label="发文字号", max_length=40, required=False, help_text="例如：云政发〔2026〕7号"
    )
    formed_on = forms.DateField(label="成文日期")
    theme = forms.ChoiceField(label="主题分类", choices=[("", "请选择"), ("10", "城乡建设、环境保护")])
    mode = forms.ChoiceField(
        label="公开方式",
        choices=[("a", "主动公开"), ("b", "依申请公开"), ("c", "不予公开")],
        widget=forms.RadioSelect,
    )
    channels = forms.MultipleChoiceField(
        label="公开渠道",
        choices=[("web", "政府网站"), ("board", "公告栏"), ("wechat", "微信")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    publish_at = forms.DateTimeField(label="发布时间", required=False)
    urgent = forms.BooleanField(label="急件", required=False, help_text="排在各步审查的最前面。")
    file = forms.FileField(label="附件", required=False, help_text="Word、PDF、Excel，每个不超过 50 MB。")


class Reviewing(forms.Form):
    reason = forms.CharField(
        label="意见", widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text="退回必须写明理由。"
    )
    to = forms.ChoiceField(label="转交给", choices=[("", "请选择"), ("1", "钱宁")], required=False)


class SigningIn(forms.Form):
    login = forms.CharField(label="账号")
    password = forms.CharField(label="密码", widget=forms.PasswordInput)


class Importing(forms.Form):
    file = forms.FileField(label="表格或者 Word 文件", help_text="xlsx、csv 或 docx，每个不超过 50 MB。")


WRITING = {
    "title": TITLE,
    "body": "各镇人民政府、街道办事处：\n现将实施办法印发给你们。\n联系人李𠮷燕，手机 000****0000。",
    "document_number": "云政发〔2026〕7号",
    "formed_on": DAY,
    "mode": "a",
}
WORK = {
    "organ": ORGAN,
    "staff": SimpleNamespace(name="王立"),
    "staff_role": "经办人",
    "place_counts": {"today": 5, "reviews": 3},
    "version": "0.1.0",
    "csrf_token": "token",
}
PORTAL = {
    "organ": ORGAN,
    "city": "清石市",
    "apply_address": "/apply",
    "reports_address": "/reports",
    "status_address": "/status",
    "portal_place": "organ",
    "version": "0.1.0",
    "site_code": "0000000000",
    "site_numbers": [("ICP备案号", "虚ICP备2026000001号", "")],
    "complaint_words": "0000-0000001，清石市云溪区青松路 1 号区政务公开科",
    "crumbs": [Tab("政府信息公开", "/o/yunxi/"), Tab("行政规范性文件", "", is_current=True)],
}
TASKS = [
    Task(
        "关于公布 2026 年度行政事业性收费目录清单的公告",
        "/r/1",
        "保密审查",
        "赵敏",
        -2,
        day(-2),
        unit="财政科",
    ),
    Task(TITLE, "/r/2", "科室负责人审核", "", 0, day(0), unit="住房保障科"),
    Task("2025 年部门决算", "/r/3", "科室负责人审核", "", 3, day(5), unit="财政科"),
    Task("云溪区城市更新专项规划（征求意见稿）解读", "/r/4", "起草", "", 12, day(16), unit="规划科"),
]
RETURNED = [
    Task(
        "青松镇 2026 年春季造林计划",
        "/r/5",
        "",
        "",
        4,
        day(4),
        "附件名单里有个人电话，请删去后再报。",
        "林业科",
    )
]
RECORD_COLUMNS = [
    Column("title", "标题", "title"),
    Column("state", "状态", "state"),
    Column("unit", "科室"),
    Column("formed", "成文日期", "date", sortable=True),
    Column("views", "浏览", "number"),
    Column("due", "期限", "days", sortable=True),
]
STATES = [
    "draft",
    "unit_review",
    "secrecy_review",
    "leader_review",
    "returned",
    "scheduled",
    "published",
    "withdrawn",
]
RECORDS = Table(
    "信息列表",
    RECORD_COLUMNS,
    [
        Row(
            {
                "title": TITLE if n % 3 == 0 else f"云溪区 2026 年第 {n + 1} 号公告",
                "state": code,
                "unit": "住房保障科",
                "formed": day(-n),
                "views": 1234 * n or None,
                "due": (-2, 3, 12, None)[n % 4],
            },
            f"/r/{n}",
            "11000000000000000X/2026-00017",
        )
        for n, code in enumerate(STATES)
    ],
    sort="-formed",
)
CHECKLIST_COLUMNS = [
    Column("item", "公开事项", "title"),
    Column("basis", "依据"),
    Column("limit", "时限"),
    Column("records", "信息数", "number"),
    Column("last", "最近公开", "date"),
    Column("state", "情况", "state"),
]
ITEMS = [
    Row(
        {
            "item": "财政预算",
            "basis": "条例第二十条第七项",
            "limit": "批准后 20 日内",
            "records": 3,
            "last": day(-200),
            "state": "late",
        },
        "/c/1",
    ),
    Row(
        {
            "item": "部门决算",
            "basis": "条例第二十条第七项",
            "limit": "批准后 20 日内",
            "records": 2,
            "last": day(-30),
            "state": "done",
        },
        "/c/2",
    ),
    Row(
        {
            "item": "行政事业性收费",
            "basis": "条例第二十条第八项",
            "limit": "20 个工作日",
            "records": 0,
            "last": None,
            "state": "missing",
        },
        "/c/3",
    ),
]
CATEGORIES = [
    "行政法规、规章和规范性文件",
    "机关职能、机构设置",
    "规划及相关政策",
    "统计信息",
    "行政许可",
    "行政处罚、行政强制",
    "预算、决算",
    "行政事业性收费",
    "政府采购",
    "重大建设项目",
    "扶贫、教育、医疗、社会保障",
    "突发公共事件",
    "环境保护、公共卫生、安全生产",
    "公务员招考",
    "其他",
]
COLUMNS = [
    Tab("政府信息公开指南", "/o/yunxi/guide"),
    Tab("政府信息公开制度", "/o/yunxi/rules"),
    Tab(
        "法定主动公开内容",
        "/o/yunxi/",
        items=[Tab(words, f"/o/yunxi/{n}", n == 0, 3 * n + 1) for n, words in enumerate(CATEGORIES)],
    ),
    Tab("政府信息公开年报", "/o/yunxi/reports"),
]
ENTRIES = [
    Entry(TITLE, "/p/1", "云政发〔2026〕7号", day(0), day(4), "in_force"),
    Entry(
        "云溪区人民政府关于印发《云溪区城市管理办法》的通知",
        "/p/2",
        "云政发〔2021〕3号",
        day(-1800),
        day(-1795),
        "repealed",
        "被云政发〔2025〕2号废止",
    ),
    Entry(
        "云溪区人民政府办公室关于调整区级储备粮规模的通知",
        "/p/3",
        "云政办发〔2020〕11号",
        day(-2100),
        day(-2090),
        "expired",
    ),
    Entry("《云溪区老旧小区改造实施办法》解读", "/p/4", "", day(1), day(4)),
    Entry(
        "云溪区人民政府关于划定禁止燃放烟花爆竹区域的通告",
        "/p/5",
        "云政告〔2026〕1号",
        day(-20),
        day(-18),
        "not_yet",
    ),
]
COUNTS = [
    Count("待审查", 7, 12, address="/l/1"),
    Count("逾期", 2, 12, is_late=True),
    Count("本月已公开", 3, 12),
]
NEXT = [
    Action("提交审查", "/do/submit", "post", "main"),
    Action("修改", "/do/edit"),
    Action("撤回", "/do/withdraw", style="danger"),
    Action("发布", reason="还没有保密审查的结论（条例第十七条）。"),
    Action("废止", reason="只有已公开的行政规范性文件可以废止。"),
]


def bound(form: type[forms.Form], **data: Any) -> forms.Form:
    made = form(data)
    made.is_valid()
    return made


def groups(form: forms.Form, *names: str) -> list[tuple[str, list[Any]]]:
    return [("信息要素", [form[name] for name in names])]
