"""As whom a reader asks questions of one map: chosen once, remembered in this browser."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from api.context import power_map
from api.pages.naming import labels, meant
from api.pages.shell import ME, me, render_on_map, within_map
from powermap.model import PowerMap
from powermap.vocabulary import RecordKind

_YEAR = 365 * 24 * 3600


def show_me(map_id: str) -> ResponseReturnValue:
    return _page(power_map(map_id))


def choose_me(map_id: str) -> ResponseReturnValue:
    """Remember who asks, or forget it where the form says so."""
    whole = power_map(map_id)
    response = redirect(_next(map_id), 303)
    if request.form.get("forget"):
        response.delete_cookie(ME, path=f"/maps/{map_id}", httponly=True, samesite="Strict")
        return response
    typed = request.form.get("me", "").strip()
    found = meant(whole, typed, (RecordKind.LEADER,), "person")
    if found.id is None:
        message = found.message if typed else "is needed"
        return _page(whole, typed=typed, message=message, offers=found.offers), 422
    remember_me(response, map_id, found.id)
    return response


def remember_me(response: Response, map_id: str, leader: str) -> None:
    """Ask as this person on this map from now on."""
    response.set_cookie(
        ME,
        leader,
        max_age=_YEAR,
        path=f"/maps/{map_id}",
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
    )


def _page(
    whole: PowerMap, *, typed: str = "", message: str = "", offers: tuple[str, ...] = ()
) -> str:
    called = labels(whole, (RecordKind.LEADER,))
    chosen = me(whole)
    return render_on_map(
        "pages/me.html",
        whole.header.id,
        "me",
        called=called,
        typed=typed or (called[chosen.id] if chosen else ""),
        message=message,
        offers=[(id, called[id]) for id in offers],
        next=_next(whole.header.id),
    )


def _next(map_id: str) -> str:
    """Where the reader came from, if that is a page of this map; else its questions."""
    wanted = within_map(map_id, request.values.get("next", ""))
    return wanted or url_for("pages.questions", map_id=map_id)


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/maps/<map_id>/me", "me", show_me)
    blueprint.add_url_rule("/maps/<map_id>/me", "choose_me", choose_me, methods=["POST"])
