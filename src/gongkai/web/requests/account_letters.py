"""The letter that proves an address: a link, and nothing of what lies behind it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.channels.subscribing.messengers import Message, key_of
from gongkai.web.requests.actions.accounts import Link, settled_seconds


def letter_with(link: Link) -> Message:
    """The same for an address that has an account and for one that has none."""
    address = f"{settings.PUBLIC_ADDRESS}{reverse('requests:enter', args=[link.token])}"
    text = "\n\n".join(
        (
            _("有人用这个邮箱登录政府信息公开“我的申请”。是您本人的，请在 %(n)s 分钟内打开下面的链接：")
            % {"n": settled_seconds("link") // 60},
            address,
            _("链接只能用一次，请不要转给他人。不是您本人操作的，请忽略这封邮件。"),
        )
    )
    return Message(link.address, str(_("登录“我的申请”")), text, key_of("account", link.token))
