"""The organs of an area as a tree, and the units in each (REG.3, REG.4, REG.10)."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.statute.identifiers import DEFAULT_TEMPLATE
from gongkai.statute.remedies import Level as StatuteLevel
from gongkai.statute.remedies import OrganKind, kind_name

# The official red of PAGES.md; an organ may take another that white words are legible on.
DEFAULT_BAND_COLOUR = "#b3261e"
_CODE = RegexValidator(
    r"^[a-z][a-z0-9-]{1,38}[a-z0-9]$", "代码用小写字母、数字和连字符，3 至 40 位，以字母开头。"
)
_COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", _("颜色写作 # 加六位小写十六进制数，例如 #b3261e。"))


class Level(models.TextChoices):
    """The level of government that an organ belongs to: the values of `statute.remedies.Level`."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


KINDS = [(one.value, kind_name(one)[0]) for one in OrganKind]


class Organ(models.Model):
    """A public organ with a place in the tree. `path`: ids from the root to itself, `/1/4/12/`.

    The area of an organ is every organ whose path begins with its own: one index serves the tree.
    """

    is_tracked = True
    depth: int  # how far below the top of a list (queries.in_tree_order)

    code = models.CharField("代码", max_length=40, unique=True, validators=[_CODE])
    name = models.CharField("机关名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("机关类别", max_length=40, choices=KINDS)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField(max_length=255, db_index=True, editable=False, default="/")
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    index_template = models.CharField("索引号格式", max_length=80, default=DEFAULT_TEMPLATE)

    # REG.12: what the guide says of the disclosure office; PAGES: the foot of every page.
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    complaint_telephone = models.CharField("监督投诉电话", max_length=40, blank=True)
    complaint_address = models.CharField("监督投诉地址", max_length=200, blank=True)
    site_code = models.CharField("网站标识码", max_length=10, blank=True)
    icp_number = models.CharField("ICP备案号", max_length=40, blank=True)
    police_number = models.CharField("公安联网备案号", max_length=40, blank=True)
    hostname = models.CharField("本机关域名", max_length=120, blank=True)

    band_colour = models.CharField(
        "版头颜色", max_length=7, default=DEFAULT_BAND_COLOUR, validators=[_COLOUR]
    )
    emblem = models.BinaryField("徽标", null=True, blank=True, max_length=256 * 1024)
    emblem_type = models.CharField(max_length=20, blank=True)
    # Stands in the emblem's address, so that browsers may keep it: changes with the picture.
    emblem_version = models.CharField(max_length=16, blank=True, editable=False)
    requires_second_factor = models.BooleanField("登录须有第二重验证", default=True)
    is_active = models.BooleanField("启用", default=True)
    is_fictional = models.BooleanField("虚构示例", default=False)
    position = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = "机关"
        verbose_name_plural = "机关"
        ordering = ("path",)
        constraints = (
            models.UniqueConstraint(
                fields=["hostname"], condition=~Q(hostname=""), name="organ_hostname_is_its_own"
            ),
        )

    def __str__(self) -> str:
        return str(self.name)

    @property
    def called(self) -> str:
        """The short name if there is one."""
        return str(self.short_name or self.name)

    @property
    def organ_kind(self) -> OrganKind:
        return OrganKind(self.kind)

    @property
    def statute_level(self) -> StatuteLevel:
        return StatuteLevel(self.level)

    def covers(self, other: Organ) -> bool:
        """Whether `other` is this organ or lies below it."""
        return str(other.path).startswith(str(self.path))


class Unit(models.Model):
    """A unit (科室) of an organ. One is the disclosure office (REG.4)."""

    is_tracked = True
    people: int  # open accounts, where queries.units_of has counted them

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="units", verbose_name="机关")
    name = models.CharField("名称", max_length=80)
    is_disclosure_office = models.BooleanField("政府信息公开工作机构", default=False)
    is_active = models.BooleanField("启用", default=True)
    position = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = "科室"
        verbose_name_plural = "科室"
        ordering = ("organ", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=["organ", "name"], name="unit_name_once_in_an_organ"),
            models.UniqueConstraint(
                fields=["organ"],
                condition=Q(is_disclosure_office=True, is_active=True),
                name="one_disclosure_office_in_an_organ",
            ),
        )

    def __str__(self) -> str:
        return str(self.name)
