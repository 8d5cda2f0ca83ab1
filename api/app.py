"""The one place where the parts meet."""

import logging

from flask import Flask

from api import guard, journal, problems
from api.context import EXTENSION, Service
from api.jobs.queue import Jobs
from api.pages.blueprint import blueprint as pages
from api.resources import (
    analysis,
    changes,
    figure,
    findings,
    health,
    jobs,
    kept_papers,
    maps,
    openapi,
    papers,
    records,
    saved,
)
from api.settings import Settings
from graph.results import Results
from graph.snapshots import Snapshots
from graph.stores import open_store
from powermap.vocabulary import RecordKind


def create_app(settings: Settings | None = None) -> Flask:
    """The whole service: its store, its JSON API and its pages.

    Raises `WrongSetting` on a setting it must not start with, and `StoreUnavailable` or
    `StoreUnusable` when the store cannot be opened.
    """
    settings = settings or Settings.from_environ()
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.largest_body
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of the default provider
    store = open_store(
        settings.store_url,
        username=settings.neo4j_username,
        password=settings.neo4j_password,
        database=settings.neo4j_database,
    )
    app.extensions[EXTENSION] = Service(
        settings=settings,
        store=store,
        snapshots=Snapshots(store),
        results=Results(),
        jobs=Jobs(seconds=settings.job_seconds, megabytes=settings.job_megabytes),
    )
    journal.register(app, settings.log_level)
    app.before_request(guard.begin)
    app.after_request(guard.finish)
    problems.register(app)
    _register(app)
    return app


def _register(app: Flask) -> None:
    app.register_blueprint(health.blueprint)
    app.register_blueprint(openapi.blueprint)
    app.register_blueprint(pages)
    described = openapi.describe(app)
    described.register_blueprint(maps.blueprint)
    for kind in RecordKind:
        if kind is not RecordKind.MAP:
            described.register_blueprint(records.topic(kind))
    described.register_blueprint(changes.blueprint)
    described.register_blueprint(analysis.blueprint)
    described.register_blueprint(jobs.blueprint)
    described.register_blueprint(figure.blueprint)
    described.register_blueprint(findings.blueprint)
    described.register_blueprint(saved.blueprint)
    described.register_blueprint(papers.blueprint)
    described.register_blueprint(kept_papers.blueprint)
    logging.getLogger("powermap").debug("the service is set up")
