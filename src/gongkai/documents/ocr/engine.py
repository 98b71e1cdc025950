"""The two neural models of text recognition: one finds lines of text in a picture, the other reads them.

Both are PP-OCR models that the wheel of rapidocr carries, run by onnxruntime. They are taken from the
installed files; nothing here can reach for the network.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.documents.ocr.availability import is_installed
from gongkai.documents.sniffing import picture

Gray = NDArray[np.uint8]

_FINDER, _READER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
LINE_HEIGHT = 48  # pixels; what the reader was trained on
NARROWEST = 96  # pixels; narrower pictures of a line are read worse
WIDEST = 3200  # pixels; a line over a landscape page takes about 2,400
_BATCH = 5_000  # pixels of width read at once: the figures of a table together, long lines two by two
_ALIKE = 1.12  # widest over narrowest of a batch: long lines lose characters where they are padded
_FOUND = 0.3  # how sure the finder must be of a point, and
_SURE = 0.5  # of a line on average
_GROWN = 1.6  # the finder marks the middle of a line: by how much of area over outline it is widened
_SMALLEST = 3  # pixels
_MULTIPLE = 32  # the finder's picture must be so many pixels, or twice, or ...
FIGURES = "0123456789.,-/%+"
# What a lone figure is taken for where no other character tells the size of the type. A bar is not among
# them: it may be what is left of a ruling line.
LOOK_ALIKE = str.maketrans("oO〇○ОоΟοº⁰₀lI０１２３４５６７８９", "00000000000110123456789")


class Box(NamedTuple):
    """A rectangle in pixels; right and bottom are not included."""

    left: int
    top: int
    right: int
    bottom: int


class Reading(NamedTuple):
    """A line as it was read. `confidence` is that of the worst character, 0 to 1."""

    text: str
    confidence: float


class Engine:
    """Both models. Calls from several threads wait for each other: one call uses all cores."""

    def __init__(self, finder: Path, reader: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        # Memory once taken would be kept for the life of the process, after the largest page ever seen.
        options.enable_cpu_mem_arena = False
        # Threads that wait busily take the cores from everybody else.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.intra_op_num_threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
        self._finder: Any = onnxruntime.InferenceSession(str(finder), options, ["CPUExecutionProvider"])
        self._reader: Any = onnxruntime.InferenceSession(str(reader), options, ["CPUExecutionProvider"])
        known = self._reader.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters: list[str] = ["", *known, " "]
        self._figures, self._likes = _classes_of_figures(self._characters)
        self._lock = threading.Lock()

    def find(self, picture: Gray, longest_side: int) -> list[Box]:
        """The lines of text in a picture that is looked at no larger than `longest_side` pixels."""
        height, width = picture.shape
        scale = min(1.0, longest_side / max(height, width))
        size = [max(_MULTIPLE, round(side * scale / _MULTIPLE) * _MULTIPLE) for side in (width, height)]
        small = cv2.resize(picture, (size[0], size[1]), interpolation=cv2.INTER_AREA)
        with self._lock:
            [found] = self._finder.run(None, {self._finder.get_inputs()[0].name: _input([small], size[0])})
        return _boxes(np.asarray(found)[0, 0], width / size[0], height / size[1], (width, height))

    def read(
        self, lines: Sequence[Gray], figures: bool = False, tick: Callable[[], None] = lambda: None
    ) -> list[Reading]:
        """Each picture of a line as text; with `figures`, as nothing but digits and the signs between them.

        `tick` is called before each batch and may raise.
        """
        readings = [Reading("", 0.0)] * len(lines)
        widths = [_width(line) for line in lines]
        for batch in _batches(widths):
            tick()
            pictures = [_of_height(lines[index], widths[index]) for index in batch]
            width = max(NARROWEST, *(widths[index] for index in batch))
            with self._lock:
                [found] = self._reader.run(None, {self._reader.get_inputs()[0].name: _input(pictures, width)})
            for index, steps in zip(batch, np.asarray(found), strict=True):
                readings[index] = self._decoded(steps, figures)
        return readings

    def _decoded(self, steps: NDArray[np.float32], figures: bool) -> Reading:
        """What the reader's steps spell: equal neighbours are one character, the first class is none."""
        if figures:
            steps = np.stack([steps[:, likes].sum(axis=1) for likes in self._likes], axis=1)
        best = steps.argmax(axis=1)
        sure = steps.max(axis=1)
        if figures:
            sure = sure / np.maximum(steps.sum(axis=1), 1e-6) * np.minimum(1.0, steps.sum(axis=1) * 2)
            best = self._figures[best]
        text: list[str] = []
        worst = 1.0
        before = 0
        for index, confidence in zip(best.tolist(), sure.tolist(), strict=True):
            if index != before and index:
                text.append(self._characters[index])
                worst = min(worst, confidence)
            before = index
        return Reading("".join(text).strip(), worst if text else 0.0)


