"""An official account, as its public documentation tells: token, pictures, draft, publication, deletion."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.channels.going_out import days, later, only, opened, states
from tests.web.channels.servers import Wire
from tests.web.platform import House, published
from tests.web.portal.releasing import amended, public, withdrawn

from gongkai.web.audit.verifying import verify
from gongkai.web.channels.actions.deciding import record_done, send_again
from gongkai.web.channels.adapters.base import Item
from gongkai.web.channels.adapters.wechat_text import article_html
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Release, ReleaseState
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
WAYS = ("cut", "cut_before", "slow", "nonsense", 500)


def test_an_article_with_its_pictures_is_published_and_its_address_kept(town: House, wechat: Wire) -> None:
    opened(town, "wechat")
    record = public(town, title="关于印发《北山镇防汛抗旱应急预案》的通知（含物资清单及值守安排等七个附件）")
    wechat.under_way = 1
    deliver()
    assert states(record) == [("publish", "waiting")], "the platform is still at it"
    later(0.1)
    release = only(record)
    assert release.state == ReleaseState.SENT
    assert (release.remote_id, release.address) == ("article-0", "https://mp.weixin.qq.com/s/article-0")
    (article,) = wechat.published.values()
    assert len(article["title"]) <= 32
    assert article["author"] == town.organ.name[:16]
    assert '<img src="http://mmbiz.qpic.cn/1">' in article["content"]
    assert record.title in article["content"]
    assert article["content_source_url"].startswith("https://www.xugou.example.cn/o/beishan/records/")
    assert article["thumb_media_id"] == "cover-1"
    assert len(wechat.pictures) == 1
    assert verify().faults == []


@pytest.mark.parametrize("mood", WAYS)
@pytest.mark.parametrize(
    "question", ["stable_token", "media/uploadimg", "draft/add", "freepublish/submit", "freepublish/get"]
)
def test_whatever_is_lost_at_whatever_step_it_is_published_once(
    town: House, wechat: Wire, question: str, mood: Any
) -> None:
    opened(town, "wechat")
    record = public(town)
    wechat.moods.append((question, mood))
    deliver()
    days(6)
    (state,) = states(record)
    published_there = len(wechat.published)
    assert published_there <= 1
    if state[1] == ReleaseState.UNSURE:
        # The line was cut before the publication was taken: nothing there tells that from a slow one.
        assert (question, published_there) == ("freepublish/submit", 0)
        send_again(by=town[Role.CLERK], release=only(record))
        later(200)
    assert states(record) == [("publish", "sent")]
    assert len(wechat.published) == 1
    assert wechat.drafts == {}


def test_a_token_that_no_longer_holds_is_fetched_anew(town: House, wechat: Wire) -> None:
    opened(town, "wechat")
    first, second = published(town), published(town, title="关于第二件事项的通知")
    deliver()
    wechat.tokens.append("somebody-else-has-refreshed-it")
    third = published(town, title="关于第三件事项的通知")
    deliver()
    assert [states(one) for one in (first, second, third)] == [[("publish", "sent")]] * 3
    assert len([path for _, path in wechat.asked if path.endswith("stable_token")]) == 2


@pytest.mark.parametrize(("code", "words"), [(48001, "48001"), (53503, "53503"), (45009, "上限")])
def test_what_the_platform_refuses_is_told_in_its_own_words(
    town: House, wechat: Wire, code: int, words: str
) -> None:
    wechat.fails_with = code
    opened(town, "wechat")
    record = published(town)
    deliver()
    release = only(record)
    assert release.state == (ReleaseState.WAITING if code == 45009 else ReleaseState.DEAD)
    assert words in release.trouble_zh
    assert wechat.published == {}


def test_a_wrong_secret_is_told_of_without_showing_it(town: House, wechat: Wire) -> None:
    opened(town, "wechat", secret="a-wrong-one")
    record = published(town)
    deliver()
    release = only(record)
    assert release.state == ReleaseState.DEAD
    assert "AppSecret" in release.trouble_zh
    assert "a-wrong-one" not in release.trouble_zh


def test_drafts_alone_are_left_to_a_person_who_enters_when_they_came_out(town: House, wechat: Wire) -> None:
    settings = {"app_id": "wx0000000000000000", "cover_media_id": "cover-1", "drafts_only": True}
    opened(town, "wechat", settings=settings)
    record = published(town)
    deliver()
    release = only(record)
    assert (release.state, len(wechat.drafts), wechat.published) == (ReleaseState.TASK, 1, {})
    record_done(
        by=town[Role.CLERK],
        release=release,
        on=record.published_at.date(),
        address="https://mp.weixin.qq.com/s/xyz",
    )
    assert states(record) == [("publish", "recorded")]


def test_a_withdrawn_record_is_deleted_there_and_a_new_version_is_a_persons_task(
    town: House, wechat: Wire
) -> None:
    opened(town, "wechat")
    record = amended(town)
    deliver()
    assert len(wechat.published) == 1
    from gongkai.web.disclosure.actions.ending import repeal

    repeal(by=town[Role.LEADER], record=record, on=record.made_on, basis="虚政发〔2026〕9号")
    deliver()
    assert states(record) == [("publish", "sent"), ("repeal", "task")]
    withdrawn(town, Record.objects.get(pk=record.pk))
    deliver()
    assert states(record) == [("publish", "sent"), ("repeal", "dropped"), ("withdraw", "sent")]
    assert wechat.published == {}
    assert verify().faults == []


def test_withdrawn_while_the_draft_waits_nothing_more_is_published(town: House, wechat: Wire) -> None:
    opened(town, "wechat")
    record = public(town)
    wechat.moods.append(("freepublish/submit", 503))
    deliver()
    assert (states(record), len(wechat.drafts)) == ([("publish", "waiting")], 1)
    withdrawn(town, record)
    days(4)
    assert wechat.published == {}
    assert states(record)[0] == ("publish", "unsure"), "a person is told to look at the drafts"
    assert states(record)[1] == ("withdraw", "task")


def test_a_body_that_is_too_long_is_cut_between_blocks_and_says_so() -> None:
    html = "<p>" + "防汛" * 400 + "</p>"
    facts = dict.fromkeys(("organ_code", "kind", "category", "theme", "summary", "validity"), "")
    item = Item(
        key="k", act="publish", organ_name="虚构区北山镇人民政府", index_number="beishan-2026-1",
        title="甲<乙>", document_number="", version=1,
        address="https://www.xugou.example.cn/o/beishan/records/1/", html=html * 40, **facts,
    )  # fmt: skip
    made = article_html(item, {}, 19_000)
    assert len(made) <= 19_000
    assert made.count("<p>") == made.count("</p>")
    assert "全文见原文" in made
    assert "甲&lt;乙&gt;" in made


def test_what_is_kept_between_two_questions_is_there_after_a_crash(
    town: House, wechat: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the draft was made: the next worker finds it, and makes no second one."""
    opened(town, "wechat")
    record = public(town)
    from gongkai.web.channels.actions import sending
    from gongkai.web.channels.actions.planning import follow
    from gongkai.web.channels.adapters.base import Course

    follow()
    release = sending.claim()
    assert release is not None
    wechat.moods.append(("draft/add", "cut"))
    course = Course(write=lambda facts: sending._keep(release, facts))
    with pytest.raises(Exception, match="no whole answer"):
        sending._tried(release, course)
    later(1)
    assert states(record) == [("publish", "sent")]
    assert (len(wechat.published), wechat.drafts) == (1, {})
    assert Release.objects.count() == 1
