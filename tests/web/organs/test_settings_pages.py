"""The settings pages: who sees which, what crafted forms achieve (nothing), how many queries each makes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import URLPattern, reverse
from PIL import Image
from tests.web.conftest import page, words
from tests.web.platform import District, appoint, credit_code, staff

from gongkai.web.audit.models import Entry
from gongkai.web.organs import urls as settings_urls
from gongkai.web.organs.models import Appointment, Organ, Role, Staff, Unit
from gongkai.web.organs.queries import holders, organ_by_code
from gongkai.web.organs.views_public import organ_emblem, organ_style

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]
Browser = Callable[..., Client]
ADMIN = Role.ADMINISTRATOR
# Of one's own, for everybody who is signed in.
OWN = {"start", "me", "end_session", "settings"}
SEEN_BY = {
    "people": {ADMIN, Role.AUDITOR, Role.DISCLOSURE_OFFICE},
    "below": {ADMIN, Role.SUPERVISING_AUTHORITY},
    "organ_below": {ADMIN, Role.SUPERVISING_AUTHORITY},
}
POSTED = {"name_disclosure_office", "close_unit", "unlock_account"}


def addresses(land: District, house: str) -> dict[str, str]:
    """Every address of the settings, filled with things of one house."""
    organ = getattr(land, house)
    values = {
        "pk": organ[Role.CLERK].pk,
        "code": land.town.organ.code if house == "government" else organ.organ.code,
        "appointment": holders(Role.CLERK, organ.organ)[0].pk,
        "session": "0" * 24,
    }
    found = {}
    for pattern in settings_urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        wanted = {name: values[name] for name in pattern.pattern.converters}
        if pattern.name in ("unit", *POSTED - {"unlock_account"}):
            wanted = {"pk": organ.affairs.pk}
        found[str(pattern.name)] = reverse(f"organs:{pattern.name}", kwargs=wanted)
    return found


@pytest.mark.parametrize("role", list(Role))
def test_each_page_opens_for_those_it_is_for_and_for_nobody_else(
    land: District, browser: Browser, role: Role
) -> None:
    client = browser(land.government[role])
    for name, address in addresses(land, "government").items():
        if name in OWN or name in POSTED:
            continue
        allowed = role in SEEN_BY.get(name, {ADMIN})
        expected = 200 if allowed else 403
        if name in ("emblem_picture",) and allowed:
            expected = 404  # there is none yet
        assert client.get(address).status_code == expected, (name, role)


@pytest.mark.parametrize("role", list(Role))
def test_nothing_of_another_organ_is_there_by_reading_or_by_posting(
    land: District, browser: Browser, role: Role
) -> None:
    client = browser(land.town[role])
    entries = Entry.objects.count()
    for name, address in addresses(land, "bureau").items():
        if not re.search(r"/\d+/|/minzheng/", address):
            continue  # a page of one's own organ, not of the other
        assert client.get(address).status_code in (403, 404, 405), name
        assert client.post(address, everything(land)).status_code in (403, 404, 405), name
    assert Entry.objects.count() == entries


def everything(land: District) -> dict[str, Any]:
    """Fields of every form, and of none."""
    return {
        "name": "改名",
        "why": "试一试",
        "role": "leader",
        "username": "xinren",
        "organ": land.town.organ.pk,
        "parent": "xugou",
        "unit": "",
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
        "kind": "government",
        "level": "county",
        "credit_code": credit_code(77),
        "position": 0,
        "telephone": "1",
        "band_colour": "#000000",
        "index_template": "{USCC}/{YYYY}-{seq:05d}",
    }


@pytest.mark.parametrize("role", [role for role in Role if role != ADMIN])
def test_who_is_no_administrator_changes_nothing_by_posting(
    land: District, browser: Browser, role: Role
) -> None:
    client = browser(land.town[role])
    entries = Entry.objects.count()
    for name, address in addresses(land, "town").items():
        if name in OWN:
            continue
        assert client.post(address, everything(land)).status_code in (403, 404, 405), name
    assert Entry.objects.count() == entries


def test_fields_that_are_not_on_the_form_are_not_taken(land: District, browser: Browser) -> None:
    client = browser(land.town[ADMIN])
    person = land.town[Role.CLERK]
    client.post(reverse("organs:change_account", args=[person.pk]), everything(land))
    client.post(reverse("organs:organ"), everything(land) | {"hostname": "www.example.test", "code": "other"})
    client.post(reverse("organs:open_account"), everything(land) | {"must_change_password": ""})
    person.refresh_from_db()
    made = Staff.objects.get(username="xinren")
    organ = Organ.objects.get(pk=land.town.organ.pk)
    assert person.name == "改名"
    assert not any((person.is_staff, person.is_superuser, made.is_staff, made.is_superuser))
    assert made.must_change_password
    assert made.organ_id == organ.pk
    assert (organ.hostname, organ.code, organ.name) == ("", "beishan", land.town.organ.name)
    assert organ.telephone == "1"


def test_an_administrator_does_not_make_himself_a_signer_by_a_crafted_form(
    land: District, browser: Browser
) -> None:
    by = land.town[ADMIN]
    client = browser(by)
    for role in ("leader", "secrecy_officer", "auditor", "administrator", "superuser", ""):
        answer = client.post(reverse("organs:appoint", args=[by.pk]), {"role": role})
        assert answer.status_code == 200
    assert Appointment.objects.filter(staff=by).count() == 1


def test_an_organ_is_opened_below_ones_own_area_alone(land: District, browser: Browser) -> None:
    fields = everything(land) | {"code": "nanhe", "name": "南河镇", "kind": "township-government"}
    client = browser(land.town[ADMIN])
    assert client.post(reverse("organs:open_organ"), fields | {"parent": "xugou"}).status_code == 200
    assert organ_by_code("nanhe") is None
    answer = client.post(reverse("organs:open_organ"), fields | {"parent": "beishan", "level": "township"})
    assert answer["Location"].endswith("/below/nanhe/")
    made = organ_by_code("nanhe")
    assert made is not None
    assert made.parent_id == land.town.organ.pk
    assert made.is_fictional


def test_the_whole_way_from_an_account_to_an_appointment(land: District, browser: Browser) -> None:
    client = browser(land.town[ADMIN])
    fields = {"username": "xinren", "name": "虚构新人", "unit": land.town.affairs.pk, "email": ""}
    answer = client.post(reverse("organs:open_account"), fields)
    told = page(answer).css_first(".password-once code")
    assert told is not None
    assert "no-store" in answer["Cache-Control"]
    made = Staff.objects.get(username="xinren")
    assert made.check_password(told.text())
    assert told.text() not in client.get(reverse("organs:person", args=[made.pk])).content.decode()
    appointing = {"role": "clerk", "unit": land.town.affairs.pk, "since": ""}
    answer = client.post(reverse("organs:appoint", args=[made.pk]), appointing, follow=True)
    assert "已任命虚构新人为经办人" in words(answer)
    held = holders(Role.CLERK, land.town.organ)
    assert made.pk in {one.staff_id for one in held}


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(land: District, browser: Browser) -> None:
    client = browser(land.town[ADMIN])
    fields = {
        "telephone": "0000-7654321",
        "band_colour": "#ffff00",
        "index_template": "{USCC}/{YYYY}-{seq:05d}",
    }
    answer = client.post(reverse("organs:organ"), fields)
    shown = page(answer)
    error = shown.css_first("#id_band_colour-error")
    assert error is not None
    assert "对比度" in error.text()
    assert shown.css_first("#id_telephone").attributes["value"] == "0000-7654321"  # type: ignore[union-attr]
    assert shown.css_first("rect").attributes["fill"] == "#ffff00"  # type: ignore[union-attr]


def test_who_saves_after_somebody_else_is_told_so(land: District, browser: Browser) -> None:
    other = staff("beishan.second", "虚构二号", land.town.organ)
    appoint(other, ADMIN, land.town.organ)
    first, second = browser(land.town[ADMIN]), browser(other)
    seen = page(first.get(reverse("organs:organ"))).css_first("#id_seen").attributes["value"]  # type: ignore[union-attr]
    fields = {"band_colour": "#b3261e", "index_template": "{USCC}/{YYYY}-{seq:05d}", "seen": seen}
    assert second.post(reverse("organs:organ"), fields | {"telephone": "1"}).status_code == 302
    answer = first.post(reverse("organs:organ"), fields | {"telephone": "2"})
    assert "在您打开本页之后又有改动" in words(answer)
    assert Organ.objects.get(pk=land.town.organ.pk).telephone == "1"


def test_an_emblem_is_sent_shown_and_taken_away(land: District, browser: Browser) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (20, 20), (179, 38, 30)).save(drawn, "PNG")
    client = browser(land.town[ADMIN])
    sent = SimpleUploadedFile("emblem.png", drawn.getvalue(), "image/png")
    assert client.post(reverse("organs:emblem"), {"emblem": sent}).status_code == 302
    answer = client.get(reverse("organs:emblem_picture"))
    assert answer["Content-Type"] == "image/png"
    wrong = SimpleUploadedFile("emblem.png", b"<svg onload=alert(1)>", "image/png")
    assert "须为 PNG 或 JPEG" in words(client.post(reverse("organs:emblem"), {"emblem": wrong}))
    client.post(reverse("organs:emblem"), {"remove": "1"})
    assert client.get(reverse("organs:emblem_picture")).status_code == 404


def test_hostile_words_are_shown_as_words(land: District, browser: Browser) -> None:
    client = browser(land.town[ADMIN])
    client.post(reverse("organs:add_unit"), {"name": "<script>alert(1)</script>", "position": 1})
    answer = client.get(reverse("organs:units"))
    assert b"<script>alert" not in answer.content
    assert "<script>alert(1)</script>" in words(answer)


@pytest.mark.parametrize("name", ["organ", "units", "people", "below", "me"])
def test_a_page_asks_the_database_ten_times_at_most_however_long_its_list(
    land: District, browser: Browser, django_assert_max_num_queries: Any, name: str
) -> None:
    for number in range(15):
        unit = Unit.objects.create(organ=land.government.organ, name=f"科室{number}")
        person = staff(f"ren{number}", f"虚构{number}", land.government.organ, unit)
        appoint(person, Role.CLERK, land.government.organ, unit)
        from tests.web.platform import entered, organ

        entered(unit)
        organ(f"zhen{number}", f"虚构第{number}镇", 200 + number, parent=land.government.organ)
    client = browser(land.government[ADMIN])
    client.get(reverse(f"organs:{name}"))
    with django_assert_max_num_queries(10):
        assert client.get(reverse(f"organs:{name}")).status_code == 200


def test_every_page_is_one_of_the_familys_with_a_title_and_without_inline_code(
    land: District, browser: Browser
) -> None:
    client = browser(land.government[ADMIN])
    for name, address in addresses(land, "government").items():
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        text = answer.content.decode()
        assert page(answer).css_first("h1") is not None, name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), name
        assert len(page(answer).css("h1")) == 1, name


def test_the_style_of_an_organ_may_be_kept_under_its_version(land: District) -> None:
    asked = RequestFactory().get("/x", {"v": "b3261e"})
    answer = organ_style(asked, "beishan")
    assert answer.content.decode().strip() == ":root{--band-colour:#b3261e}"
    assert "immutable" in answer["Cache-Control"]
    again = RequestFactory().get("/x", headers={"if-none-match": answer["ETag"]})
    assert organ_style(again, "beishan").status_code == 304
    old = organ_style(RequestFactory().get("/x", {"v": "000000"}), "beishan")
    assert "immutable" not in old["Cache-Control"]
    from django.http import Http404

    for view in (organ_style, organ_emblem):
        with pytest.raises(Http404):
            view(asked, "nobody")
    with pytest.raises(Http404):
        organ_emblem(asked, "beishan")


def test_all_addresses_of_the_settings_lie_below_work() -> None:
    assert all(str(one.pattern).startswith("work/") for one in settings_urls.urlpatterns)


def test_an_own_host_name_tells_the_organ(
    land: District, settings: Any, django_assert_num_queries: Any
) -> None:
    from gongkai.web.organs import actions
    from gongkai.web.organs.hosts import organ_of_host

    settings.ALLOWED_HOSTS = ["beishan.example.test", "localhost"]
    actions.settle_organ(
        by=land.government[ADMIN], organ=land.town.organ, why="启用", hostname="beishan.example.test"
    )
    seen: list[Any] = []
    middleware = organ_of_host(lambda request: seen.append(request.organ))  # type: ignore[arg-type, attr-defined, func-returns-value]
    middleware(RequestFactory().get("/", headers={"host": "beishan.example.test:8000"}))
    middleware(RequestFactory().get("/", headers={"host": "localhost"}))
    assert seen[0] == land.town.organ
    assert not seen[1]
