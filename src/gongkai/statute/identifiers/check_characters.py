"""Numbers that identify a person or an organisation, and how their check characters are made.

Pure functions over the bare number: no spaces, no hyphens, half-width digits.
"""

from __future__ import annotations

from datetime import date

# The first two digits of a resident identity number: the provinces of GB/T 2260 by region, then Taiwan, Hong
# Kong and Macao, and 91 for foreigners with the right of permanent residence.
_PROVINCE_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83), (91, 91))
PROVINCE_CODES = frozenset(str(code) for first, last in _PROVINCE_RANGES for code in range(first, last + 1))
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def resident_check_character(first17: str) -> str:
    """The 18th character of a resident identity number (GB 11643; PII.ID18). ValueError unless 17 digits.

    >>> resident_check_character("11010519491231002")
    'X'
    """
    _require_digits(first17, 17)
    total = sum(int(digit) * weight for digit, weight in zip(first17, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def is_resident_number(number: str) -> bool:
    """Whether it is a resident identity number of 18 characters: province, date of birth, check (PII.ID18).

    >>> is_resident_number("11010519491231002X")
    True
    >>> is_resident_number("110105194912310021")  # the check character is X
    False
    >>> is_resident_number("110105194902300028")  # no 30 February
    False
    """
    if len(number) != 18 or not looks_like_resident_number(number):
        return False
    return resident_check_character(number[:17]) == number[17].upper()


def looks_like_resident_number(number: str) -> bool:
    """Whether the 18 characters have a province and a date of birth in their places, whatever the check says.

    A number with one digit mistyped still points at its holder.

    >>> looks_like_resident_number("110105194912310021")
    True
    """
    if len(number) != 18 or not _digits(number[:17]) or not (_digits(number[17]) or number[17] in "Xx"):
        return False
    return number[:2] in PROVINCE_CODES and number[6:8] in ("18", "19", "20") and _is_date(number[6:14])


def is_old_resident_number(number: str) -> bool:
    """Whether it can be a resident identity number of 15 digits, which has no check digit (PII.ID15).

    >>> is_old_resident_number("110105491231002")
    True
    >>> is_old_resident_number("110105491331002")  # no 13th month
    False
    """
    if len(number) != 15 or not _digits(number):
        return False
    return number[:2] in PROVINCE_CODES and _is_date("19" + number[6:12])


def credit_check_character(first17: str) -> str:
    """The 18th character of a unified social credit code (GB 32100). ValueError for a wrong character.

    >>> credit_check_character("91350100M000100Y4")
    '3'
    """
    if len(first17) != 17:
        raise ValueError("统一社会信用代码的前 17 位应为 17 个字符")
    total = 0
    for character, weight in zip(first17, _CREDIT_WEIGHTS, strict=True):
        value = _CREDIT_ALPHABET.find(character)
        if value < 0:
            raise ValueError(f"统一社会信用代码中不应有字符 {character!r}")
        total += value * weight
    # The outer remainder matters: a sum divisible by 31 gives the character 0, not a 32nd one.
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether it is a unified social credit code (GB 32100; PII.USCC). Public: never personal data.

    >>> [is_credit_code(code) for code in ("91350100M000100Y43", "11441700007280420Y", "12620600MB0523338C")]
    [True, True, True]
    >>> is_credit_code("91350100M000100Y44")
    False
    """
    if len(code) != 18 or any(character not in _CREDIT_ALPHABET for character in code):
        return False
    return credit_check_character(code[:17]) == code[17]


def luhn_check_digit(body: str) -> str:
    """The digit to append so that the number passes the Luhn check. ValueError unless digits.

    >>> luhn_check_digit("622202000000000000")
    '0'
    """
    _require_digits(body, len(body))
    return str(-_luhn_sum(body + "0") % 10)


def is_bank_card(number: str) -> bool:
    """Whether it can be a bank card number: 13 to 19 digits that pass the Luhn check (PII.BANK).

    >>> is_bank_card("6222020000000000000"), is_bank_card("6222020000000000005")
    (True, False)
    """
    return 13 <= len(number) <= 19 and _digits(number) and _luhn_sum(number) % 10 == 0


def _luhn_sum(number: str) -> int:
    total = 0
    for position, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return total


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _require_digits(text: str, count: int) -> None:
    if len(text) != count or not _digits(text):
        raise ValueError(f"应为 {count} 位数字")


def _is_date(digits: str) -> bool:
    """Whether YYYYMMDD is a day of the calendar."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True
