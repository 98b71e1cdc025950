"""What people call each action here, in the log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTION_WORDS = {
    "participation.report_received": _("收到网页纠错"),
    "participation.report_answered": _("答复网页纠错"),
    "participation.contact_seen": _("查看纠错人的联系方式"),
    "participation.report_shredded": _("销毁纠错人的个人信息"),
    "participation.consultation_drafted": _("起草意见征集"),
    "participation.terms_changed": _("修改征集期限和问题"),
    "participation.consultation_closed": _("征集截止"),
    "participation.opinion_received": _("收到公众意见"),
    "participation.opinion_entered": _("登记公众意见"),
    "participation.opinion_handled": _("填写采纳情况"),
    "participation.sender_seen": _("查看意见人的联系方式"),
    "participation.opinion_shredded": _("销毁意见人的个人信息"),
    "participation.result_drafted": _("起草征集结果"),
    "participation.response_entered": _("登记回应"),
    "participation.response_withdrawn": _("撤销回应登记"),
    "sealing.renewed": _("更换系统密钥后重新加密"),
}
