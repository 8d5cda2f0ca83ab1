"""Reading JSON so strictly that no two readers can take it in different ways."""

import json
import re
from typing import Any, NoReturn

from powermap.errors import Malformed

DEEPEST = 20
"""How deep lists and objects may nest; our own shapes need four."""

# A string may lack its end here: that is for the reader to refuse, and costs no second scan.
_STRUCTURE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)
_LARGEST = 2**63


def read_json(text: bytes) -> Any:
    """JSON values, or `Malformed`; what other readers take in different ways is refused."""
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("It is not UTF-8 text.") from None
    _refuse_depth(decoded)
    try:
        return json.loads(
            decoded,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
            parse_float=_number,
        )
    except (ValueError, RecursionError) as error:
        raise Malformed(f"It is not valid JSON: {error}.") from None


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _STRUCTURE.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Malformed(f"It nests deeper than {DEEPEST} levels.")
        elif found[0] in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Malformed(f"The name {json.dumps(twice)} stands twice in one object.")
    return result


def _refuse_constant(name: str) -> NoReturn:
    raise Malformed(f"{name} is not a JSON number.")


def _whole_number(digits: str) -> int:
    if len(digits) > 20 or not -_LARGEST <= int(digits) < _LARGEST:
        raise Malformed("A whole number in it has more than 64 bits.")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise Malformed("A number in it is too large.")
    return value
