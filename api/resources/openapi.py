"""The API's own description, and the page to read and try it."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, jsonify, render_template, send_file
from flask_smorest import Api

from api.resources.shapes import Problem

blueprint = Blueprint("openapi", __name__, template_folder="templates", static_folder="static")

_SWAGGER = Path(str(files("flask_swagger_ui"))) / "dist"
_FILES = frozenset({"swagger-ui.css", "swagger-ui-bundle.js"})


class DescribedApi(Api):
    """flask-smorest's description with our shape of errors, and none of its error handlers."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Errors are answered by `api.problems` alone."""


def describe(app: Flask) -> DescribedApi:
    """The description of the app's API, to register topics with."""
    app.config.update(
        API_TITLE="powermap",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {
                "description": "Stakeholder maps: organisations, leaders, accountabilities and "
                "relationships, with their evidence, and what their shape says. Every answer "
                "shows what the caller may see. Dates are written as they are known: 2009, "
                "2009-05 or 2009-05-14.",
                "license": {"name": "MIT", "identifier": "MIT"},
            },
            "security": [{"token": []}],
            "components": {
                "securitySchemes": {
                    "token": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "The owner's token. Not needed on the machine the service "
                        "runs on, where none is set.",
                    }
                }
            },
        },
    )
    described = DescribedApi(app)
    app.extensions["powermap.openapi"] = described
    return described


@blueprint.get("/openapi.json")
def description() -> Response:
    """The OpenAPI 3.1 description of everything under /api/v1."""
    from flask import current_app

    spec: dict[str, Any] = current_app.extensions["powermap.openapi"].spec.to_dict()
    for response in spec["components"].get("responses", {}).values():
        content = response.get("content", {})
        if "application/json" in content:
            content["application/problem+json"] = content.pop("application/json")
    return jsonify(spec)


@blueprint.get("/docs")
def docs() -> str:
    """Swagger UI, from the installed wheel, under our content security policy."""
    return render_template("openapi/docs.html")


@blueprint.get("/docs/files/<name>")
def swagger_file(name: str) -> Response:
    """A script or style of Swagger UI; only those the page needs."""
    if name not in _FILES:
        abort(404)
    response = send_file(_SWAGGER / name)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
