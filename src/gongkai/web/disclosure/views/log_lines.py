"""Entries of the log in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.audit.models import Entry
from gongkai.web.look.pieces import Step

# What people call each action of `disclosure`; others are shown by their code.
ACTION_WORDS = {
    "disclosure.draft": gettext_lazy("起草"),
    "disclosure.revise": gettext_lazy("修改草稿"),
    "disclosure.start_version": gettext_lazy("另起新版本"),
    "disclosure.take_back": gettext_lazy("收回"),
    "disclosure.abandon": gettext_lazy("作废草稿"),
    "disclosure.attach": gettext_lazy("添加附件"),
    "disclosure.remove_attachment": gettext_lazy("删除附件"),
    "disclosure.clean_attachment": gettext_lazy("清除附件的隐藏信息"),
    "disclosure.keep_images": gettext_lazy("读入正文图片"),
    "disclosure.submit": gettext_lazy("提交审查"),
    "disclosure.pass": gettext_lazy("审查通过"),
    "disclosure.return": gettext_lazy("退回"),
    "disclosure.forward": gettext_lazy("转交"),
    "disclosure.approve": gettext_lazy("全部环节通过"),
    "disclosure.publish": gettext_lazy("公开"),
    "disclosure.schedule": gettext_lazy("定时公开"),
    "disclosure.withdraw": gettext_lazy("撤回"),
    "disclosure.repeal": gettext_lazy("标注废止"),
    "disclosure.undo_repeal": gettext_lazy("更正废止标注"),
    "disclosure.amended": gettext_lazy("被其他文件修改"),
    "disclosure.validity": gettext_lazy("有效性随日期变化"),
    "disclosure.open_gate": gettext_lazy("会商或报批"),
    "disclosure.answer_gate": gettext_lazy("登记会商或报批结果"),
    "disclosure.import": gettext_lazy("导入"),
    "disclosure.link": gettext_lazy("建立关联"),
    "disclosure.unlink": gettext_lazy("取消关联"),
    "disclosure.set_plan": gettext_lazy("设置审查流程"),
    "disclosure.add_item": gettext_lazy("添加公开事项"),
    "disclosure.change_item": gettext_lazy("修改公开事项"),
    "disclosure.close_item": gettext_lazy("停用公开事项"),
    "disclosure.fulfil_item": gettext_lazy("公开事项已履行"),
    "disclosure.join_item": gettext_lazy("归到公开事项"),
    "disclosure.leave_item": gettext_lazy("从公开事项移出"),
    "disclosure.recount_item": gettext_lazy("重新计算公开事项的期限"),
    "disclosure.withhold": gettext_lazy("登记不予公开"),
    "disclosure.stay_withheld": gettext_lazy("评估：继续不予公开"),
    "disclosure.disclose_withheld": gettext_lazy("评估：转为公开"),
    "disclosure.enter_figure": gettext_lazy("登记统计数据"),
    "disclosure.replace_figure": gettext_lazy("更正统计数据"),
    "disclosure.withdraw_figure": gettext_lazy("撤销统计数据"),
    "organs.signed_in": gettext_lazy("登录"),
    "organs.signed_out": gettext_lazy("退出登录"),
    "organs.sign_in_failed": gettext_lazy("登录失败"),
    "organs.locked_out": gettext_lazy("登录锁定"),
    "organs.password_changed": gettext_lazy("更改密码"),
    "organs.password_change_failed": gettext_lazy("更改密码失败"),
    "organs.password_rehashed": gettext_lazy("密码改用新算法保存"),
    "organs.password_reset": gettext_lazy("重置密码"),
    "organs.second_factor_added": gettext_lazy("添加第二重验证"),
    "organs.second_factor_removed": gettext_lazy("移除第二重验证"),
    "organs.second_factor_reset": gettext_lazy("重置第二重验证"),
    "organs.second_factor_used": gettext_lazy("通过第二重验证"),
    "organs.second_factor_failed": gettext_lazy("第二重验证失败"),
    "organs.factor_row_written": gettext_lazy("第二重验证的数据登记"),
    "organs.factor_row_removed": gettext_lazy("第二重验证的数据移除"),
    "organs.recovery_codes_made": gettext_lazy("生成恢复码"),
    "organs.recovery_code_used": gettext_lazy("使用恢复码"),
    "organs.session_ended": gettext_lazy("结束登录会话"),
    "organs.account_made": gettext_lazy("建立账号"),
    "organs.account_opened": gettext_lazy("开设账号"),
    "organs.account_changed": gettext_lazy("修改账号"),
    "organs.account_closed": gettext_lazy("停用账号"),
    "organs.account_reset": gettext_lazy("重置账号"),
    "organs.account_unlocked": gettext_lazy("解除锁定"),
    "organs.appointed": gettext_lazy("任命"),
    "organs.appointment_ended": gettext_lazy("免去任职"),
    "organs.organ_opened": gettext_lazy("设立机关"),
    "organs.organ_changed": gettext_lazy("修改机关资料"),
    "organs.organ_settled": gettext_lazy("核定机关资料"),
    "organs.organ_moved": gettext_lazy("调整隶属关系"),
    "organs.organ_closed": gettext_lazy("停用机关"),
    "organs.emblem_set": gettext_lazy("设置徽标"),
    "organs.unit_added": gettext_lazy("添加科室"),
    "organs.unit_renamed": gettext_lazy("科室改名"),
    "organs.unit_closed": gettext_lazy("停用科室"),
    "organs.disclosure_office_named": gettext_lazy("指定公开工作机构"),
    "organs.keeper_made": gettext_lazy("建立系统维护账号"),
    "audit.shred": gettext_lazy("销毁文字和个人信息"),
}


def action_words(action: str) -> str:
    return str(ACTION_WORDS.get(action, action))


def entry_steps(entries: Iterable[Entry]) -> list[Step]:
    """The log of a record as a time line, the newest first; needs `actor_name` on each entry."""
    return [
        Step(
            action_words(one.action),
            "returned" if one.action == "disclosure.return" else "done",
            getattr(one, "actor_name", None) or _("系统"),
            one.at,
            one.why,
        )
        for one in entries
    ]