def _classes_of_figures(characters: list[str]) -> tuple[NDArray[np.int64], list[list[int]]]:
    """The reader's classes that are signs of figures, and for each the classes that look the same."""
    alike: dict[str, list[int]] = {"": [0]}
    for index, character in enumerate(characters):
        plain = character.translate(LOOK_ALIKE)
        if plain and plain in FIGURES:
            alike.setdefault(plain, []).append(index)
    return np.array([characters.index(sign) for sign in alike]), list(alike.values())


@cache
def engine() -> Engine:
    """The engine of this process, loaded at the first call. Raises image_only where it is not installed."""
    found = find_spec("rapidocr") if is_installed() else None
    for folder in (found.submodule_search_locations or ()) if found else ():
        finder, reader = Path(folder, "models", _FINDER), Path(folder, "models", _READER)
        if finder.is_file() and reader.is_file():
            return Engine(finder, reader)
    raise picture()


def _input(pictures: list[Any], width: int) -> NDArray[np.float32]:
    """Pictures of one height as the models take them, -1 to 1 in three equal colours; the rest is 0."""
    height = pictures[0].shape[0]
    batch = np.zeros((len(pictures), 3, height, width), np.float32)
    for place, line in zip(batch, pictures, strict=True):
        place[:, :, : line.shape[1]] = line.astype(np.float32) / 127.5 - 1
    return batch


def _of_height(line: Gray, width: int) -> Gray:
    how = cv2.INTER_AREA if line.shape[0] > LINE_HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(line, (width, LINE_HEIGHT), interpolation=how), np.uint8)


def _width(line: Gray) -> int:
    height, width = (int(side) for side in line.shape)
    return max(4, min(WIDEST, round(width * LINE_HEIGHT / max(1, height))))


def _batches(widths: list[int]) -> list[list[int]]:
    """The lines' numbers in batches of about equal widths, since each is read as wide as the widest."""
    batches: list[list[int]] = []
    for index in sorted(range(len(widths)), key=widths.__getitem__):
        width = max(NARROWEST, widths[index])
        if batches:
            last = batches[-1]
            if width * (len(last) + 1) <= _BATCH and width <= _ALIKE * max(NARROWEST, widths[last[0]]):
                last.append(index)
                continue
        batches.append([index])
    return batches


def _boxes(found: NDArray[np.float32], across: float, down: float, size: tuple[int, int]) -> list[Box]:
    """The finder's map of the middles of lines as boxes around the lines in the picture's pixels."""
    mask = cv2.dilate((found > _FOUND).astype(np.uint8), np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    boxes: list[Box] = []
    for number in range(1, count):
        left, top, width, height = (int(value) for value in stats[number][:4])
        if min(width, height) < _SMALLEST:
            continue
        inside = labels[top : top + height, left : left + width] == number
        if float(found[top : top + height, left : left + width][inside].mean()) < _SURE:
            continue
        grown = width * height * _GROWN / (2 * (width + height))
        boxes.append(
            Box(
                max(0, round((left - grown) * across)),
                max(0, round((top - grown) * down)),
                min(size[0], round((left + width + grown) * across)),
                min(size[1], round((top + height + grown) * down)),
            )
        )
    return boxes
