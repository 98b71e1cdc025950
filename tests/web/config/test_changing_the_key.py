"""The installation's key is changed: nothing is lost, and afterwards the old key opens nothing."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as now
from tests.web.channels.going_out import opened
from tests.web.participation.consulting import reported, running
from tests.web.platform import House, published

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.channels.actions.sending import belonging
from gongkai.web.channels.actions.subscribing import address_of, ask_to_be_told
from gongkai.web.channels.models import Channel, Subscription
from gongkai.web.channels.subscribing.filters import Wish
from gongkai.web.config.resealing import reseal
from gongkai.web.config.sealing import blind_index, seal, unseal
from gongkai.web.organs.models import Role
from gongkai.web.organs.signing_in.adapters import SecondFactorAdapter
from gongkai.web.participation.actions.feedback import look_at_contact
from gongkai.web.participation.actions.opining import look_at_sender, send_opinion
from gongkai.web.participation.models import ErrorReport, Opinion
from gongkai.web.participation.queries.feedback import report_of_code

pytestmark = pytest.mark.django_db
NEW = "the-key-of-now-in-this-test"
SECRET = "shared-secret-of-a-test"


@pytest.fixture
def code(town: House, settings: Any) -> str:
    """One of everything that is sealed; gives the code of a report's receipt."""
    settings.SECRET_KEY_IS_RANDOM = False
    opened(town, "webhook", "https://sheng.example.cn")
    ask_to_be_told(way="email", address="reader@example.cn", wish=Wish(), frequency="daily")
    _report, code = reported(published(town))
    send_opinion(consultation=running(town), words="意见", name="虚构甲", contact="13900000000")
    sealed = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    codes = [SecondFactorAdapter().encrypt("abcd1234")]
    facts = {"secret": sealed, "migrated_codes": codes, "used_mask": 0}
    Authenticator.objects.create(user=town[Role.CLERK], type="totp", data=facts)
    return code


def readable(town: House) -> list[str]:
    channel, subscription = Channel.objects.get(), Subscription.objects.get()
    return [
        unseal(channel.secret, belonging(channel)),
        address_of(subscription),
        look_at_contact(by=town[Role.CLERK], report=ErrorReport.objects.get()),
        *look_at_sender(by=town[Role.CLERK], opinion=Opinion.objects.get()),
        SecondFactorAdapter().decrypt(Authenticator.objects.get().data["secret"]),
        SecondFactorAdapter().decrypt(Authenticator.objects.get().data["migrated_codes"][0]),
    ]


KEPT = [
    SECRET, "reader@example.cn", "13800000000", "虚构甲", "13900000000", "JBSWY3DPEHPK3PXP", "abcd1234",
]  # fmt: skip


def test_everything_is_read_under_the_old_key_then_under_the_new_one_alone(
    town: House, code: str, settings: Any
) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    assert readable(town) == KEPT
    found = report_of_code(town.organ, code)
    assert found is not None
    told = reseal()
    assert (told.done, told.unreadable) == (5, [])
    settings.SECRET_KEY_FALLBACKS = []
    assert readable(town) == KEPT
    assert Subscription.objects.get().address_index == blind_index("email:reader@example.cn")
    assert verify().faults == []
    assert Entry.objects.filter(action="sealing.renewed").count() == 3


def test_sealed_anew_twice_nothing_changes(town: House, code: str, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    reseal()
    before = list(Opinion.objects.values()), Entry.objects.count()
    assert reseal().done == 0
    assert (list(Opinion.objects.values()), Entry.objects.count()) == before


def test_without_the_old_key_nothing_is_lost_and_each_place_is_named(
    town: House, code: str, settings: Any
) -> None:
    old, settings.SECRET_KEY = settings.SECRET_KEY, NEW
    before = list(Opinion.objects.values())
    told = reseal()
    assert (told.done, len(told.unreadable)) == (0, 5)
    assert f"channels.channel:{Channel.objects.get().pk}" in told.unreadable
    assert list(Opinion.objects.values()) == before
    settings.SECRET_KEY_FALLBACKS = ["something else", old]
    assert reseal().unreadable == []
    assert readable(town) == KEPT


def test_an_address_asked_before_the_change_is_known_again(settings: Any) -> None:
    def ask() -> Any:
        return ask_to_be_told(way="email", address="reader@example.cn", wish=Wish(), frequency="daily")

    assert ask() is not None
    assert ask() is not None
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    assert ask() is not None
    assert ask() is None, "three a day, whatever key they were kept under"


def test_a_seal_is_swapped_for_a_seal_alone(town: House, code: str) -> None:
    from django.db import DatabaseError, transaction

    opinion = Opinion.objects.get()
    for name in ("虚构乙", "v2.abc"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Opinion.objects.filter(pk=opinion.pk).update(name=name)
    Opinion.objects.filter(pk=opinion.pk).update(name=seal("虚构乙", "opinion.name"))
    assert verify().faults, "the log tells of a seal that came past the program"


def test_the_older_keys_come_from_the_environment() -> None:
    asked = "from gongkai.web.config import settings; print(settings.SECRET_KEY_FALLBACKS)"
    environment = {"GONGKAI_SECRET_KEY": "new", "GONGKAI_SECRET_KEY_FALLBACKS": "old-1, old-2,"}
    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "['old-1', 'old-2']"
    assert now.SECRET_KEY_FALLBACKS == []
