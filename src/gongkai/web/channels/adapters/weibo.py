"""A Weibo account: one post with the record's title and a link to its page.

Names are those of the public documentation (open.weibo.com/wiki/2/): statuses/share, statuses/user_timeline,
statuses/destroy, and its error codes. A post cannot be changed: for an update or a repeal a person is asked.
A lost answer is looked for in the account's own timeline, by the index number that every post carries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings

from gongkai.web.channels.adapters.base import (
    PUBLISH,
    WITHDRAW,
    Adapter,
    Course,
    Item,
    LeftToPerson,
    Outcome,
    Refused,
    Sent,
    Unavailable,
    Unsure,
    remote_name,
    shortened,
)
from gongkai.web.channels.adapters.limits import limits
from gongkai.web.channels.adapters.reaching import reaching
from gongkai.web.channels.outgoing import Answer, ask, form

# 10001 系统错误, 10002 服务暂停, 10003 远程服务错误, 10009 系统繁忙, 10010 任务超时, 10011 RPC错误:
# whether the post was taken before that is not said.
_PERHAPS = frozenset({10001, 10002, 10003, 10009, 10010, 10011})
# 10022 to 10024 频次超过上限, 20016 发布内容过于频繁.
_TOO_OFTEN = frozenset({10022, 10023, 10024, 20016})
# 20017 相似信息, 20019 重复内容, 20111 不能发布相同的微博, 20032 发布成功、可能延迟: it may be there already.
_THERE_ALREADY = frozenset({20017, 20019, 20032, 20111})
_THERE_CODES = frozenset(f"weibo_{code}" for code in _THERE_ALREADY)
_NO_SUCH_POST = 20101


class Weibo(Adapter):
    acts: ClassVar[frozenset[str]] = frozenset({PUBLISH, WITHDRAW})

    def send(self, item: Item, course: Course) -> Outcome:
        if item.act == WITHDRAW:
            return self._destroy(item)
        fields = {"status": status_text(item), "rip": self.account.setting("rip")}
        try:
            facts = self._asked(lambda: form(_at("statuses/share"), {**self._token(), **fields}))
        except Unsure as unsure:
            if unsure.code in _THERE_CODES:
                course.keep(there_already=True)
            raise
        name = remote_name(facts.get("idstr")) or remote_name(facts.get("id"))
        if not name:
            raise Unsure("nonsense", "微博的应答中没有编号，不能确定是否发出。", "No id came back.")
        return Sent(name)

    def find(self, item: Item, course: Course) -> Outcome | None:
        if item.act == WITHDRAW:
            return None  # to delete twice deletes once
        asked = {**self._token(), "count": str(limits("weibo")["page"]), "base_app": "1", "trim_user": "1"}
        facts = self._asked(lambda: ask("GET", f"{_at('statuses/user_timeline')}?{urlencode(asked)}"))
        rows = facts.get("statuses")
        if not isinstance(rows, list):
            raise Unsure("nonsense", "微博的应答无法识别。", "The answer makes no sense.")
        for one in rows:
            if isinstance(one, dict) and item.index_number in str(one.get("text") or ""):
                return Sent(remote_name(one.get("idstr")) or remote_name(one.get("id")))
        if course.facts.get("there_already"):
            zh = "微博提示已发过相同内容，但时间线上没有找到。请到微博核对。"
            raise Unsure("not_listed", zh, "Said to be there, and not found.")
        if not course.facts.get("missed_once"):
            # Error 20032 tells of delays of one or two minutes: missed twice, minutes apart, it is not there.
            course.keep(missed_once=True)
            zh = "微博时间线上还没有这一条，稍后再核对一次。"
            raise Unsure("not_listed_yet", zh, "Not in the timeline yet.")
        return None

    def _destroy(self, item: Item) -> Outcome:
        if not item.remote_id:
            return LeftToPerson("不知道微博编号，请在微博上删除。", "Delete it on Weibo.")
        address = _at("statuses/destroy")
        try:
            self._asked(lambda: form(address, {**self._token(), "id": item.remote_id}))
        except Refused as refused:
            if refused.code != f"weibo_{_NO_SUCH_POST}":
                raise
        return Sent(item.remote_id)

    def _token(self) -> dict[str, str]:
        if not self.account.secret:
            raise Refused("no_account", "没有填写微博的 access_token。", "The access_token is missing.")
        return {"access_token": self.account.secret}

    def _asked(self, question: Callable[[], Answer]) -> dict[str, Any]:
        with reaching():
            answer = question()
        facts = answer.facts()
        if facts is None:
            zh = f"微博的应答无法识别（{answer.status}），不能确定是否发出。"
            raise Unsure("nonsense", zh, f"The answer makes no sense ({answer.status}).")
        _complain(facts)
        return facts


def _complain(facts: dict[str, Any]) -> None:
    told = facts.get("error_code")
    if told in (None, 0, "0"):
        return
    code = int(told) if str(told).isascii() and str(told).isdigit() else -1
    words = f"{code} {str(facts.get('error') or '')[:120]}"
    if code in _PERHAPS or code in _THERE_ALREADY:
        raise Unsure(f"weibo_{code}", f"微博没有说明是否发出（{words}）。", f"Weibo does not say ({words}).")
    if code in _TOO_OFTEN:
        zh = f"微博限制了发送频次（{words}）。"
        raise Unavailable(f"weibo_{code}", zh, f"Too often ({words}).", after=3600)
    zh = f"微博拒绝了请求（{words}）。授权过期的，请重新授权并填写新的 access_token，然后再发。"
    raise Refused(f"weibo_{code}", zh, f"Weibo refused it ({words}).")


def status_text(item: Item) -> str:
    """Title, index number and link, within 140 characters; a `#` would make a topic of the words."""
    tail = f"（索引号：{item.index_number}）{item.address}"
    room = limits("weibo")["status"] - len(tail) - 2
    if room < 4:
        zh = "网址和索引号太长，微博放不下。"
        raise Refused("too_long", zh, "Link and index number leave no room for a title.")
    return f"【{shortened(item.title.replace('#', '＃'), room)}】{tail}"


def _at(what: str) -> str:
    return f"{settings.WEIBO_ADDRESS}/2/{what}.json"
