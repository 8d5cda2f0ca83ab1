"""What the README promises is there: its commands, its settings, its files."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from api.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\| `powermap ([a-z-]+)` \|", README, re.MULTILINE)
SETTINGS = re.findall(r"^\| `([A-Z0-9_]+)` \|", README, re.MULTILINE)


def test_names_every_command_and_no_other():
    assert set(COMMANDS) == set(main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help(name):
    shown = CliRunner().invoke(main, [name, "--help"])

    assert shown.exit_code == 0
    assert main.commands[name].help


class Recording(dict):
    """An environment that remembers which variables were asked for."""

    def __init__(self):
        super().__init__()
        self.asked = set()

    def get(self, name, default=None):
        self.asked.add(name)
        return default


def test_every_setting_has_its_row():
    environ = Recording()
    Settings.from_environ(environ)

    assert {name for name in environ.asked if not name.endswith("_FILE")} == set(SETTINGS)


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_leads_somewhere(link):
    assert (ROOT / link).exists()


def test_every_make_target_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"make ([a-z]+)", README)) <= targets


def test_no_file_names_a_package_registry():
    hosts = ("pypi.org", "pythonhosted", "npmjs", "maven.org", "maven.apache.org/m", "debian.org")
    tracked = [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and path.suffix in (".toml", ".txt", ".md", ".yml", ".xml", ".py", "")
        and not {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache"} & set(path.parts)
    ]

    found = [
        f"{path}: {host}"
        for path in tracked
        if path != Path(__file__)
        for host in hosts
        if host in path.read_text(encoding="utf-8", errors="ignore")
    ]

    assert found == []
