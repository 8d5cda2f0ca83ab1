"""Whether the service is up, and whether it can work."""

from flask import Blueprint, Response, jsonify

from api.context import store

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process is up."""
    return jsonify(status="up")


@blueprint.get("/readyz")
def readyz() -> Response:
    """The store answers and has the schema this version works with; a 503 says what is wrong."""
    state = store().check()
    return jsonify(status="ready", store=state.store, version=state.version, schema=state.schema)
