"""What makes real reports hard to read, by name, and which of it may be combined with which layout."""

from __future__ import annotations

from random import Random

# Zeros not printed as 0. Only one of them at a time; the true value is then null.
BLANKS = ("blank_zeros", "some_blank_zeros")  # only where a reader sees that a cell is there
DASHES = ("dashes_for_zeros", "some_dashes_for_zeros")

FIGURES = ("full_width_digits", "thousands_separators", "units_in_cells", "padded_cells")
NOTES = ("notes_in_cells",)  # only where a reader sees where a cell ends

WORDS = ("traditional_characters", "short_labels", "misprints", "punctuation", "headings_renumbered")
FORM_2021_WORDS = ("no_identity_note", "identity_note_elsewhere", "no_results_heading")
TEXT_AROUND = ("figures_before_tables",)
ENCODINGS = ("gb18030", "utf8_with_mark", "crlf")

ALL = (*BLANKS, *DASHES, *FIGURES, *NOTES, *WORDS, *FORM_2021_WORDS, *TEXT_AROUND, *ENCODINGS)

Disturbances = frozenset[str]


def some_disturbances(
    rng: Random, form: str, *, blanks: bool, notes: bool, encodings: bool, some_dashes: bool
) -> Disturbances:
    """A set a careful person could still read: none at all in a third of the cases, up to five otherwise."""
    if rng.random() < 0.33:
        return frozenset()
    pool = [*FIGURES, *WORDS, *TEXT_AROUND]
    if form != "2014":
        pool += FORM_2021_WORDS
    if notes:
        pool += NOTES
    chosen = set(rng.sample(pool, rng.randint(0, 4)))
    if rng.random() < 0.4:
        chosen.add(rng.choice([*DASHES[: 1 + some_dashes], *(BLANKS if blanks else ())]))
    if encodings and rng.random() < 0.4:
        chosen |= set(rng.sample(ENCODINGS[:2], 1)) | ({"crlf"} if rng.random() < 0.4 else set())
    if {"no_identity_note", "identity_note_elsewhere"} <= chosen:
        chosen.discard("no_identity_note")
    if "traditional_characters" in chosen:  # shortened or misspelt as well would be a guess
        chosen -= {"short_labels", "misprints"}
    if {"short_labels", "misprints"} <= chosen:
        chosen.discard("misprints")
    return frozenset(chosen)
