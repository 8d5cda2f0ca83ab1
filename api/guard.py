"""What every request must pass: the right host, the right origin, a known caller."""

import hashlib
import hmac
import re
import secrets
from urllib.parse import SplitResult, urlsplit

from flask import Response, g, request

from api.context import service
from api.settings import LOOPBACK
from powermap.access import Role, Viewer
from powermap.errors import Forbidden, NotAuthenticated, PowerMapError

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN_TO_ALL = frozenset({"health.healthz", "health.readyz"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class WrongHost(PowerMapError):
    """The request asks for a host that this service was not told it is."""


def begin() -> None:
    """Before each request: name it, and refuse what does not come from where it should."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    _check_host()
    _check_origin()
    if request.endpoint not in _OPEN_TO_ALL:
        g.viewer = _caller()


def finish(response: Response) -> Response:
    """After each request: the headers every answer carries."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Request-ID"] = g.get("request_id", "-")
    response.headers.pop("Server", None)
    return response


def _check_host() -> None:
    if (_parts(f"//{request.host}").hostname or "") not in service().settings.answers_to:
        raise WrongHost(
            "This service does not answer to the host name asked for. If it should, "
            "add the name to POWERMAP_HOSTS."
        )


def _check_origin() -> None:
    """A page of another site may not make this browser change anything."""
    if request.method in _SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin")
    elsewhere = origin is not None and _parts(origin).netloc != request.host
    if elsewhere or site not in ("same-origin", "none"):
        raise Forbidden("A page of another site may not change anything here.")


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return urlsplit("")
    return parts


def _caller() -> Viewer:
    """The owner: by token, or on this machine alone where no token is set."""
    settings = service().settings
    owner = Viewer(settings.owner_name, Role.OWNER)
    if not settings.owner_token:
        if request.remote_addr not in LOOPBACK:
            raise Forbidden(
                "Without POWERMAP_OWNER_TOKEN this service answers only to the machine it runs on."
            )
        return owner
    if _matches(_given_token(), settings.owner_token):
        return owner
    raise NotAuthenticated(
        "The owner's token is needed: as `Authorization: Bearer …`, or in a browser as the "
        "password (with any user name)."
    )


def _given_token() -> str:
    given = request.authorization
    if given is None:
        return ""
    if given.type == "bearer":
        return given.token or ""
    return given.password or "" if given.type == "basic" else ""


def _matches(given: str, expected: str) -> bool:
    digests = (
        hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (given, expected)
    )
    return hmac.compare_digest(*digests)
