"""What can be set from outside, read once; nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from powermap.errors import PowerMapError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SHORTEST_TOKEN = 32


class WrongSetting(PowerMapError):
    """A setting that the service must not start with; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one service. Each has a row in the README."""

    store_url: str = "sqlite:///powermap.db"
    neo4j_username: str = "neo4j"
    neo4j_password: str = ""
    neo4j_database: str = "neo4j"
    owner_name: str = "owner"
    owner_token: str = ""
    hosts: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    largest_body: int = 2 * 1024 * 1024
    job_seconds: int = 3600
    job_megabytes: int = 4096
    log_level: str = "INFO"

    def __post_init__(self) -> None:
        if self.owner_token and len(self.owner_token) < SHORTEST_TOKEN:
            raise WrongSetting(
                f"POWERMAP_OWNER_TOKEN is too short: it needs at least {SHORTEST_TOKEN} "
                "characters. `openssl rand -hex 32` makes a good one."
            )
        if not self.owner_token and self.host not in LOOPBACK:
            raise WrongSetting(
                f"POWERMAP_HOST is {self.host}: beyond this machine an owner token is needed. "
                f"Set POWERMAP_OWNER_TOKEN (at least {SHORTEST_TOKEN} characters), and "
                "POWERMAP_HOSTS to the names people will use."
            )
        if self.owner_token and self.host not in LOOPBACK and not self.hosts:
            raise WrongSetting(
                "POWERMAP_HOSTS is empty: name the hosts the service answers to, "
                "such as maps.example.org."
            )
        if not self.owner_name.strip():
            raise WrongSetting("POWERMAP_OWNER_NAME is empty.")

    @property
    def answers_to(self) -> tuple[str, ...]:
        """The host names a request may ask for, in lower case."""
        return tuple(host.lower() for host in (*LOOPBACK, *self.hosts))

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Settings from `POWERMAP_…` variables (and Neo4j's own), or `WrongSetting`."""
        found = _Found(os.environ if environ is None else environ)
        return cls(
            store_url=found.text("POWERMAP_STORE", cls.store_url),
            neo4j_username=found.text("NEO4J_USERNAME", cls.neo4j_username),
            neo4j_password=found.secret("NEO4J_PASSWORD"),
            neo4j_database=found.text("NEO4J_DATABASE", cls.neo4j_database),
            owner_name=found.text("POWERMAP_OWNER_NAME", cls.owner_name),
            owner_token=found.secret("POWERMAP_OWNER_TOKEN"),
            hosts=found.names("POWERMAP_HOSTS"),
            host=found.text("POWERMAP_HOST", cls.host),
            port=found.number("POWERMAP_PORT", cls.port, low=1, high=65535),
            largest_body=found.number(
                "POWERMAP_LARGEST_BODY", cls.largest_body, low=1024, high=1 << 30
            ),
            job_seconds=found.number(
                "POWERMAP_JOB_SECONDS", cls.job_seconds, low=1, high=7 * 24 * 3600
            ),
            job_megabytes=found.number(
                "POWERMAP_JOB_MEGABYTES", cls.job_megabytes, low=512, high=1 << 20
            ),
            log_level=found.choice(
                "POWERMAP_LOG_LEVEL", cls.log_level, ("DEBUG", "INFO", "WARNING", "ERROR")
            ),
        )


class _Found:
    """Typed look-ups in the environment, whose errors name the variable."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str) -> str:
        return self._environ.get(name, "").strip() or default

    def secret(self, name: str) -> str:
        """A value, or the content of the file that `…_FILE` names."""
        path = self._environ.get(f"{name}_FILE", "").strip()
        if not path:
            return self._environ.get(name, "").strip()
        if self._environ.get(name):
            raise WrongSetting(f"Set {name} or {name}_FILE, not both.")
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise WrongSetting(f"{name}_FILE: {path} cannot be read ({error}).") from None

    def names(self, name: str) -> tuple[str, ...]:
        parts = self._environ.get(name, "").replace(",", " ").split()
        for part in parts:
            if "/" in part or "*" in part:
                raise WrongSetting(f"{name}: {part!r} is not a host name such as maps.example.org.")
        return tuple(parts)

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        text = self._environ.get(name, "").strip()
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise WrongSetting(f"{name} is {text!r}; it must be a whole number, {low} to {high}.")
        return int(text)

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        text = self._environ.get(name, "").strip().upper() or default
        if text not in allowed:
            raise WrongSetting(f"{name} is {text!r}; it must be one of {', '.join(allowed)}.")
        return text
