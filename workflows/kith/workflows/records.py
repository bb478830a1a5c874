"""What an import yields: people, interactions, groups and problems as plain values, each with its place."""

from datetime import date, datetime
from hashlib import blake2b
from typing import Literal, NamedTuple, TypeAlias

Level: TypeAlias = Literal["error", "warning", "note"]
Origin: TypeAlias = Literal["former_colleague", "unknown"]
Direction: TypeAlias = Literal["inbound", "outbound"]
Channel: TypeAlias = Literal["message", "invitation", "endorsement", "recommendation"]


class ImportRefused(Exception):
    """The input cannot be read at all; the message says in one sentence where, why, and what to do next."""


class Place(NamedTuple):
    """Where something stands in the input: the file's name and the physical line, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """As people write it: `Connections.csv:12`."""
        return f"{self.file}:{self.line}"


class Problem(NamedTuple):
    """What is wrong at a place, in one plain sentence that says what was done. It never quotes a message."""

    place: Place
    reason: str
    level: Level


class PersonRecord(NamedTuple):
    """Somebody in the network. `keys` identify; without any, `row_id` tells only that the same row came again."""

    keys: tuple[str, ...]
    name: str
    company: str | None
    position: str | None
    email: str | None
    url: str | None
    since: date | None
    origin: Origin
    origin_evidence: str | None
    place: Place
    row_id: str | None = None


class InteractionRecord(NamedTuple):
    """Something that happened between the owner and one person; without `keys` it waits for review, by its name.

    `at` is UTC. Where the file gives no zone (`zone_known` is false) it is taken as UTC, and a bare date as its noon.
    """

    keys: tuple[str, ...]
    name: str
    company: str | None
    at: datetime
    direction: Direction
    channel: Channel
    external_id: str
    zone_known: bool
    place: Place


class GroupRecord(NamedTuple):
    """A group thread or a meeting: the keys of the people in it besides the owner, who therefore know of each other."""

    keys: tuple[str, ...]
    at: datetime
    external_id: str
    place: Place
    kind: Literal["group thread", "meeting"] = "group thread"


class Position(NamedTuple):
    """A job of the owner's. `end` is None while it lasts; both are the first day of their month."""

    company: str
    title: str
    start: date | None
    end: date | None


class OwnerRecord(NamedTuple):
    """The person whose export it is. `keys` are known only where the messages or invitations tell them."""

    name: str
    headline: str | None = None
    summary: str | None = None
    industry: str | None = None
    location: str | None = None
    positions: tuple[Position, ...] = ()
    keys: tuple[str, ...] = ()


class Network(NamedTuple):
    """All that one input holds. `hidden` counts rows with only a date; `counts` what was read and left out, by reason.

    `digest` is the SHA-256 of the input; `files` names the files that were read.
    """

    owner: OwnerRecord | None
    people: list[PersonRecord]
    interactions: list[InteractionRecord]
    groups: list[GroupRecord]
    problems: list[Problem]
    hidden: int
    counts: dict[str, int]
    digest: str
    files: tuple[str, ...]


def fingerprint(*parts: str) -> str:
    """An id of 24 hexadecimal digits that is the same for the same parts and shows none of them."""
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=12, person=b"kith import").hexdigest()
