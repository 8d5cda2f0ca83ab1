"""What is installed and how it is deployed: names, versions, ports and passwords."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SECRETS = {"POWERMAP_OWNER_TOKEN": "the-owners-token", "NEO4J_PASSWORD": "the-password"}

needs_compose = pytest.mark.skipif(
    shutil.which("docker-compose") is None, reason="docker-compose is not installed"
)


def test_nobody_else_owns_our_package_names() -> None:
    owners = packages_distributions()

    for name in ("powermap", "graph", "visual", "api"):
        assert set(owners.get(name, [])) <= {"powermap"}, f"{name} is also somebody else's"


def test_constraints_are_sorted_exact_versions_without_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()

    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line) for line in lines), lines
    assert lines == sorted(lines, key=str.upper)


def test_constraints_pin_everything_powermap_brings_along() -> None:
    pinned = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines())
    pinned = {_plain(name): number for name, number in pinned.items()}

    for name in _installed_for_powermap():
        assert pinned.get(name) == version(name), f"{name} differs; run: make constraints"


@needs_compose
def test_only_powermap_is_published_and_only_to_this_host() -> None:
    published = {
        name: service["ports"]
        for name, service in _compose()["services"].items()
        if "ports" in service and "profiles" not in service
    }

    assert published == {"powermap": ["127.0.0.1:8000:8000/tcp"]}


@needs_compose
def test_the_browser_of_neo4j_is_published_on_request_and_only_to_this_host() -> None:
    services = _compose()["services"]

    on_request = {name: one for name, one in services.items() if one.get("profiles")}

    assert on_request.keys() == {"neo4j-browser"}
    assert on_request["neo4j-browser"]["profiles"] == ["browser"]
    assert all(port.startswith("127.0.0.1:") for port in on_request["neo4j-browser"]["ports"])


@needs_compose
def test_powermap_waits_for_a_healthy_database_that_cannot_reach_out() -> None:
    composed = _compose()

    waits_for = composed["services"]["powermap"]["depends_on"]
    assert waits_for == {"neo4j": {"condition": "service_healthy"}}
    assert "healthcheck" in composed["services"]["neo4j"]
    assert list(composed["services"]["neo4j"]["networks"]) == ["database"]
    assert composed["networks"]["database"]["internal"] is True


@needs_compose
@pytest.mark.parametrize("missing", SECRETS)
def test_refuses_to_start_without_its_secrets(missing: str) -> None:
    without = {name: value for name, value in SECRETS.items() if name != missing}

    done = _run_compose(without)

    assert done.returncode != 0
    assert "set it in .env" in done.stderr


@needs_compose
def test_every_container_gains_no_privileges() -> None:
    for name, service in _compose()["services"].items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["cap_drop"] == ["ALL"], name


def test_no_secret_is_written_down() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    example = (ROOT / ".env.example").read_text()

    services = yaml.safe_load(text)["services"]

    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|TOKEN|AUTH|SECRET", name):
                assert re.fullmatch(r"(neo4j/)?\$\{\w+:\?[^}]+\}", value), name
    for name in SECRETS:
        assert re.search(f"^{name}=$", example, re.MULTILINE), name


def _compose() -> Any:
    done = _run_compose(SECRETS)
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)


def _run_compose(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in SECRETS}
    return subprocess.run(
        # As someone who copied the example and filled in these; an own .env plays no part.
        ["docker-compose", "--env-file", ".env.example", "--profile", "browser", "config"],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
    )


def _installed_for_powermap() -> set[str]:
    """Every distribution that powermap and its tests need here, directly or not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    to_visit = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    found: set[str] = set()
    while to_visit:
        requirement = to_visit.pop()
        name = _plain(re.match(r"[A-Za-z0-9._-]+", requirement)[0])  # type: ignore[index]
        if name in found or "extra ==" in requirement:
            continue
        try:
            to_visit += requires(name) or []
        except PackageNotFoundError:
            continue  # Not for this system, by its marker: gunicorn on Windows, for example.
        found.add(name)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
