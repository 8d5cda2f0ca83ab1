"""What a figure says about itself, as the one who asks for it knows it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Words:
    """The text round the picture. All of it is user text: nothing in it is ever markup."""

    title: str
    kind: str
    """What is drawn, of when and with which filters, in a line."""
    sentence: str
    """What the reader should see."""
    noun: tuple[str, str]
    """What the boxes stand for: `("person", "people")`."""
    border: str = ""
    """What a heavier border stands for; empty where borders say nothing."""
    notes: tuple[str, ...] = ()
    """What was left out, what was withheld, the source, the method: a paragraph each."""
    marking: str = ""
    """The protective marking, as OFFICIAL; at the top and at the foot."""
    maker: str = ""
