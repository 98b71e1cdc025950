"""Numbers that identify: documents, records, organisations, people, websites (META.1, META.3, PII).

`parse_…` gives a typed value or a `Fault`, which says what is wrong and how it should be written; both have
`ok`.
"""

from gongkai.statute.identifiers.check_characters import (
    PROVINCE_CODES,
    credit_check_character,
    is_bank_card,
    is_credit_code,
    is_old_resident_number,
    is_resident_number,
    looks_like_resident_number,
    luhn_check_digit,
    resident_check_character,
)
from gongkai.statute.identifiers.codes import (
    CreditCode,
    ResidentNumber,
    SiteCode,
    parse_credit_code,
    parse_resident_number,
    parse_site_code,
    resident_number_of_18,
)
from gongkai.statute.identifiers.document_numbers import (
    DocumentNumber,
    OrderNumber,
    format_document_number,
    parse_document_number,
)
from gongkai.statute.identifiers.faults import Fault
from gongkai.statute.identifiers.index_numbers import (
    DEFAULT_TEMPLATE,
    IndexForm,
    IndexNumber,
    known_forms,
    parse_index_number,
)

__all__ = [
    "DEFAULT_TEMPLATE",
    "PROVINCE_CODES",
    "CreditCode",
    "DocumentNumber",
    "Fault",
    "IndexForm",
    "IndexNumber",
    "OrderNumber",
    "ResidentNumber",
    "SiteCode",
    "credit_check_character",
    "format_document_number",
    "is_bank_card",
    "is_credit_code",
    "is_old_resident_number",
    "is_resident_number",
    "known_forms",
    "looks_like_resident_number",
    "luhn_check_digit",
    "parse_credit_code",
    "parse_document_number",
    "parse_index_number",
    "parse_resident_number",
    "parse_site_code",
    "resident_check_character",
    "resident_number_of_18",
]
