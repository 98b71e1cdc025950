"""What the search page finds for saved words is what they bring, and nothing else."""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from lxml import etree
from tests.web.conftest import page
from tests.web.platform import House, published

from gongkai.web.channels.actions.telling import follow
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Notice, Standing, Subscription
from gongkai.web.channels.subscribing import words
from gongkai.web.channels.subscribing.words import held_by
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record
from gongkai.web.search.following import follow as follow_index
from gongkai.web.search.following import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def subscribers(*questions: str, **facts: Any) -> None:
    now = timezone.now()
    usual = {"way": "email", "standing": Standing.ACTIVE, "frequency": "daily", "asked_at": now}
    Subscription.objects.bulk_create(
        Subscription(words=one, confirmed_at=now, nonce=f"n{place}", **{**usual, **facts})
        for place, one in enumerate(questions)
    )


def told() -> set[tuple[str, str]]:
    return set(Notice.objects.values_list("subscription__words", "record__title"))


QUESTIONS = (
    "防汛", "汛抗", "防 汛 抗 旱", "旱", "防汛抗旱工作方案什么时候印发的？", "北政发〔2026〕21号",
    "防迅", "政发（2026）21号",
    "“防汛抗旱工作”", "防訓抗旱", "贯彻执行", "入学", "学校 防汛",
    "义务教育 入学 工作", "办公室的", "2026", "？", "不存在的词",
    "北山镇 入学 地铁", "通知", "防汛 入学 义务教育 方案",
)  # fmt: skip


@pytest.mark.parametrize("aside", [True, False], ids=["an index of the round", "the whole index"])
def test_each_question_brings_what_the_page_finds(
    aside: bool, client: Client, town: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "QUESTIONS_A_RECORD", 0 if aside else 1_000)
    rebuild()
    subscribers(*QUESTIONS)
    facts = {"document_number": "北政发〔2026〕21号", "keywords": "防汛 抗旱"}
    published(town, **facts)
    published(
        town, title="关于做好义务教育学校入学工作的通知", summary="入学安排。", body="<p>请各学校执行。</p>"
    )
    published(town, title="关于开展安全检查的公告", summary="安全。", body="<p>检查食品。</p>")
    follow_index()
    follow()
    for question in QUESTIONS:
        answer = page(client.get("/search/", {"q": question}))
        told_instead = ("以下是这个词的结果", "没有全部包含")
        instead = any(one in answer.body.text() for one in told_instead)
        hits = set() if instead else {one.text(strip=True) for one in answer.css(".hit-title a")}
        assert {title for one, title in told() if one == question} == hits, question
        feed = etree.fromstring(client.get("/subscribe/feed.atom", {"words": question}).content)
        if question != "？":
            assert {one.text for one in feed.findall("{*}entry/{*}title")} == hits, question
    assert ("贯彻执行", "关于做好义务教育学校入学工作的通知") not in told()


def test_a_word_of_the_body_brings_it_and_a_part_of_two_words_does_not_miss(town: House) -> None:
    rebuild()
    subscribers("应急物资储备")
    published(town, body="<p>各村应当做好应急物资储备。</p>")
    follow_index()
    follow()
    assert len(told()) == 1


def test_a_change_waits_until_the_index_has_read_it_but_not_for_ever(town: House) -> None:
    rebuild()
    subscribers("防汛")
    published(town)
    assert follow() == 0
    assert told() == set()
    with clock.set_to(timezone.now() + dt.timedelta(minutes=11)):
        assert follow() > 0
    rebuild()
    published(town, title="关于第二次防汛工作的通知")
    assert follow() == 0
    follow_index()
    assert follow() > 0
    assert len(told()) >= 1


def test_those_without_words_do_not_wait_for_an_index(town: House) -> None:
    rebuild()
    subscribers("")
    record = published(town)
    assert follow() > 0
    assert told() == {("", record.title)}


def test_without_an_index_titles_bring_it_as_on_the_page(town: House) -> None:
    subscribers("防汛", "贯彻执行")
    published(town)
    deliver()
    assert {one for one, _ in told()} == {"防汛"}
    assert mail.outbox == []


def test_ten_thousand_saved_words_cost_a_round_little(
    town: House, django_assert_max_num_queries: Any
) -> None:
    signs = "防汛抗旱学校入学食品安全养老补贴公交线路环境保护财政预算住房土地医疗卫生"
    pairs = [one + other for one in signs for other in signs]
    questions = [f"{pairs[number % len(pairs)]} {pairs[number * 7 % 1009]}" for number in range(10_000)]
    rebuild()
    subscribers(*questions)
    published(town)
    follow_index()
    held_by([questions[0]], [1])  # the dictionary of words is read once a process
    begun = time.process_time()
    with django_assert_max_num_queries(20 + len(questions) // 500):
        assert follow() > 0
    assert time.process_time() - begun < 4
    assert Record.objects.count() == 1


def test_an_index_of_the_round_finds_what_the_whole_index_finds(
    town: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions put together at random of words that stand in some records, in all of them, in none."""
    chance = random.Random(20260101)
    parts = [
        "防汛",
        "抗旱",
        "学校",
        "入学",
        "食品",
        "安全",
        "养老",
        "补贴",
        "公交",
        "线路",
        "通知",
        "方案",
        "关于",
        "镇",
        "水库",
        "地铁",
        "2026",
    ]
    records = []
    for number in range(6):
        said = "".join(chance.sample(parts[:-3], 5))
        facts = {"document_number": f"北政发〔2026〕{number + 1}号", "body": f"<p>{said}。</p>"}
        records.append(published(town, title=f"关于{said[:6]}的通知", **facts))
    rebuild()
    every = [one.pk for one in records]
    questions = [" ".join(chance.sample(parts, chance.randint(1, 5))) for _ in range(200)]
    questions += ["".join(chance.sample(parts, chance.randint(1, 5))) for _ in range(200)]
    answers = []
    for most in (0, 1_000):
        monkeypatch.setattr(words, "QUESTIONS_A_RECORD", most)
        held = held_by(questions, every)
        answers.append({(one, each.pk) for one in questions for each in records if held(each, one)})
    assert answers[0] == answers[1]
    assert answers[0]
