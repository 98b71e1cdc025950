"""Check characters of identity numbers, credit codes and bank cards (PII.ID18, ID15, USCC, BANK)."""

from __future__ import annotations

import datetime
import doctest

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.statute.identifiers import (
    PROVINCE_CODES,
    check_characters,
    credit_check_character,
    is_bank_card,
    is_credit_code,
    is_old_resident_number,
    is_resident_number,
    luhn_check_digit,
    resident_check_character,
)

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

resident_numbers = st.builds(
    lambda province, area, day, order: (
        (body := f"{province}{area:04}{day:%Y%m%d}{order:03}") + resident_check_character(body)
    ),
    st.sampled_from(sorted(PROVINCE_CODES)),
    st.integers(0, 9999),
    st.dates(datetime.date(1850, 1, 1), datetime.date(2099, 12, 31)),
    st.integers(0, 999),
)
credit_codes = st.text(CREDIT_ALPHABET, min_size=17, max_size=17).map(
    lambda body: body + credit_check_character(body)
)
card_numbers = st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True).map(
    lambda body: body + luhn_check_digit(body)
)


@given(resident_numbers)
def test_every_valid_identity_number_is_accepted_with_a_small_x_too(number: str) -> None:
    assert is_resident_number(number)
    assert is_resident_number(number.lower())


@given(resident_numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_an_identity_number_with_one_character_changed_is_refused(number: str, at: int, other: str) -> None:
    assume(number[at] != other)
    assert not is_resident_number(number[:at] + other + number[at + 1 :])


@given(credit_codes)
def test_every_valid_credit_code_is_accepted(code: str) -> None:
    assert is_credit_code(code)


@given(credit_codes, st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_a_credit_code_with_one_character_changed_is_refused(code: str, at: int, other: str) -> None:
    assume(code[at] != other)
    assert not is_credit_code(code[:at] + other + code[at + 1 :])


@given(card_numbers)
def test_every_valid_card_number_is_accepted(number: str) -> None:
    assert is_bank_card(number)


@given(card_numbers, st.integers(0, 18), st.sampled_from("0123456789"))
def test_a_card_number_with_one_digit_changed_is_refused(number: str, at: int, other: str) -> None:
    assume(at < len(number) and number[at] != other)
    assert not is_bank_card(number[:at] + other + number[at + 1 :])


@given(card_numbers, st.integers(0, 17))
def test_two_neighbours_exchanged_are_noticed_save_0_and_9(number: str, at: int) -> None:
    """The known blind spot of the Luhn check."""
    assume(at + 1 < len(number) and number[at] != number[at + 1])
    exchanged = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert is_bank_card(exchanged) == ({number[at], number[at + 1]} == {"0", "9"})


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("11010519491231002", "17 characters"),
        ("1101051949123100２X"[:18], "a full-width digit"),
        ("10010519491231002X", "no province 10"),
        ("11010519490230002X", "30 February"),
        ("11010521491231002X", "22nd century"),
        ("X1010519491231002X", "a letter in front"),
        ("", "nothing"),
    ],
)
def test_what_cannot_be_an_identity_number_is_refused(number: str, why: str) -> None:
    assert not is_resident_number(number), why


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("110105491231002", True),
        ("110105491331002", False),
        ("990105491231002", False),
        ("1101054912310021", False),
    ],
)
def test_an_old_number_needs_a_province_and_a_date(number: str, expected: bool) -> None:
    assert is_old_resident_number(number) is expected


def test_a_credit_code_whose_sum_divides_by_31_ends_in_0() -> None:
    body = next(body for order in range(200) if credit_check_character(body := f"12330102{order:09}") == "0")
    assert is_credit_code(body + "0")


@pytest.mark.parametrize("length", [12, 20])
def test_a_card_number_has_13_to_19_digits(length: int) -> None:
    body = "6" * (length - 1)
    assert not is_bank_card(body + luhn_check_digit(body))


def test_wrong_input_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="17 位"):
        resident_check_character("123")
    with pytest.raises(ValueError, match="'I'"):
        credit_check_character("I" * 17)


def test_the_examples_of_the_documentation_hold() -> None:
    assert doctest.testmod(check_characters).failed == 0
