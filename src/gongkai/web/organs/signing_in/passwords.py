"""Rules of passwords [D: after the habits of graded protection (GB/T 22239), which give no figures], and
temporary ones."""

from __future__ import annotations

import secrets
import string
import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.web.organs.models import PastPassword, Staff

LEAST_CHARACTERS = 10
MOST_CHARACTERS = 128
LEAST_KINDS = 3
# A name shorter than this says nothing when it stands in a password.
_SHORTEST_NAME = 3
# Without letters and digits that look alike: it is read from a screen or a slip of paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"


class LongEnough:
    """At least ten characters, and no more than a hash should be troubled with."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < LEAST_CHARACTERS:
            raise ValidationError(
                _("密码至少 %(least)s 位，现在是 %(now)s 位。")
                % {"least": LEAST_CHARACTERS, "now": len(password)},
                code="password_too_short",
            )
        if len(password) > MOST_CHARACTERS:
            raise ValidationError(
                _("密码最多 %(most)s 位。") % {"most": MOST_CHARACTERS}, code="password_too_long"
            )

    def get_help_text(self) -> str:
        return _("至少 %(least)s 位") % {"least": LEAST_CHARACTERS}


class OfSeveralKinds:
    """Three of four kinds of characters; Chinese characters are of the fourth."""

    def validate(self, password: str, user: Any = None) -> None:
        if kinds(password) < LEAST_KINDS:
            raise ValidationError(
                _("密码须含大写字母、小写字母、数字、其他字符四类中的三类。"), code="password_too_uniform"
            )

    def get_help_text(self) -> str:
        return _("含大写字母、小写字母、数字、其他字符（标点、汉字）四类中的三类")


def kinds(password: str) -> int:
    """How many of the four kinds of characters are there.

    >>> [kinds(one) for one in ("abc", "abcD1", "春眠不觉晓", "春Mian1")]
    [1, 3, 1, 4]
    """
    found = set()
    for character in password:
        if character in string.ascii_lowercase:
            found.add("small")
        elif character in string.ascii_uppercase:
            found.add("capital")
        elif character in string.digits:
            found.add("digit")
        else:
            found.add("other")
    return len(found)


class WithoutOwnNames:
    """Not made from the person's or the organ's names."""

    def validate(self, password: str, user: Any = None) -> None:
        typed = _folded(password)
        if any(name in typed for name in _names(user)):
            raise ValidationError(
                _("密码中不要用登录名、姓名、邮箱或者机关名称。"), code="password_of_own_names"
            )

    def get_help_text(self) -> str:
        return _("不含登录名、姓名和机关名称")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _names(user: Any) -> list[str]:
    if not isinstance(user, Staff):
        return []
    told = [user.username, user.name, user.email.split("@")[0]]
    if user.organ is not None:
        told += [user.organ.code, user.organ.name, user.organ.short_name]
    folded = [_folded(one) for one in told]
    # Two Chinese characters are a whole name; two letters are chance.
    return [one for one in folded if len(one) >= (_SHORTEST_NAME if one.isascii() else _SHORTEST_NAME - 1)]


class NotCommon(CommonPasswordValidator):
    """None of the twenty thousand passwords that are tried first, also when dressed up at its ends."""

    def validate(self, password: str, user: Any = None) -> None:
        typed = _folded(password)
        bare = typed.strip(string.punctuation + "！。，？～")
        # `Password123!` is `password` with the usual trimmings.
        if {typed, bare, bare.strip(string.digits)} & self.passwords:
            raise ValidationError(_("这个密码太常见，容易被猜中。"), code="password_too_common")

    def get_help_text(self) -> str:
        return _("不是常见密码")


class NotUsedBefore:
    """Neither the present password nor the last ones before it."""

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, Staff) or user.pk is None:
            return
        hashes = [user.password] if user.has_usable_password() else []
        past = PastPassword.objects.filter(staff=user).values_list("password", flat=True)
        hashes += past[: settings.PASSWORDS_REMEMBERED - 1]
        if any(check_password(password, one) for one in hashes):
            raise ValidationError(
                _("这个密码最近用过。请换一个，不要与最近 %(n)s 个密码相同。")
                % {"n": settings.PASSWORDS_REMEMBERED},
                code="password_used_before",
            )

    def get_help_text(self) -> str:
        return _("不同于最近用过的 %(n)s 个密码") % {"n": settings.PASSWORDS_REMEMBERED}


def temporary_password() -> str:
    """A password for one sign-in, easy to read out: `Kp7m-x3Rt-9wFq-aH2d`; some 90 bits."""
    while True:
        groups = [
            "".join(secrets.choice(_LETTERS + _CAPITALS + _DIGITS) for _one in range(4))
            for _group in range(4)
        ]
        made = "-".join(groups)
        if kinds(made) == 4:
            return made
