"""Every form carries a key that only this browser was given: another site cannot send it.

The key is in a cookie that scripts cannot read and other sites cannot cause to be sent, and again
in a hidden field of each form; both must be there and equal. No key is kept on the server.
"""

import hmac
import re
import secrets

from flask import Blueprint, Response, g, request
from markupsafe import Markup

from powermap.errors import Forbidden

COOKIE = "powermap_form_key"
FIELD = "form_key"
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def form_key() -> str:
    """This browser's key; a new one is given with the answer."""
    if "form_key" not in g:
        given = request.cookies.get(COOKIE, "")
        g.form_key = given if _KEY.fullmatch(given) else secrets.token_urlsafe(32)
        g.new_form_key = g.form_key != given
    return str(g.form_key)


def hidden_form_key() -> Markup:
    """The hidden field that each form that changes something begins with."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, form_key())


def check_form_key() -> None:
    """Refuse what a form of ours did not send."""
    if request.method != "POST":
        return
    cookie = request.cookies.get(COOKIE, "")
    sent = request.form.get(FIELD, "")
    if not _KEY.fullmatch(cookie) or not hmac.compare_digest(cookie, sent):
        raise Forbidden(
            "This form is out of date, or cookies are off for this site. Go back, load the page "
            "again and send it once more; nothing was changed."
        )


def give_form_key(response: Response) -> Response:
    if g.get("new_form_key"):
        response.set_cookie(
            COOKIE, form_key(), httponly=True, samesite="Strict", secure=request.is_secure
        )
    return response


def register(blueprint: Blueprint) -> None:
    blueprint.before_request(check_form_key)
    blueprint.after_request(give_form_key)
    blueprint.add_app_template_global(hidden_form_key)
