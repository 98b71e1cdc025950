"""A WeChat official account: pictures up, a draft, its publication, a look at what became of it.

Field names are those of the public documentation (developers.weixin.qq.com/doc/service/api/, looked up on
2026-11-21): stable_token, media/uploadimg, draft/add, draft/batchget, freepublish/submit, freepublish/get,
freepublish/batchget, freepublish/delete. What is published there cannot be changed by a program: for an
update or a repeal a person is asked.

The protocol knows no idempotency key. A draft is known again by its `content_source_url` (the record's own
page, with our key behind it); the same mark is in the list of what is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

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
    UnderWay,
    Unsure,
    remote_name,
    shortened,
    web_address,
)
from gongkai.web.channels.adapters.limits import limits
from gongkai.web.channels.adapters.wechat_asking import asked
from gongkai.web.channels.adapters.wechat_text import article_html
from gongkai.web.channels.outgoing import Upload

_FAILED = {
    2: ("原创声明失败", "the statement of originality failed"),
    3: ("常规失败", "it failed"),
    4: ("平台审核不通过", "the platform's review refused it"),
    5: ("成功后用户删除所有文章", "it was deleted afterwards"),
    6: ("成功后系统封禁所有文章", "the platform has blocked it"),
}


class WeChat(Adapter):
    acts: ClassVar[frozenset[str]] = frozenset({PUBLISH, WITHDRAW})

    def send(self, item: Item, course: Course) -> Outcome:
        if item.act == WITHDRAW:
            return self._delete(item)
        if course.facts.get("publish_id"):
            return self._look(course)
        if not course.facts.get("media_id"):
            self._add_draft(item, course)
        if self.account.settings.get("drafts_only"):
            zh = "草稿已放入公众号草稿箱，请在公众平台核对后发表，再登记发表日期和网址。"
            en = "The draft is in the account's draft box: publish it there, then enter when and where."
            return LeftToPerson(zh, en, str(course.facts["media_id"]))
        course.keep(submitting=True)
        facts = self._asked("freepublish/submit", {"media_id": course.facts["media_id"]})
        publish_id = remote_name(facts.get("publish_id"))
        if not publish_id:
            raise Unsure("no_publish_id", "公众平台没有返回发布任务编号。", "No publish_id came back.")
        course.keep(publish_id=publish_id, submitting=False)
        return self._look(course)

    def find(self, item: Item, course: Course) -> Outcome | None:
        if item.act == WITHDRAW:
            return None  # to delete twice deletes once
        if course.facts.get("publish_id"):
            return self._look(course)
        if course.facts.get("submitting"):
            return self._among_published(item)
        if course.facts.get("adding") and not course.facts.get("media_id"):
            found = self._first(self._listed("draft/batchget"), item)
            if found is not None:
                course.keep(media_id=remote_name(found.get("media_id")), adding=False)
        return None

    def _add_draft(self, item: Item, course: Course) -> None:
        most = limits("wechat")
        html = article_html(item, self._pictures(item, course), most["content"])
        course.keep(adding=True)
        article = {
            "article_type": "news",
            "title": shortened(item.title, most["title"]),
            "author": shortened(self.account.setting("author") or item.organ_name, most["author"]),
            "digest": shortened(item.summary, most["digest"]),
            "content": html,
            "content_source_url": _mark(item),
            "thumb_media_id": self.account.setting("cover_media_id"),
            "need_open_comment": 0,
            "only_fans_can_comment": 0,
        }
        media_id = remote_name(self._asked("draft/add", {"articles": [article]}).get("media_id"))
        if not media_id:
            raise Unsure("no_media_id", "公众平台没有返回草稿编号。", "No media_id came back.")
        course.keep(media_id=media_id, adding=False)

    def _pictures(self, item: Item, course: Course) -> dict[str, str]:
        """The pictures' addresses at WeChat, by their names in the body; each is sent up once."""
        most = limits("wechat")
        known: dict[str, str] = dict(course.facts.get("pictures") or {})
        fitting = [
            one
            for one in item.pictures
            if one.media_type in most["picture_types"] and one.size < most["picture_bytes"]
        ]
        for one in fitting[: most["pictures"]]:
            if one.name in known:
                continue
            file = Upload(
                "media", f"{one.name.replace(':', '-')}.{one.media_type[6:]}", one.media_type, one.load()
            )
            try:
                facts = self._asked("media/uploadimg", [file])
            except Unsure as lost:  # a picture sent up twice is seen by nobody
                raise Unavailable(lost.code, lost.zh, lost.en) from lost
            known[one.name] = web_address(facts.get("url"))
            course.keep(pictures=known)
        return {name: address for name, address in known.items() if address}

    def _look(self, course: Course) -> Outcome:
        try:
            facts = self._asked("freepublish/get", {"publish_id": course.facts["publish_id"]})
        except Unsure as lost:  # a look changes nothing
            raise Unavailable(lost.code, lost.zh, lost.en) from lost
        status = facts.get("publish_status")
        if status == limits("wechat")["publishing"]:
            return UnderWay("公众平台正在处理发布任务。", "The platform is working on it.")
        if status == limits("wechat")["published"]:
            items = (facts.get("article_detail") or {}).get("item") or [{}]
            first = items[0] if isinstance(items, list) and isinstance(items[0], dict) else {}
            return Sent(remote_name(facts.get("article_id")), web_address(first.get("article_url")))
        zh, en = _FAILED.get(status if isinstance(status, int) else -1, ("状态无法识别", "unknown status"))
        # The draft is spent or spoilt: pressed again, it begins anew.
        course.keep(publish_id="", media_id="", submitting=False)
        raise Refused("not_published", f"公众平台没有发布：{zh}。请修改后再发。", f"Not published: {en}.")

    def _among_published(self, item: Item) -> Outcome | None:
        found = self._first(self._listed("freepublish/batchget"), item)
        if found is None:
            # Submitted or not, it may still appear: what is not there yet is no proof.
            zh = "提交发布时没有收到应答，已发布列表中还没有这一条。请到公众平台核对草稿箱和发表记录。"
            raise Unsure("not_listed", zh, "Not among what is published (yet).")
        news = (found.get("content") or {}).get("news_item") or [{}]
        address = next((web_address(one.get("url")) for one in news if _carries(one, item)), "")
        return Sent(remote_name(found.get("article_id")), address)

    def _delete(self, item: Item) -> Outcome:
        if not item.remote_id:
            return LeftToPerson("不知道文章编号，请在公众平台删除。", "Delete it on the platform.")
        self._asked("freepublish/delete", {"article_id": item.remote_id, "index": 0})
        return Sent(item.remote_id)

    def _listed(self, what: str) -> Iterator[dict[str, Any]]:
        """What the account has, the newest first, as far back as limits.toml says."""
        most = limits("wechat")
        for page in range(most["pages"]):
            asked = {"offset": page * most["page"], "count": most["page"], "no_content": 1}
            rows = self._asked(what, asked).get("item")
            if not isinstance(rows, list):
                raise Unsure("nonsense", "公众平台的应答无法识别。", "The answer makes no sense.")
            yield from (one for one in rows if isinstance(one, dict))
            if len(rows) < most["page"]:
                return

    @staticmethod
    def _first(rows: Iterator[dict[str, Any]], item: Item) -> dict[str, Any] | None:
        for one in rows:
            news = (one.get("content") or {}).get("news_item")
            if isinstance(news, list) and any(_carries(article, item) for article in news):
                return one
        return None

    def _asked(self, what: str, said: Mapping[str, Any] | list[Upload]) -> dict[str, Any]:
        return asked(self.account, what, said)


def _mark(item: Item) -> str:
    return f"{item.address}#{item.key}"


def _carries(article: Any, item: Item) -> bool:
    source = article.get("content_source_url") if isinstance(article, dict) else None
    return isinstance(source, str) and item.key in source
