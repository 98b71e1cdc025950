"""`gongkai deadline` and `gongkai fee` as their users call them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def gongkai(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments], capture_output=True, text=True, encoding="utf-8"
    )


def test_the_due_date_is_printed_with_every_step_and_its_article() -> None:
    found = gongkai("deadline", "--received", "2025-09-26", "--as-of", "2025-10-14")
    assert found.returncode == 0
    assert "答复期限届满日：2025年10月30日（周四）" in found.stdout
    assert "第三十三条第二款" in found.stdout
    assert "10月1日至10月8日放假不计" in found.stdout
    assert "已用8个工作日，剩余12个工作日" in found.stdout


def test_a_step_against_the_law_is_named_and_ends_with_1() -> None:
    found = gongkai(
        "deadline", "--received", "2025-09-26", "--event", "2025-10-14:supplement-asked", "--lang", "en"
    )
    assert found.returncode == 1
    assert "due within 7 working days, by 2025-10-13" in found.stdout


def test_the_due_date_in_json_holds_intervals_and_findings() -> None:
    found = gongkai(
        "deadline",
        "--received",
        "2025-09-26",
        "--event",
        "2025-10-10:third-party-asked:某公司",
        "--event",
        "2025-10-20:third-party-answered:某公司",
        "--as-of",
        "2025-10-21",
        "--json",
    )
    told = json.loads(found.stdout)
    assert told["due"] == "2025-11-10"
    assert [i["days"] for i in told["intervals"]] == [5, 7, 1]
    assert told["used"] == 6
    assert told["findings"] == []


def test_the_day_of_receipt_follows_the_channel() -> None:
    found = gongkai(
        "deadline", "--received", "2025-09-26", "--channel", "online", "--confirmed", "2025-09-28", "--json"
    )
    assert json.loads(found.stdout)["received"] == "2025-09-28"
    assert gongkai("deadline", "--received", "2025-09-26", "--channel", "online").returncode == 2


# Invented for the test: the notice for 2027 is not out.
NOTICE_OF_2027 = """国务院办公厅关于2027年部分节假日安排的通知（测试用，虚构）
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）上班。
三、清明节：4月5日（周一）放假1天。
四、劳动节：5月1日（周六）至3日（周一）放假，共3天。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
"""


def test_a_date_past_the_published_calendar_is_provisional_until_the_notice_is_given(tmp_path: Path) -> None:
    arguments = ("deadline", "--received", "2027-01-25", "--as-of", "2027-01-25", "--json")
    before = json.loads(gongkai(*arguments).stdout)
    assert before["provisional"] is True
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE_OF_2027, "utf-8")
    after = json.loads(gongkai(*arguments, "--calendar", str(notice)).stdout)
    assert after["provisional"] is False
    # 26 to 29 January, 1 to 4 February, 12, the Saturday made good, then from the 15th.
    assert after["due"] == "2027-02-26"
    missing = gongkai(*arguments, "--calendar", "no-such-file.toml")
    assert missing.returncode == 2
    assert "no-such-file.toml" in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["deadline", "--received", "2025-02-30"], "2025-02-30"),
        (["deadline", "--received", "2018-01-02"], "2019-05-15"),
        (["deadline", "--received", "2033-01-02"], "只公布到"),
        (["deadline", "--received", "2025-09-26", "--event", "2025-10-10:telephoned"], "telephoned"),
        (["deadline", "--received", "2025-09-26", "--event", "supplement-asked"], "supplement-asked"),
        (["fee", "--items", "-1"], "-1"),
        (["fee"], "--items"),
        (["fee", "--items", "3", "--pages", "3"], "--pages"),
        (["fee", "--pages", "40", "--on", "2020-12-31"], "2021"),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong_and_where(arguments: list[str], words: str) -> None:
    found = gongkai(*arguments)
    assert found.returncode == 2
    assert found.stdout == ""
    assert words in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("arguments", "amount"),
    [
        (["--items", "63"], "12,500 元"),
        (["--pages", "1500"], "54,700 元"),
        (["--items", "1", "--after", "30"], "200 元"),
        (["--pages", "30"], "0 元"),
    ],
)
def test_the_fee_is_printed_with_its_tiers(arguments: list[str], amount: str) -> None:
    found = gongkai("fee", *arguments)
    assert found.returncode == 0
    assert f"信息处理费：{amount}" in found.stdout
    assert "国办函〔2020〕109号" in found.stdout
