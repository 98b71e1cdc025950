"""What may stand in place of personal data (PII.M), given without spaces and in half-width characters."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.wording.personal.addresses import kept_of_address
from gongkai.wording.personal.name_data import surname_of
from gongkai.wording.personal.phones import bare_digits

_RESIDENT_LENGTH = 18  # a disability card's number has its class, its grade and more behind


def mask_name(name: str) -> str:
    """Surname and 某.

    >>> mask_name("欧阳晓燕"), mask_name("阿依古丽·买买提")
    ('欧阳某', '某某')
    """
    surname = "" if "·" in name else surname_of(name)
    return surname + "某" if surname else "某某"


def mask_identity_number(number: str) -> str:
    """The first two and the last three characters; of a disability card's, nothing behind these.

    >>> mask_identity_number("11010519491231002X"), mask_identity_number("11010519491231002X43")
    ('11*************02X', '11*************02X**')
    """
    digits = re.sub(r"[^0-9A-Za-z]", "", number)
    digits, more = digits[:_RESIDENT_LENGTH], digits[_RESIDENT_LENGTH:]
    return digits[:2] + "*" * (len(digits) - 5) + digits[-3:] + "*" * len(more)


def mask_phone(number: str) -> str:
    """The first three and the last four digits, as in 138****1234.

    >>> mask_phone("+86 138-0013-1234"), mask_phone("010-61234567")
    ('138****1234', '010****4567')
    """
    digits = bare_digits(number)
    if len(digits.removeprefix("00")) > 11:
        digits = digits.removeprefix("00").removeprefix("86")
    return digits[:3] + "****" + digits[-4:]


def mask_bank_card(number: str) -> str:
    """The last four digits alone.

    >>> mask_bank_card("6222 0200 0000 0000 000")
    '****0000'
    """
    return "****" + re.sub(r"\D", "", number)[-4:]


def mask_mail(address: str) -> str:
    """The provider alone.

    >>> mask_mail("someone@example.com")
    '****@example.com'
    """
    return "****@" + address.rsplit("@", 1)[-1]


def mask_number_plate(plate: str) -> str:
    """The place of registration alone.

    >>> mask_number_plate("京A·12345")
    '京A*****'
    """
    return plate[:2] + "*****"


def mask_address(address: str) -> str:
    """Down to the town or street office; if none is named, to the county.

    >>> mask_address("某市某县清溪镇柳树村3组12号"), mask_address("幸福小区3号楼2单元501室")
    ('某市某县清溪镇', '（住址略）')
    """
    return kept_of_address(address) or "（住址略）"


def mask_health(_: str) -> str:
    """Nothing of it may stand.

    >>> mask_health("精神残疾")
    '（略）'
    """
    return "（略）"


MASKS: dict[str, Callable[[str], str]] = {
    "PII.NAME": mask_name,
    "PII.ID18": mask_identity_number,
    "PII.ID15": mask_identity_number,
    "PII.MOB": mask_phone,
    "PII.TEL": mask_phone,
    "PII.BANK": mask_bank_card,
    "PII.MAIL": mask_mail,
    "PII.L3": mask_mail,
    "PII.CAR": mask_number_plate,
    "PII.ADDR": mask_address,
    "PII.HEALTH": mask_health,
}
