"""A report as it is worked out: what each section was measured by, and what was left out."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, ParamSpec, Protocol, TypeVar

from graph.measures import Snapshot
from graph.measures.effort import begun
from powermap.errors import TooMuch


class _Found(Protocol):
    @property
    def method(self) -> str: ...


F = TypeVar("F", bound=_Found)
P = ParamSpec("P")


@dataclass(kw_only=True)
class Work:
    """One network, and the methods and refusals gathered on the way."""

    taken: Snapshot
    method: dict[str, str] = field(default_factory=dict)
    not_computed: dict[str, str] = field(default_factory=dict)

    def section(
        self, name: str, measure: Callable[P, F], *given: P.args, **options: P.kwargs
    ) -> F | None:
        """What is measured, or None where it would take too long, which is written down."""
        begun(name)
        try:
            found = measure(*given, **options)
        except TooMuch as error:
            self.not_computed[name] = str(error)
            return None
        self.method[name] = found.method
        return found


def plain(found: Any) -> dict[str, Any]:
    """What was found, ready for JSON, without its method, which stands among the others."""
    return {name: value for name, value in asdict(found).items() if name != "method"}
