"""Where digests go and by which mail server: ``KITH_DIGEST_TO`` and ``KITH_SMTP_*``, or ``delivery.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from kith.domain.errors import InvalidInput
from kith.domain.faults import fault
from kith.workflows import settings

FILE = "delivery.toml"
PORTS = {"starttls": 587, "tls": 465, "none": 25}
TO = "KITH_DIGEST_TO"
SMTP = {
    "KITH_SMTP_HOST": "host",
    "KITH_SMTP_PORT": "port",
    "KITH_SMTP_USER": "user",
    "KITH_SMTP_PASSWORD": "password",
    "KITH_SMTP_SECURITY": "security",
    "KITH_SMTP_FROM": "sender",
}
"""The variables of the environment, and what each is called in the file."""


_ONE_ADDRESS = re.compile(r"(?:[^<>@\r\n]*<[^<>@,;\s]+@[^<>@,;\s]+>|[^<>@,;\s]+@[^<>@,;\s]+)?")


def _address(text: str) -> str:
    if not _ONE_ADDRESS.fullmatch(text):
        raise ValueError("it is to be one address, like mira@example.org")
    return text


def _target(text: str) -> str:
    return text if "://" in text else _address(text)


Address = Annotated[str, AfterValidator(_address)]
Target = Annotated[str, AfterValidator(_target)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mail(_Part):
    """The mail server that digests are handed to."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65_535)] | None = None
    user: str = ""
    password: SecretStr = SecretStr("")
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: Address = ""
    """Whom the digest comes from; without it the address that it goes to."""

    @property
    def own_port(self) -> int:
        """The port, or the usual one for that kind of security."""
        return self.port or PORTS[self.security]


class Delivery(_Part):
    """Where digests go."""

    to: Target = ""
    """The seeker's own address, or an Apprise target (``ntfy://…``), where a store has one seeker."""
    seekers: dict[UUID, Target] = {}
    """The same for each of several seekers, by their ids."""
    smtp: Mail = Mail()

    def target(self, seeker: UUID, *, only: bool) -> str:
        """Where this seeker's digest goes; empty if nobody said. ``to`` is meant for an only seeker."""
        return self.seekers.get(seeker) or (self.to if only else "")


def delivery(environment: Mapping[str, str] = os.environ, file: Path | None = None) -> Delivery:
    """What the file says, and what the environment says instead. Raises InvalidInput."""
    where = file or settings.home() / FILE
    try:
        told: dict[str, Any] = tomllib.loads(where.read_text(encoding="utf-8")) if where.exists() else {}
        return Delivery.model_validate(_with(told, environment))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{where} can't be read: it has to be a text file in UTF-8 that you may read.") from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"{where} is not TOML: {error}.") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {_why(fault(one))}" for one in error.errors())
        raise InvalidInput(
            f"The settings of delivery can't be used: {wrong}. They come from {where}, {TO} and KITH_SMTP_*."
        ) from None


def _why(told: str) -> str:
    return told.replace("input should be", "it should be").partition(", unable")[0]


def _with(told: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    mail = {field: environment[variable] for variable, field in SMTP.items() if variable in environment}
    to = {"to": environment[TO]} if TO in environment else {}
    smtp = told.get("smtp", {})
    return {**told, **to, "smtp": {**smtp, **mail} if isinstance(smtp, dict) else smtp}
