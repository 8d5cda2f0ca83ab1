"""The influence map as a file, made by the same page that the service shows."""

from flask import g

from api.app import create_app
from api.context import EXTENSION
from api.pages.map_page import file_of
from api.settings import Settings
from api.view import View
from powermap.access import Viewer


def draw_file(settings: Settings, viewer: Viewer, map_id: str, view: View) -> str:
    """One view of a map as the text of an HTML file that stands alone."""
    app = create_app(settings)
    try:
        with app.test_request_context():
            g.viewer = viewer
            return file_of(map_id, view)
    finally:
        app.extensions[EXTENSION].store.close()
