"""What an entry tells of a thing before and after, in words: names of fields, and of the codes in them.

Names of fields stand here, not with the models alone: an entry also tells of what is no column, and the same
column is called otherwise elsewhere.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongkai.statute.catalogue import category, checklist_levels, genre, mode, record_kind, theme
from gongkai.statute.catalogue.errors import CatalogueError
from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.field_words import label_of
from gongkai.web.disclosure.forms.figures import KIND_WORDS
from gongkai.web.disclosure.next_steps import GATE_RESULTS, GATE_WORDS, STEP_WORDS
from gongkai.web.look.states import STATES
from gongkai.web.look.templatetags.look import moment, short_day
from gongkai.web.organs.words import LEVEL_WORDS, ROLE_WORDS, kind_in_words

# What is called so in every entry that tells of it.
FIELDS = {
    "title": gettext_lazy("标题"),
    "document_number": gettext_lazy("发文字号"),
    "category": gettext_lazy("公开类别"),
    "theme": gettext_lazy("主题分类"),
    "genre": gettext_lazy("体裁"),
    "made_on": gettext_lazy("成文日期"),
    "changed_on": gettext_lazy("变更日期"),
    "decided_on": gettext_lazy("决定日期"),
    "for_year": gettext_lazy("所属年度"),
    "effective_on": gettext_lazy("实施日期"),
    "expires_on": gettext_lazy("有效期至"),
    "mode": gettext_lazy("公开方式"),
    "summary": gettext_lazy("内容概述"),
    "keywords": gettext_lazy("关键词"),
    "joint_organs": gettext_lazy("联合发文机关"),
    "change_note": gettext_lazy("变更说明"),
    "change": gettext_lazy("变更"),
    "state": gettext_lazy("状态"),
    "stage": gettext_lazy("所处阶段"),
    "version": gettext_lazy("版次"),
    "validity": gettext_lazy("有效性"),
    "repealed_on": gettext_lazy("废止日期"),
    "amended_on": gettext_lazy("修改日期"),
    "basis": gettext_lazy("依据"),
    "publish_at": gettext_lazy("定时公开"),
    "published_at": gettext_lazy("公开时间"),
    "step": gettext_lazy("环节"),
    "steps": gettext_lazy("审查环节"),
    "publish_on_passing": gettext_lazy("通过后自动公开"),
    "result": gettext_lazy("结果"),
    "round": gettext_lazy("第几轮送审"),
    "findings": gettext_lazy("检查发现的问题数"),
    "to": gettext_lazy("转交给"),
    "secrecy_review": gettext_lazy("保密审查记录号"),
    "secrecy_reviewer": gettext_lazy("保密审查人"),
    "target": gettext_lazy("关联的信息"),
    "record": gettext_lazy("信息"),
    "checklist_item": gettext_lazy("公开事项"),
    "file": gettext_lazy("文件"),
    "purpose": gettext_lazy("导入的内容"),
    "made": gettext_lazy("新建的条数"),
    "changed": gettext_lazy("更新的条数"),
    "same": gettext_lazy("没有变化的条数"),
    "left_out": gettext_lazy("没有导入的行数"),
    "name": gettext_lazy("名称"),
    "size": gettext_lazy("大小（字节）"),
    "sha256": gettext_lazy("文件校验值"),
    "source": gettext_lazy("来源"),
    "number": gettext_lazy("序号"),
    "level1": gettext_lazy("一级事项"),
    "level2": gettext_lazy("二级事项"),
    "level3": gettext_lazy("三级事项"),
    "content": gettext_lazy("公开内容（要素）"),
    "time_limit": gettext_lazy("公开时限"),
    "responsible": gettext_lazy("公开主体"),
    "channel": gettext_lazy("公开渠道和载体"),
    "audience": gettext_lazy("公开对象"),
    "note": gettext_lazy("备注"),
    "levels": gettext_lazy("公开层级"),
    "next_due_on": gettext_lazy("下次应公开"),
    "last_published_on": gettext_lazy("最近公开"),
    "next_review_on": gettext_lazy("下次评估日期"),
    "reviewed_on": gettext_lazy("最近评估日期"),
    "is_open": gettext_lazy("仍不予公开"),
    "disclosed_as_id": gettext_lazy("转为公开的信息"),
    "year": gettext_lazy("年度"),
    "month": gettext_lazy("月份"),
    "value": gettext_lazy("数值"),
    "by": gettext_lazy("依据的信息"),
    "organ": gettext_lazy("对方机关"),
    "kind": gettext_lazy("种类"),
    "code": gettext_lazy("代码"),
    "short_name": gettext_lazy("简称"),
    "level": gettext_lazy("层级"),
    "credit_code": gettext_lazy("统一社会信用代码"),
    "index_template": gettext_lazy("索引号格式"),
    "path": gettext_lazy("在机关树中的位置"),
    "is_fictional": gettext_lazy("虚构示例"),
    "position": gettext_lazy("排序"),
    "parent": gettext_lazy("上级"),
    "organs": gettext_lazy("随同移动的机关数"),
    "rows": gettext_lazy("随同停用的账号和任职数"),
    "is_active": gettext_lazy("启用"),
    "address": gettext_lazy("网络地址"),
    "postcode": gettext_lazy("邮政编码"),
    "office_hours": gettext_lazy("办公时间"),
    "telephone": gettext_lazy("联系电话"),
    "fax": gettext_lazy("传真"),
    "email": gettext_lazy("电子邮箱"),
    "complaint_telephone": gettext_lazy("监督投诉电话"),
    "complaint_address": gettext_lazy("监督投诉地址"),
    "site_code": gettext_lazy("网站标识码"),
    "icp_number": gettext_lazy("ICP备案号"),
    "police_number": gettext_lazy("公安联网备案号"),
    "hostname": gettext_lazy("本机关域名"),
    "band_colour": gettext_lazy("版头颜色"),
    "emblem": gettext_lazy("徽标版本"),
    "requires_second_factor": gettext_lazy("登录须有第二重验证"),
    "username": gettext_lazy("登录名"),
    "staff_id": gettext_lazy("人员"),
    "role": gettext_lazy("角色"),
    "unit": gettext_lazy("科室"),
    "unit_id": gettext_lazy("科室"),
    "units": gettext_lazy("原来的科室"),
    "since": gettext_lazy("自"),
    "until": gettext_lazy("止"),
    "sessions_ended": gettext_lazy("结束的登录会话数"),
    "appointments_ended": gettext_lazy("终止的任职数"),
    "removed": gettext_lazy("移除的验证方式数"),
    "factors_removed": gettext_lazy("移除的验证方式数"),
    "failures": gettext_lazy("失败次数"),
    "failures_forgotten": gettext_lazy("清除的失败记录数"),
    "why": gettext_lazy("原因"),
    "destroyed": gettext_lazy("销毁的内容（记录号：位置）"),
}
# What is called otherwise in entries about these things, or of these actions.
_OTHERWISE = {
    ("disclosure.submit", "content"): gettext_lazy("内容校验值"),
    ("disclosure.withhold", "title"): gettext_lazy("信息名称"),
    ("disclosure.withhold", "basis"): gettext_lazy("不予公开的依据"),
    ("organs.organ_changed", "address"): gettext_lazy("办公地址"),
    ("disclosure.replace_figure", "by"): gettext_lazy("更正后的数据"),
    ("disclosure.enter_figure", "kind"): gettext_lazy("项目"),
    ("organs.organ_opened", "kind"): gettext_lazy("机关类别"),
    ("organs.organ_settled", "kind"): gettext_lazy("机关类别"),
}
_CHANGES = {
    "first": gettext_lazy("首次公开"),
    "amendment": gettext_lazy("内容修改"),
    "correction": gettext_lazy("更正差错"),
}
_RESULTS = {
    "passed": gettext_lazy("通过"),
    "returned": gettext_lazy("退回"),
    "forwarded": gettext_lazy("转交"),
    "cancelled": gettext_lazy("撤销"),
    **{one.value: words for one, words in GATE_RESULTS.items()},
}
_STATES = {"draft": gettext_lazy("未公开"), "abandoned": gettext_lazy("已作废")}
_STAGES = {
    "draft": gettext_lazy("草稿"),
    "superseded": gettext_lazy("历史版本"),
    "abandoned": gettext_lazy("已作废"),
}
_LINKS = {
    "interprets": gettext_lazy("解读"),
    "amends": gettext_lazy("修改"),
    "repeals": gettext_lazy("废止"),
    "related": gettext_lazy("相关"),
}
_FACTORS = {
    "totp": gettext_lazy("验证器"),
    "webauthn": gettext_lazy("通行密钥"),
    "recovery_codes": gettext_lazy("恢复码"),
}
_SIGNED_OUT = {"asked": gettext_lazy("本人退出"), "time_over": gettext_lazy("登录过期")}
_ROLES = {one.value: words for one, words in ROLE_WORDS.items()}
_STEPS = {one.value: words for one, words in STEP_WORDS.items()}
_PURPOSES = {
    "records": gettext_lazy("信息（表格）"),
    "word": gettext_lazy("信息（Word 文件）"),
    "checklist": gettext_lazy("公开清单"),
    "figures": gettext_lazy("统计数据"),
}
_LEVELS = {one.value: words for one, words in LEVEL_WORDS.items()}
_GATES = {one.value: words for one, words in GATE_WORDS.items()}
_FIGURES = {one.value: words for one, words in KIND_WORDS.items()}

# Ids and whose they are. `by` of a figure is a figure: it has no name.
REFERENCES = {
    "to": "organs.staff",
    "staff_id": "organs.staff",
    "secrecy_reviewer": "organs.staff",
    "unit": "organs.unit",
    "unit_id": "organs.unit",
    "units": "organs.unit",
    "parent": "organs.organ",
    "target": "disclosure.record",
    "record": "disclosure.record",
    "checklist_item": "disclosure.checklistitem",
    "disclosed_as_id": "disclosure.record",
    "by": "disclosure.record",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
Names = Mapping[tuple[str, int], str]


def label(entry: Entry, name: str) -> str:
    """What people call a field of an entry."""
    known = _OTHERWISE.get((entry.action, name)) or FIELDS.get(name)
    if known is not None:
        return str(known)
    if entry.subject_type:
        return _(label_of(apps.get_model(entry.subject_type), name)) or name
    return name


def referred(entry: Entry) -> set[tuple[str, int]]:
    """The rows an entry names by their ids."""
    found = set()
    for side in (entry.before, entry.after):
        for name, value in side.items():
            for one in value if isinstance(value, list) else [value]:
                if name in REFERENCES and isinstance(one, int) and not isinstance(one, bool):
                    found.add((REFERENCES[name], one))
    return found


def in_words(entry: Entry, name: str, value: Any, names: Names) -> str:
    """A value as people read it; a code that nobody knows stays as it is."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "；".join(in_words(entry, name, one, names) for one in value)
    if isinstance(value, dict):
        return _planned(value)
    if isinstance(value, int):
        return names.get((REFERENCES.get(name, ""), value)) or str(value)
    return _code(entry, name, value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _planned(value: dict[str, Any]) -> str:
    """A step of a plan: `保密审查（2 日）`; anything else as it stands."""
    if set(value) == {"step", "days"}:
        step = str(_STEPS.get(str(value["step"]), value["step"]))
        return _("%(step)s（%(days)s 个工作日）") % {"step": step, "days": value["days"]}
    return json.dumps(value, ensure_ascii=False)


def _code(entry: Entry, name: str, value: str) -> str:
    if name.endswith(("_on", "_at")) or name in ("since", "until"):
        return _time(value)
    known = _words_of(entry, name)
    return str(known(value)) if known else value


def _time(value: str) -> str:
    from django.utils.html import strip_tags

    if _DAY.fullmatch(value):
        return strip_tags(short_day(dt.date.fromisoformat(value)))
    if _MOMENT.fullmatch(value):
        return strip_tags(moment(dt.datetime.fromisoformat(value)))
    return value


def _words_of(entry: Entry, name: str) -> Callable[[str], Any] | None:
    """What gives the words of a field's codes."""
    if name == "kind":
        return _kinds(entry)
    if name == "level" and entry.subject_type == "organs.organ":
        return _from(_LEVELS)
    return _WORDS.get(name)


def _kinds(entry: Entry) -> Callable[[str], Any]:
    if entry.action in ("disclosure.open_gate", "disclosure.answer_gate"):
        return _from(_GATES)
    if entry.action in ("disclosure.link", "disclosure.unlink"):
        return _from(_LINKS)
    return {
        "organs.organ": kind_in_words,
        "organs.staff": _from(_FACTORS),
        "disclosure.figure": _from(_FIGURES),
    }.get(entry.subject_type, _catalogued(record_kind))


def _from(table: Mapping[str, Any]) -> Callable[[str], Any]:
    return lambda code: table.get(code, code)


def _catalogued(find: Callable[[str], Any]) -> Callable[[str], str]:
    """The name in the catalogue; the code itself if the catalogue no longer has it."""

    def words(code: str) -> str:
        try:
            found = find(code)
        except CatalogueError:
            return code
        return str(found.name("en" if (get_language() or "").startswith("en") else "zh"))

    return words


def _level(code: str) -> str:
    """A level a catalogue names."""
    is_english = (get_language() or "").startswith("en")
    words = {one.code: one.en if is_english else one.zh for one in checklist_levels()}
    return words.get(code, code)


def _state(code: str) -> Any:
    return _STATES.get(code) or (STATES[code].words if code in STATES else code)


def _stage(code: str) -> Any:
    return _STAGES.get(code) or (STATES[code].words if code in STATES else code)


def _each(find: Callable[[str], Any]) -> Callable[[str], str]:
    """Several codes in one value, with commas between them."""
    return lambda codes: "、".join(str(find(one)) for one in codes.split(","))


_WORDS: dict[str, Callable[[str], Any]] = {
    "state": _state,
    "stage": _stage,
    "validity": _from({code: one.words for code, one in STATES.items()}),
    "change": _from(_CHANGES),
    "result": _from(_RESULTS),
    "step": _from(_STEPS),
    "role": _from(_ROLES),
    "purpose": _from(_PURPOSES),
    "why": _from(_SIGNED_OUT),
    "category": _catalogued(category),
    "theme": _catalogued(theme),
    "genre": _catalogued(genre),
    "mode": _each(_catalogued(mode)),
    "levels": _each(_level),
}
