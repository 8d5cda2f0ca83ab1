"""The report of measures as the API and the pages give it: worked out once, then kept."""

import json
from collections.abc import Mapping
from typing import Any

from flask import url_for

from api.context import service, viewer
from graph.findings.measured import measured
from graph.measures.effort import effort
from graph.network import network
from graph.snapshots import seen_by
from powermap.model import PowerMap
from powermap.vocabulary import Sensitivity

BESIDE = ("largest_set", "also")
"""What is asked of the report, not of the network."""
QUICK_SECONDS = 2.0
"""What one measure may be expected to take while somebody waits; a job takes what is longer."""


def apart(question: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The words for `network`, and those for `measured`."""
    words = {name: value for name, value in question.items() if name not in BESIDE}
    return words, {name: value for name, value in question.items() if name in BESIDE}


def report_text(
    found: PowerMap, question: Mapping[str, Any], ceiling: Sensitivity = Sensitivity.PRIVATE
) -> str:
    """The report as JSON text, worked out once for a revision, what may be seen, and a question.

    `ceiling` says how far the map was narrowed, if it was. Raises `InvalidValue` for a question
    that means nothing on this map.
    """
    whole = {"on": found.header.as_at, **question}
    words, beside = apart(whole)
    asked = tuple((name, str(value)) for name, value in sorted(whole.items()))

    def work() -> str:
        with effort(QUICK_SECONDS):
            made = measured(found, network(found, **words), **beside)
        address = url_for("jobs.start_job", map_id=found.header.id)
        longer = f"A job may take longer: POST the same parameters to {address}."
        made["not_computed"] = {n: f"{why} {longer}" for n, why in made["not_computed"].items()}
        return json.dumps({"revision": found.revision, **made}, ensure_ascii=False, allow_nan=False)

    key = seen_by(viewer(), found.header.id, found.revision)
    return service().results.get((key, ceiling, asked), work)
