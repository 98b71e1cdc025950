"""The letters of disclosure on request: what each must say, and whether it does (DOC, REG.29 to REG.41).

>>> [fact.code for fact in must_tell("fee-notice")][4:7]
['fee_rule', 'standard', 'amount']
"""

from gongkai.statute.letters.catalogue import (
    Fact,
    Kind,
    Wording,
    can_tell,
    fact,
    facts,
    kind,
    kinds,
    must_tell,
)
from gongkai.statute.letters.checking import LetterFacts, Written, check_letter, parts_said
from gongkai.statute.letters.citing import cites, ground_words, grounds_of, lawful_values
from gongkai.statute.letters.saying import Value, day_words, money_words, value_words

__all__ = [
    "Fact",
    "Kind",
    "LetterFacts",
    "Value",
    "Wording",
    "Written",
    "can_tell",
    "check_letter",
    "cites",
    "day_words",
    "fact",
    "facts",
    "ground_words",
    "grounds_of",
    "kind",
    "kinds",
    "lawful_values",
    "money_words",
    "must_tell",
    "parts_said",
    "value_words",
]
