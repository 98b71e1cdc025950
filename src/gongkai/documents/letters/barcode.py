"""Code 128 (ISO/IEC 15417) for the label of a paper file: set B, and set C for runs of digits."""

from __future__ import annotations

import re

from gongkai.statute.errors import LetterError, short

LONGEST = 40
# The widths of bars and spaces of the symbols 0 to 105, in modules; every one begins with a bar (table 1).
_TABLE = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222"
    "123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321"
    "232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121"
    "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224"
    "111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111"
    "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113"
    "114311411113411311113141114131311141411131211412211214211232"
)
_SYMBOLS = tuple(_TABLE[at : at + 6] for at in range(0, len(_TABLE), 6))
_STOP = "2331112"
_CODE_C, _CODE_B, _START_B, _START_C = 99, 100, 104, 105
_RUN = re.compile(r"\d+")


def widths(text: str) -> tuple[int, ...]:
    """The widths of bars and spaces by turns, in modules, from the first bar to the last; no quiet zones.

    LetterError `letter_bad_code` for an empty text, one longer than LONGEST, or characters that are not
    printable ASCII.

    >>> "".join(map(str, widths("A")))  # start B, A, check, stop
    '2112141113231311232331112'
    """
    values = symbols(text)
    pattern = "".join(_SYMBOLS[value] for value in values) + _STOP
    return tuple(map(int, pattern))


def symbols(text: str) -> list[int]:
    """The values of the symbols: start, data, check; without the stop.

    >>> symbols("1234")
    [105, 12, 34, 82]
    """
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST or not re.fullmatch(r"[ -~]+", text):
        raise LetterError(
            "letter_bad_code",
            f"条码内容应为 1 至 {LONGEST} 个英文字母、数字或者符号，现为 {short(text)}。",
            f"a barcode holds 1 to {LONGEST} letters, digits or signs, not {short(text)}.",
        )
    values = _data(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    return [*values, check]


def _data(text: str) -> list[int]:
    """The start symbol and the data: pairs of digits in set C where that is shorter."""
    values: list[int] = []
    in_c = False
    at = 0
    while at < len(text):
        run = _RUN.match(text, at)
        length = len(run.group()) if run else 0
        # Set C pays off from four digits at either end of the text, from six within it.
        pays = length >= (4 if at == 0 or at + length == len(text) else 6)
        if pays:
            if length % 2 and not in_c and at:
                values.append(ord(text[at]) - 32)
                at, length = at + 1, length - 1
            values.append(_CODE_C if values else _START_C)
            in_c = True
            for pair in range(at, at + length // 2 * 2, 2):
                values.append(int(text[pair : pair + 2]))
            at += length // 2 * 2
            continue
        if in_c or not values:
            values.append(_CODE_B if values else _START_B)
            in_c = False
        stop = at + max(length, 1)
        values.extend(ord(character) - 32 for character in text[at:stop])
        at = stop
    return values
