"""A number about a whole map, with what must be printed beside it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number about a map. `value` is None where it is not defined; `reason` then says why.

    `beside` holds further numbers that should not be shown without it, nor it without them.
    """

    measure: str
    title: str
    value: float | None
    reason: str | None = None
    method: str
    beside: Mapping[str, float | int | str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.value is None) != (self.reason is not None):
            raise ValueError("an undefined figure, and no other, needs a reason")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError("a figure is a finite number or None")
