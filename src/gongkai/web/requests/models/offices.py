"""What an organ's letters need to know of it: its letter code, who reconsiders, which court, how to pay."""

from __future__ import annotations

from django.db import models

from gongkai.web.organs.models import Organ


class Office(models.Model):
    """One row an organ; what is empty is taken from the tree of organs where that says it."""

    is_tracked = True

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="requests_office", verbose_name="机关")
    letter_code = models.CharField("机关代字", max_length=20, blank=True)
    number_pattern = models.CharField("文号格式", max_length=60, blank=True)
    # ARL.24 to ARL.28: who reconsiders.
    government = models.CharField("本级或者设立它的人民政府", max_length=120, blank=True)
    superior = models.CharField("上一级人民政府或者主管部门", max_length=120, blank=True)
    local_government = models.CharField("所在地人民政府", max_length=120, blank=True)
    # APL.14, APL.15, APL.18: which court.
    basic_court = models.CharField("基层人民法院", max_length=120, blank=True)
    intermediate_court = models.CharField("中级人民法院", max_length=120, blank=True)
    court_source = models.CharField("集中管辖依据", max_length=200, blank=True)
    online_channel = models.CharField("网上申请行政复议的渠道", max_length=200, blank=True)
    payment = models.CharField("信息处理费缴纳方式", max_length=300, blank=True)
    # Notices told in the guide (REG.28): once announced they bind.
    takes_fax = models.BooleanField("接受传真申请", default=False)
    takes_email = models.BooleanField("接受电子邮件申请", default=False)

    class Meta:
        verbose_name = "依申请公开设置"
        verbose_name_plural = "依申请公开设置"
