"""Writing what a form asks for: once, however often it is sent."""

import hashlib
import json
import re

from flask import request

from api.context import store, viewer
from powermap.changes import Change, Outcome, Request
from powermap.errors import InvalidValue, Problem
from powermap.schema import new_id

ONCE = "once"
"""The field that makes two sendings of one form the same request."""
_ONCE = re.compile(r"[0-9a-f]{32}")


def save(map_id: str, *changes: Change, dry_run: bool = False) -> Outcome:
    """Make these changes as this form's request.

    The same form with the same content changes nothing twice: a double click adds one tie.
    """
    sent = sorted((name, values) for name, values in request.form.lists() if name != "form_key")
    content = json.dumps([request.path, sent]).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()
    once = request.form.get(ONCE, "")
    key = f"form-{once}-{digest[:32]}" if _ONCE.fullmatch(once) else f"none-{new_id()}"
    try:
        return store().apply(
            map_id, viewer(), changes, request=Request(key, digest), dry_run=dry_run
        )
    except InvalidValue as error:
        raise InvalidValue(*map(_without_position, error.problems)) from None


def sent_number(name: str) -> int:
    """A version or revision in a hidden field; -1, which none has, where it is not a number."""
    given = request.form.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else -1


def _without_position(found: Problem) -> Problem:
    inner = found.path[1:] if found.path and isinstance(found.path[0], int) else found.path
    return Problem(inner, found.message)
