"""Lists of wrong, outdated and unfit wording: data that an office imports, adds to and switches off.

A list is a csv file (`loading` has its columns). `starter_lists` are those shipped with the package, each
entry with its public source.
"""

from gongkai.wording.lists.entries import KINDS, Entry, Grade, WordList
from gongkai.wording.lists.loading import ListError, load_list, read_list, starter_lists
from gongkai.wording.lists.matching import Match, Matcher, matcher_of

__all__ = [
    "KINDS",
    "Entry",
    "Grade",
    "ListError",
    "Match",
    "Matcher",
    "WordList",
    "load_list",
    "matcher_of",
    "read_list",
    "starter_lists",
]
