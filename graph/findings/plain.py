"""A finding as JSON-ready values, with names beside the ids, for every face."""

from typing import Any

from graph.findings.answer import Finding, Row
from powermap.model import PowerMap, name_of
from powermap.shape import plain


def plain_finding(power_map: PowerMap, finding: Finding) -> dict[str, Any]:
    """A finding with the names of whom it is about and the evidence it rests on."""
    told: dict[str, Any] = {
        "question": finding.question,
        "sentences": list(finding.sentences),
        "rows": [_row(power_map, row) for row in finding.rows],
        "rule": finding.rule,
    }
    if finding.thin is not None:
        told["thin"] = finding.thin
    return told


def _row(power_map: PowerMap, row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": row.kind, "sentence": row.sentence}
    if row.next_step:
        told["next_step"] = row.next_step
    told["parties"] = [{"id": id, "name": _name(power_map, id)} for id in row.parties]
    told["evidence"] = [_evidence(power_map, id) for id in row.records]
    told["facts"] = row.facts
    return told


def _name(power_map: PowerMap, id: str) -> str:
    record = power_map.records.get(id)
    return (name_of(record) if record else None) or id


def _evidence(power_map: PowerMap, id: str) -> dict[str, Any]:
    """A record it rests on, and why that is said: empty evidence means unsourced."""
    record = power_map.records.get(id)
    proofs = [plain(proof) for proof in record.evidence] if record else []
    return {"record": id, "evidence": proofs}
