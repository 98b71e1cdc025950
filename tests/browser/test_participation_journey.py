"""A citizen without scripts, on a phone, reports an error, looks it up, and fills in a survey."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.platform_site import PHONE
from tests.web.participation.consulting import running
from tests.web.platform import published

from gongkai.web.participation.models import ErrorReport, Helpfulness, Opinion

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]


def test_a_citizen_says_reports_and_answers(windows: Any, invented: Any) -> None:
    town = invented.town
    record = published(town)
    survey = running(town, "survey", title="北山镇公交满意度调查")
    page = windows.anybody(PHONE, java_script_enabled=False)
    page.goto(f"/o/{town.organ.code}/records/{record.pk}/feedback/")
    page.check("text=内容有错误")
    page.fill("[name=words]", "第二段的电话少了一位。")
    page.press("main button[type=submit]", "Enter")
    code = page.inner_text(".receipt-code")
    assert page.context.cookies() == []
    page.click("text=查询办理结果")
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")
    assert "正在办理" in page.inner_text("main")
    page.goto(f"/o/{town.organ.code}/consultations/")
    page.click("text=北山镇公交满意度调查")
    page.check("text=每周")
    page.check("text=班次")
    page.press("main button[type=submit]", "Enter")
    assert "已收到您的问卷" in page.inner_text("main")
    page.goto(f"/o/{town.organ.code}/consultations/{survey.pk}/")
    assert "已经提交过本问卷" in page.inner_text("main")
    assert ErrorReport.objects.count() == Opinion.objects.count() == 1
    assert Opinion.objects.get().answers == {"q0": 1, "q1": [0]}
    assert not Helpfulness.objects.exists()
