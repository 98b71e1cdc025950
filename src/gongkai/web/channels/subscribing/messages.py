"""The words of messages: the question whether it was they who asked, and what is new."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongkai.web.channels.actions.subscribing import CONFIRM, END, address_of, link_token
from gongkai.web.channels.items import record_address
from gongkai.web.channels.models import Subscription, Way
from gongkai.web.channels.subscribing.filters import described, interpretations_of, policies_of, wish_of
from gongkai.web.channels.subscribing.messengers import Message, key_of
from gongkai.web.disclosure.models import Record


def question_of(subscription: Subscription) -> Message:
    """Sent once, when somebody has asked: nothing else is sent before it is answered."""
    link = _link("subscriptions:confirm", subscription, CONFIRM)
    with translation.override(subscription.language):
        wanted = described(wish_of(subscription), "en" if subscription.language.startswith("en") else "zh")
        subject = _("请确认订阅政府信息公开")
        if subscription.way == Way.SMS:
            text = _("请打开链接确认订阅政府信息公开，两天内有效：%(link)s 不是您本人操作的，请忽略。")
            text = text % {"link": link}
        else:
            text = "\n\n".join(
                (
                    _("有人用这个邮箱订阅了政府信息公开的推送。是您本人的，请在两天内打开下面的链接确认："),
                    link,
                    _("订阅的内容：%(wish)s") % {"wish": wanted},
                    _("不是您本人操作的，请忽略这封邮件，您不会再收到邮件。"),
                )
            )
    return Message(address_of(subscription), str(subject), text, key_of("confirm", subscription.pk))


def message_of(subscription: Subscription, records: Sequence[Record]) -> Message:
    """What is new, each record with its interpretation or its policy. 2 queries a record."""
    out = _link("subscriptions:end", subscription, END)
    with translation.override(subscription.language):
        newest = records[0].title
        subject = newest if len(records) == 1 else _("%(n)s 条新公开的政府信息") % {"n": len(records)}
        subject = subject.replace("\r", " ").replace("\n", " ")[:150]
        if subscription.way == Way.SMS:
            text = _("%(title)s %(link)s 退订：%(out)s")
            link = record_address(records[0])
            text = text % {"title": subject[:60], "link": link, "out": out}
        else:
            blocks = [_block(one) for one in records]
            blocks.append(_("不想再收到的，打开链接退订：%(out)s") % {"out": out})
            text = "\n\n".join(blocks)
    facts = {
        "title": subject,
        "organ": records[0].organ.name,
        "date": _day(records[0]),
        "count": str(len(records)),
    }
    headers = {"List-Unsubscribe": f"<{out}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    key = key_of("told", subscription.pk, *(one.published_id for one in records))
    told = _link("subscriptions:told", subscription, END)
    return Message(address_of(subscription), subject, text, key, headers, facts, told)


def _day(record: Record) -> str:
    at = record.published_at
    return "" if at is None else "{0.year}年{0.month}月{0.day}日".format(timezone.localdate(at))


def _block(record: Record) -> str:
    lines = [record.title, f"{record.organ.name} {record.document_number}".strip(), record_address(record)]
    lines += [_("解读：") + f"{one.title} {record_address(one)}" for one in interpretations_of(record)]
    lines += [_("解读的文件：") + f"{one.title} {record_address(one)}" for one in policies_of(record)]
    return "\n".join(lines)


def _link(name: str, subscription: Subscription, purpose: str) -> str:
    return str(settings.PUBLIC_ADDRESS) + reverse(name, args=[link_token(subscription, purpose)])
