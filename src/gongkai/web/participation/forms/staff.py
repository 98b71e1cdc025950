"""The forms of the staff's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongkai.statute.catalogue import themes
from gongkai.web.disclosure.forms.choosing import offer
from gongkai.web.disclosure.forms.fields import Choice, Day, Paragraphs, SeenForm, Words, WorkForm
from gongkai.web.organs.models import Organ, Unit
from gongkai.web.participation.models import ONLINE, Concern, Form
from gongkai.web.participation.settled import (
    adoptions,
    of_consultations,
    opinion_channels,
    report_results,
    response_channels,
)

_NONE = _("（不选）")
_UNTIL = format_lazy(
    _(
        "当天全天仍可提交。重大行政决策和规章草案征求意见一般不少于 {days} 日，行政规范性文件一般不少于"
        " {least} 个工作日；情况紧急需要缩短的，在公告中说明。"
    ),
    days=of_consultations("usual_days"),
    least=of_consultations("least_working_days"),
)
_HOW = _("一题一段，中间空一行。题前写题型：【单选】【多选】【文字】【数字】，必答加 *；选项每行一个。")


class AnswerForm(WorkForm):
    """What came of a report."""

    result = Choice(label=_("处理结果"), widget=forms.RadioSelect, required=True)
    answer = Paragraphs(
        rows=5, label=_("答复"), help_text=_("留言人凭查询码看到这段话。请勿写个人信息。"), required=True
    )

    def __init__(self, *args: Any, lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "result", [(one.code, one.words(lang)) for one in report_results()])


class ShredForm(WorkForm):
    """Destroying personal data."""

    words_too = forms.BooleanField(label=_("连同内容一起销毁（内容里有个人信息）"), required=False)
    reason = Words(label=_("理由"), required=True)


class TermsForm(SeenForm):
    """From when to when, and a survey's questions."""

    opens_on = Day(label=_("开始日期"), required=True)
    closes_on = Day(label=_("截止日期"), help_text=_UNTIL, required=True)
    questions = Paragraphs(rows=14, label=_("问题"), help_text=_HOW, required=True)

    def __init__(self, *args: Any, is_survey: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_survey:
            del self.fields["questions"]


class ConsultationForm(WorkForm):
    """A new consultation or survey: its announcement is drafted with it."""

    kind = Choice(
        label=_("形式"),
        widget=forms.RadioSelect,
        required=True,
        choices=((Form.OPINIONS.value, _("意见征集")), (Form.SURVEY.value, _("网上调查"))),
    )
    title = Words(label=_("标题"), required=True)
    unit = Choice(label=_("承办科室"))
    theme = Choice(label=_("主题分类"), required=True)
    opens_on = Day(label=_("开始日期"), required=True)
    closes_on = Day(label=_("截止日期"), help_text=_UNTIL, required=True)
    words = Paragraphs(
        rows=6, label=_("公告正文"), help_text=_("说明事由。草稿建好以后还可以在编辑页修改、添加附件。")
    )
    questions = Paragraphs(rows=10, label=_("调查的问题"), help_text=_HOW)

    def __init__(self, *args: Any, units: list[Unit], lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = units
        offer(self, "theme", [(one.code, f"{one.code} {one.name(lang)}") for one in themes()])
        offer(self, "unit", [("", _NONE), *((str(one.pk), one.name) for one in units)])

    def chosen_unit(self) -> Unit | None:
        return next((one for one in self.units if str(one.pk) == self.cleaned_data.get("unit")), None)


class OpinionEntryForm(WorkForm):
    """An opinion that came otherwise than online."""

    channel = Choice(label=_("提交方式"), widget=forms.RadioSelect, required=True)
    received_on = Day(label=_("收到日期"), required=True, help_text=_("座谈会、听证会填写召开日期。"))
    words = Paragraphs(
        rows=8,
        label=_("意见内容"),
        required=True,
        help_text=_("一份意见登记一次。附件和原件由承办科室保存。"),
    )
    name = Words(label=_("提出人姓名或单位"), help_text=_("加密保存，不公开。"))
    contact = Words(label=_("联系方式"), help_text=_("加密保存，只用于核实。"))

    def __init__(self, *args: Any, lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        ways = [one for one in opinion_channels() if one.code != ONLINE]
        offer(self, "channel", [(one.code, one.words(lang)) for one in ways])


class OpinionHandlingForm(WorkForm):
    """What becomes of an opinion."""

    adoption = Choice(label=_("采纳情况"), widget=forms.RadioSelect, required=True)
    gist = Words(
        label=_("意见要点"),
        help_text=_("用自己的话概括，最多 300 字。结果公布要点，不公布原文；相同的要点合并计数。"),
    )
    reason = Paragraphs(rows=3, label=_("理由"), help_text=_("未采纳的须填写，随结果公布。"))

    def __init__(self, *args: Any, lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "adoption", [(one.code, one.words(lang)) for one in adoptions()])


class ResultForm(WorkForm):
    """The result is drafted."""

    summary = Paragraphs(rows=5, label=_("开头的话"), help_text=_("写在统计之前。草稿建好以后还可以修改。"))


class ResponseForm(WorkForm):
    """How public concern was answered."""

    channel = Choice(label=_("方式"), widget=forms.RadioSelect, required=True)
    on = Day(label=_("日期"), required=True)
    title = Words(label=_("名称"), help_text=_("例如发布会的名称、访谈或者文章的题目。"), required=True)
    concern = Choice(
        label=_("已登记的热点或舆情"), none=_NONE, help_text=_("同一热点用多种方式回应，只计 1 次。")
    )
    topic = Words(label=_("新的热点或舆情"), help_text=_("上面没有的，在这里写。"))
    head_took_part = forms.BooleanField(
        label=_("主要负责同志参加"), required=False, help_text=_("只统计新闻发布会和在线访谈。")
    )
    record = Words(label=_("公开的信息"), help_text=_("索引号；有公开稿件的填写。"))
    place = Words(label=_("地点或网址"))

    def __init__(self, *args: Any, organ: Organ, concerns: list[Concern], lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.concerns = concerns
        offer(self, "channel", [(one.code, one.words(lang)) for one in response_channels()])
        offer(self, "concern", [("", _NONE), *((str(one.pk), one.topic) for one in concerns)])

    def chosen_concern(self) -> Concern | None:
        return next((one for one in self.concerns if str(one.pk) == self.cleaned_data.get("concern")), None)


class ReasonForm(WorkForm):
    reason = Words(label=_("理由"), required=True)
