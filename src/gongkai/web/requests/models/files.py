"""Files of a case: proof of identity, scans, what is given out, letters. Sealed in the file store."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.web.organs.models import Staff
from gongkai.web.requests.models.cases import Case


class FileKind(models.TextChoices):
    """What a file is to the case."""

    IDENTITY = "identity", _("身份证明")
    AUTHORITY = "authority", _("授权委托书")
    REQUEST = "request", _("申请材料")
    SUPPLEMENT = "supplement", _("补正材料")
    OPINION = "opinion", _("第三方或者其他机关意见")
    ANSWER = "answer", _("科室答复材料")
    DISCLOSED = "disclosed", _("予以公开的信息")
    LETTER = "letter", _("文书")
    SERVICE = "service", _("送达凭证")
    PAYMENT = "payment", _("缴费凭证")
    OTHER = "other", _("其他")


class CaseFile(models.Model):
    """A file. `sha256` is of the sealed bytes, under which they lie; the name is sealed as well."""

    is_tracked = True

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="files", verbose_name="申请")
    kind = models.CharField("类别", max_length=12, choices=FileKind.choices)
    name = models.TextField("文件名（加密）")
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("大小")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField("加入时间")
    added_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="加入人"
    )  # None: the requester
    # Of kind SERVICE: the service that it proves.
    service = models.ForeignKey(
        "requests.Service", models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="送达"
    )

    class Meta:
        verbose_name = "案件文件"
        verbose_name_plural = "案件文件"
        ordering = ("case", "id")
        indexes = (models.Index(fields=["sha256"], name="case_files_by_digest"),)
