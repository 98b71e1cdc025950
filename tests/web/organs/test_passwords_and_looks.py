"""Rules of passwords; colours and emblems of organs."""

from __future__ import annotations

import io
import string
import zlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.web.platform import District

from gongkai.web.organs import actions
from gongkai.web.organs.actions.organ_facts import (
    LEAST_CONTRAST,
    clean_emblem,
    contrast_with_white,
    legible_colour,
)
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.organs.signing_in.passwords import kinds, temporary_password


def codes(password: str, person: object = None) -> set[str]:
    try:
        validate_password(password, person)
    except ValidationError as faults:
        return {str(one.code) for one in faults.error_list}
    return set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Ab1!", "password_too_short"),
        ("a" * 129 + "A1", "password_too_long"),
        ("abcdefghijk", "password_too_uniform"),
        ("abcdefghijk1", "password_too_uniform"),
        ("Password123", "password_too_common"),
        ("P@ssw0rd!!!!", "password_too_common"),
        ("Qwertyuiop1!", "password_too_common"),
        ("春江潮水连海平Ab1", ""),
        ("Lantern-37-ox", ""),
    ],
)
def test_a_password_is_refused_with_its_reason(password: str, code: str) -> None:
    found = codes(password)
    assert code in found if code else not found


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["Beishan.Clerk-99", "X9-beishan-Town", "虚构区北山镇人民政府A1b", "A1!虚构经办2xyz"]
)
def test_a_password_is_not_made_from_own_names(land: District, password: str) -> None:
    assert "password_of_own_names" in codes(password, land.town[Role.CLERK])


@pytest.mark.django_db
def test_the_last_passwords_are_not_used_again(land: District) -> None:
    person, old = land.town[Role.CLERK], "Zhuhai-2026-lake"
    used = [f"Lantern-{number}-Ox!" for number in range(41, 46)]
    for new in used:
        actions.change_own_password(by=person, old=old, new=new)
        old = new
    for again in used:
        with pytest.raises(WorkError):
            actions.change_own_password(by=person, old=old, new=again)
    actions.change_own_password(by=person, old=old, new="Zhuhai-2026-lake")


def test_a_temporary_password_keeps_the_rules_and_looks_like_nothing_else() -> None:
    made = {temporary_password() for _ in range(200)}
    assert len(made) == 200
    assert all(kinds(one) == 4 and not codes(one) and not set(one) & set("0O1lIi") for one in made)


@given(st.text(alphabet=string.printable, max_size=30))
def test_kinds_are_between_none_and_four(text: str) -> None:
    assert 0 <= kinds(text) <= 4
    assert kinds(text) == 0 or text


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_a_colour_is_taken_just_when_white_words_are_legible_on_it(colour: str) -> None:
    if contrast_with_white(colour) >= LEAST_CONTRAST:
        assert legible_colour(colour) == colour
    else:
        with pytest.raises(WorkError):
            legible_colour(colour)


@pytest.mark.parametrize(
    "colour", ["red", "#fff", "#b3261", "#b3261e;}", "", "#B3261E\n", "#ffff00", "#777777"]
)
def test_what_is_no_dark_colour_is_refused(colour: str) -> None:
    with pytest.raises(WorkError) as refused:
        legible_colour(colour)
    assert refused.value.field == "band_colour"


def picture(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (179, 38, 30)).save(made, kind, **more)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_taken_with_its_size_and_without_what_it_tells_beside(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    content = picture(kind, exif=exif.tobytes()) + b"<script>after the end</script>"
    cleaned, media, version = clean_emblem(content)
    assert media == f"image/{kind.lower()}"
    assert b"secret" not in cleaned
    assert b"script" not in cleaned
    assert Image.open(io.BytesIO(cleaned)).convert("RGB").size == (40, 30)
    assert clean_emblem(cleaned) == (cleaned, media, version)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\xff\xd8\xff\xda\x00\x02\xff\xd9",
        b"MZ" + b"\0" * 100,
        b"%PDF-1.7",
    ],
)
def test_what_is_no_whole_picture_is_refused_at_its_field(content: bytes) -> None:
    with pytest.raises(WorkError) as refused:
        clean_emblem(content)
    assert refused.value.field == "emblem"


def test_a_picture_too_large_in_bytes_or_pixels_is_refused() -> None:
    with pytest.raises(WorkError) as refused:
        clean_emblem(picture("PNG") + b"\0" * 256 * 1024)
    assert refused.value.code == "emblem_too_large"
    with pytest.raises(WorkError) as refused:
        clean_emblem(picture("PNG", (2001, 2)))
    assert refused.value.code == "emblem_too_many_pixels"


@given(st.data())
def test_a_picture_with_bytes_changed_is_cleaned_or_refused(data: st.DataObject) -> None:
    content = bytearray(picture(data.draw(st.sampled_from(["PNG", "JPEG"]))))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=5)):
        content[at] = data.draw(st.integers(0, 255))
    try:
        cleaned, _, version = clean_emblem(bytes(content))
    except WorkError as refused:
        fields = {refused.field}
    else:
        fields = set()
        assert len(cleaned) <= len(content)
        assert len(version) == 16
    assert fields <= {"emblem"}


def test_a_chunk_that_is_longer_than_the_picture_is_refused() -> None:
    head = b"IHDR" + b"\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0"
    content = (
        b"\x89PNG\r\n\x1a\n\0\0\0\x0d" + head + zlib.crc32(head).to_bytes(4, "big") + b"\xff\xff\xff\xffIDAT"
    )
    with pytest.raises(WorkError):
        clean_emblem(content + b"\0" * 20)


@pytest.mark.django_db
def test_only_the_organs_administrator_sets_its_emblem(land: District) -> None:
    for by in (land.town[Role.CLERK], land.government[Role.ADMINISTRATOR]):
        with pytest.raises(NotAllowed):
            actions.set_emblem(by=by, organ=land.town.organ, content=picture("PNG"))
    changed = actions.set_emblem(
        by=land.town[Role.ADMINISTRATOR], organ=land.town.organ, content=picture("PNG")
    )
    assert changed.emblem_type == "image/png"
    changed = actions.set_emblem(by=land.town[Role.ADMINISTRATOR], organ=land.town.organ, content=None)
    assert (changed.emblem, changed.emblem_type, changed.emblem_version) == (None, "", "")
