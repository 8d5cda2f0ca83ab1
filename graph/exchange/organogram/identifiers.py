"""The identifiers by which a later file of the same department finds the same records again."""

from graph.exchange.organogram.words import words
from powermap.model import Identifier


def body(name: str) -> Identifier:
    """Spellings of a name that differ in case or marks are one body."""
    return Identifier(scheme="organogram", value=slug(name))


def post(organisation: str, reference: str, place: int = 0) -> Identifier:
    """The first holder of a job share has the reference itself, the next `/2`, and so on."""
    value = reference.replace("%", "%25").replace("/", "%2F") + (f"/{place + 1}" if place else "")
    return Identifier(scheme=posts_register(organisation), value=value)


def person(organisation: str, reference: str, name: str) -> Identifier:
    held = post(organisation, reference)
    return Identifier(scheme=held.scheme, value=f"{held.value}/{name}")


def posts_register(organisation: str) -> str:
    """References are unique in an organisation, so each has a register of its own."""
    return f"organogram:{slug(organisation)}"


def slug(name: str) -> str:
    return "-".join(words(name.replace("&", " and ")))[:150]
