"""Channels are delivered beside the rounds of `gongkai work`, and end with them."""

from __future__ import annotations

import threading
import time

import pytest
from tests.web.channels.going_out import opened, states
from tests.web.channels.servers import Wire
from tests.web.platform import district, published

from gongkai.web.channels import delivering


@pytest.mark.django_db(transaction=True)
def test_rounds_go_on_after_one_has_failed_and_end_when_told(
    receiver: Wire, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    town = district().town
    opened(town, "webhook", receiver.address)
    record = published(town)
    whole, failing = delivering.follow, [True]

    def follow() -> int:
        if failing.pop() if failing else False:
            raise RuntimeError("a round that fails")
        return whole()

    monkeypatch.setattr(delivering, "follow", follow)
    stopped = threading.Event()
    worker = threading.Thread(target=delivering.deliver_until, args=(stopped,), kwargs={"every": 0.05})
    worker.start()
    end = time.monotonic() + 20
    while states(record) != [("publish", "sent")] and time.monotonic() < end:
        time.sleep(0.1)
    stopped.set()
    worker.join(10)
    assert states(record) == [("publish", "sent")]
    assert not worker.is_alive()
    assert "a round of channels failed" in caplog.text
