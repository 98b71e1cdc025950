"""Invented numbers for the labelled set. No county has the code 9999: no identity number is anybody's."""

from __future__ import annotations

import datetime as dt
import random

from gongkai.statute.identifiers import (
    PROVINCE_CODES,
    credit_check_character,
    is_resident_number,
    luhn_check_digit,
    resident_check_character,
)

_PROVINCES = sorted(PROVINCE_CODES)


def birthday(dice: random.Random) -> dt.date:
    return dt.date(1935, 1, 1) + dt.timedelta(days=dice.randrange(28_000))


def digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def resident(dice: random.Random) -> str:
    body = f"{dice.choice(_PROVINCES)}9999{birthday(dice):%Y%m%d}{digits(dice, 3)}"
    return body + resident_check_character(body)


def mistyped_resident(dice: random.Random) -> str:
    """One digit of the order number changed, so that the check character no longer fits."""
    number = resident(dice)
    other = dice.choice([digit for digit in "0123456789" if digit != number[16]])
    return number[:16] + other + number[17]


def old_resident(dice: random.Random) -> str:
    return f"{dice.choice(_PROVINCES)}9999{birthday(dice):%y%m%d}{digits(dice, 3)}"


def mobile(dice: random.Random) -> str:
    return f"1{dice.choice('3456789')}{digits(dice, 9)}"


def landline(dice: random.Random) -> str:
    area = dice.choice(("010", "021", "0571", "0312", "0998", "0755"))
    return f"{area}-{dice.choice('2345678')}{digits(dice, 7 if len(area) == 3 else dice.choice((6, 7)))}"


def card(dice: random.Random) -> str:
    body = "62" + digits(dice, dice.choice((13, 14, 16)))
    return body + luhn_check_digit(body)


def credit_code(dice: random.Random) -> str:
    body = dice.choice(("91", "92", "11", "12", "52", "53", "93"))
    body += digits(dice, 6) + "".join(dice.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
    return body + credit_check_character(body)


def credit_code_like_resident(dice: random.Random) -> str:
    """All digits, with a date of birth where an identity number has it, and a check character of its own."""
    while True:
        body = f"11{digits(dice, 4)}19{birthday(dice):%y%m%d}{digits(dice, 3)}"
        number = body + credit_check_character(body)
        if number.isdigit() and not is_resident_number(number):
            return number


def lucky_order(dice: random.Random) -> str:
    """An order number that begins as a card does and passes the Luhn check by chance."""
    body = "62" + digits(dice, dice.choice((14, 15, 16)))
    return body + luhn_check_digit(body)


def full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in text)
