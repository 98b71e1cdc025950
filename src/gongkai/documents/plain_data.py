"""Dataclasses as JSON and back, by their types: what crosses from a process that is not trusted.

Pickle would run whatever the other side wishes. Here every value is looked at: what has not the type that the
dataclass states is refused, so that the worst a broken process can send is a wrong word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from gongkai.documents.errors import DocumentError

T = TypeVar("T")
_SCALARS = (str, int, float, Decimal, bool, NoneType)
_DECIMAL = "$decimal"  # beside it a JSON number would come back as another type
_LONGEST_EXPONENT = 60  # of a decimal: printed in full, 1E+999999999 would fill the memory


class NotPlain(ValueError):
    """Data that are not of the type they should be; the words name the place."""


def dumped(value: Any) -> bytes:
    """Dataclasses, named tuples, lists, dictionaries, numbers and texts as JSON."""
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def loaded(kind: type[T], data: bytes) -> T:
    """The value of that type in the JSON. Raises `NotPlain`."""
    try:
        value = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise NotPlain("not json") from error
    result: T = _typed(kind, value, "$")
    return result


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, DocumentError):
        return {"code": value.code, "zh": value.zh, "en": value.en}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, _SCALARS):
        return value
    raise NotPlain(f"no plain data: {type(value).__name__}")


def _typed(kind: Any, value: Any, at: str) -> Any:
    if kind is Any:
        return _anything(value)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind), value, at)
    if origin in (list, dict, tuple):
        return _container(origin, get_args(kind), value, at)
    if kind is Decimal:
        return _decimal(value, at)
    if kind is DocumentError:
        given = _is(dict, value, at)
        return DocumentError(*(_is(str, given.get(key), f"{at}.{key}") for key in ("code", "zh", "en")))
    if is_dataclass(kind):
        return _dataclass(kind, value, at)
    if issubclass(kind, Enum):
        return _member(kind, value, at)
    if issubclass(kind, tuple):
        types = _types(kind)
        given = _is(list, value, at)
        if len(given) != len(types):
            raise NotPlain(at)
        parts = zip(types.items(), given, strict=True)
        return kind(*(_typed(inner, part, f"{at}.{name}") for (name, inner), part in parts))
    return _is(kind, value, at)


def _dataclass(kind: Any, value: Any, at: str) -> Any:
    given, types = _is(dict, value, at), _types(kind)
    if given.keys() != types.keys():
        raise NotPlain(f"{at}: {sorted(given.keys() ^ types.keys())}")
    return kind(**{name: _typed(inner, given[name], f"{at}.{name}") for name, inner in types.items()})


def _container(origin: Any, kinds: tuple[Any, ...], value: Any, at: str) -> Any:
    if origin is dict:
        given = _is(dict, value, at)
        return {key: _typed(kinds[1], inner, f"{at}.{key}") for key, inner in given.items()}
    parts = _is(list, value, at)
    if origin is list:
        return [_typed(kinds[0], part, at) for part in parts]
    if kinds[1:] == (...,):
        return tuple(_typed(kinds[0], part, at) for part in parts)
    if len(parts) != len(kinds):
        raise NotPlain(at)
    return tuple(_typed(kind, part, at) for kind, part in zip(kinds, parts, strict=True))


def _one_of(kinds: tuple[Any, ...], value: Any, at: str) -> Any:
    if value is None and NoneType in kinds:
        return None
    for kind in kinds:
        try:
            return _typed(kind, value, at)
        except NotPlain:
            continue
    raise NotPlain(at)


def _is(kind: Any, value: Any, at: str) -> Any:
    # A bool is an int to Python, and a Decimal travels as a dictionary.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise NotPlain(f"{at}: {type(value).__name__}")
    return value


def _decimal(value: Any, at: str) -> Decimal:
    text = value.get(_DECIMAL) if isinstance(value, dict) else None
    if not isinstance(text, str) or len(value) != 1:
        raise NotPlain(at)
    try:
        number = Decimal(text)
    except ArithmeticError as error:
        raise NotPlain(at) from error
    if not number.is_finite() or abs(int(number.as_tuple().exponent)) > _LONGEST_EXPONENT:
        raise NotPlain(at)
    return number


def _member(kind: type[Enum], value: Any, at: str) -> Enum:
    try:
        return kind(_is(str, value, at))
    except ValueError as error:
        raise NotPlain(at) from error


def _anything(value: Any) -> Any:
    """JSON as it is, with the decimals in it."""
    if isinstance(value, dict):
        return _decimal(value, "$") if _DECIMAL in value else {k: _anything(v) for k, v in value.items()}
    return [_anything(part) for part in value] if isinstance(value, list) else value


@lru_cache(maxsize=64)
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
