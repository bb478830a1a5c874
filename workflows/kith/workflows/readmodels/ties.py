"""Who knows whom and who is or was where, straight from the tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from kith.domain.paths import Weighted
from kith.domain.stages import Origin, Stage
from kith.domain.strength import Acquaintance
from kith.domain.ties import (
    Background,
    BackgroundKind,
    Evidence,
    NotedKind,
    Source,
    noted,
    noted_weight,
    shared,
    shared_weight,
)
from kith.workflows.readmodels.schema import instant

Query = Callable[[str, Sequence[Any]], list[Any]]
AT_A_TIME = 500
"""Values in one statement."""
_PEOPLE = "id, name, company, position, stage, gifts, favours, last_inbound"
_WEIGHT = "t.kind, t.people, COALESCE(t.source, t.noted_by || '.' || t.version)"
_SOURCE = f"{_WEIGHT}, t.at, t.note, t.since"


class Tie(NamedTuple):
    """Somebody whom a person knows, as one event tells it."""

    id: str
    name: str
    company: str | None
    noted_by: str
    version: int
    source: Source


class Place(NamedTuple):
    """That somebody is or was at a place."""

    id: str
    key: str
    was: Background


class Ties:
    """The network of one seeker as its tables tell it within one transaction: a ``kith.domain.paths.Network``."""

    def __init__(self, query: Query, seeker_id: str) -> None:
        self._query, self._seeker = query, seeker_id
        self._met: dict[str, Acquaintance] = {}

    def acquaintances(self, ids: Collection[str]) -> dict[str, Acquaintance]:
        """Those people who are on record, want contact, and were not left."""
        sql = f"SELECT {_PEOPLE} FROM relationships WHERE seeker_id = ? AND closed = 0 AND id IN ({{marks}})"
        new = self._each(sql, [id_ for id_ in ids if id_ not in self._met])
        self._met |= {row[0]: _acquaintance(*row) for row in new}
        return {id_: self._met[id_] for id_ in ids if id_ in self._met}

    def at_employer(self, key: str) -> dict[str, Acquaintance]:
        """Those who work there now."""
        sql = f"SELECT {_PEOPLE} FROM relationships WHERE seeker_id = ? AND closed = 0 AND company_key = ?"
        there = {row[0]: _acquaintance(*row) for row in self._query(sql, (self._seeker, key))}
        self._met |= there
        return there

    def introduced(self, ids: Collection[str]) -> frozenset[str]:
        """Those of these people whom somebody introduced the seeker to."""
        sql = "SELECT id, origin FROM relationships WHERE seeker_id = ? AND id IN ({marks})"
        return frozenset(id_ for id_, origin in self._each(sql, ids) if origin == Origin.INTRODUCED.value)

    def were_at(self, key: str) -> dict[str, Background]:
        """Those who worked there once, with when; the last one counts of each."""
        sql = """
            SELECT relationship_id, kind, place, start_year, end_year FROM backgrounds
            WHERE seeker_id = ? AND key = ? AND kind = 'worked' ORDER BY version
        """
        return {id_: _background(*told) for id_, *told in self._query(sql, (self._seeker, key))}

    def employers(self) -> dict[str, str]:
        """Every employer on record by key, as one of the people there writes it."""
        sql = """
            SELECT company_key, MIN(company) FROM relationships
            WHERE seeker_id = ? AND closed = 0 AND company_key IS NOT NULL GROUP BY company_key
        """
        past = "SELECT key, MIN(place) FROM backgrounds WHERE seeker_id = ? AND kind = 'worked' GROUP BY key"
        return {**dict(self._query(past, (self._seeker,))), **dict(self._query(sql, (self._seeker,)))}

    def called(self, name_key: str) -> tuple[str, ...]:
        """The ids of the people of exactly that name."""
        sql = "SELECT id FROM relationships WHERE seeker_id = ? AND name_key = ? ORDER BY id"
        return tuple(id_ for (id_,) in self._query(sql, (self._seeker, name_key)))

    def ties(self, ids: Collection[str]) -> Iterator[Weighted]:
        """Whom these people know by what was noted."""
        sql = f"SELECT t.one, t.other, {_WEIGHT} FROM ties t WHERE t.seeker_id = ? AND t.one IN ({{marks}})"
        told: dict[tuple[str, str], dict[str, float]] = {}
        for one, other, kind, people, source in self._each(sql, ids):
            told.setdefault((one, other), {})[source] = noted_weight(kind, people)
        return (Weighted(*pair, min(1.0, sum(weights.values()))) for pair, weights in told.items())

    def shared(self, ids: Collection[str]) -> Iterator[Weighted]:
        """Whom they may know by a shared employer or school."""
        mine = self._places_of(ids)
        there: dict[str, list[Place]] = {}
        for place in self._places_at({place.key for place in mine}):
            there.setdefault(place.key, []).append(place)
        for place in mine:
            for other in there[place.key]:
                weight = shared_weight(place.was, other.was) if other.id != place.id else 0.0
                if weight:
                    yield Weighted(place.id, other.id, weight)

    def evidence(self, one: str, other: str) -> list[Evidence]:
        """All that speaks for a tie."""
        sql = f"SELECT {_SOURCE} FROM ties t WHERE t.seeker_id = ? AND t.one = ? AND t.other = ?"
        told = noted(_source(*row) for row in self._query(sql, (self._seeker, one, other)))
        theirs = self._places_of([other])
        both = (shared(a.was, b.was) for a in self._places_of([one]) for b in theirs if a.key == b.key)
        return [*told, *filter(None, both)]

    def of(self, one: str) -> list[Tie]:
        """Whom a person knows by what was noted, by name; one for each event that tells it."""
        sql = f"""
            SELECT r.id, r.name, r.company, t.noted_by, t.version, {_SOURCE} FROM ties t
            JOIN relationships r ON r.seeker_id = t.seeker_id AND r.id = t.other
            WHERE t.seeker_id = ? AND t.one = ? ORDER BY r.name_key, r.id, t.at, t.noted_by, t.version
        """
        return [
            Tie(id_, name, company, noted_by, version, _source(*told))
            for id_, name, company, noted_by, version, *told in self._query(sql, (self._seeker, one))
        ]

    def _places_of(self, ids: Collection[str]) -> list[Place]:
        """Where these people work, worked and studied."""
        return [*self._now("id", ids), *self._past("relationship_id", ids)]

    def _places_at(self, keys: Collection[str]) -> list[Place]:
        """Who works, worked and studied at these places."""
        return [*self._now("company_key", keys), *self._past("key", keys)]

    def _now(self, column: str, values: Collection[str]) -> Iterator[Place]:
        sql = f"""
            SELECT id, company_key, company FROM relationships
            WHERE seeker_id = ? AND company_key IS NOT NULL AND {column} IN ({{marks}})
        """
        for id_, key, company in self._each(sql, values):
            yield Place(id_, key, _employed(company))

    def _past(self, column: str, values: Collection[str]) -> Iterator[Place]:
        sql = f"""
            SELECT relationship_id, key, kind, place, start_year, end_year FROM backgrounds
            WHERE seeker_id = ? AND {column} IN ({{marks}})
        """
        for id_, key, *told in self._each(sql, values):
            yield Place(id_, key, _background(*told))

    def _each(self, sql: str, values: Collection[str]) -> Iterator[Any]:
        """The rows for all of these values, some hundreds of which are asked for at once."""
        waiting = list(values)
        for start in range(0, len(waiting), AT_A_TIME):
            some = waiting[start : start + AT_A_TIME]
            yield from self._query(sql.format(marks=", ".join("?" * len(some))), (self._seeker, *some))


def _acquaintance(
    id_: str, name: str, company: str | None, position: str | None, stage: int, gifts: int, favours: int,
    last_inbound: int | None,
) -> Acquaintance:  # fmt: skip
    last = None if last_inbound is None else instant(last_inbound)
    return Acquaintance(id_, name, company, position, Stage(stage), gifts, favours, last)


def _source(kind: str, people: int | None, id_: str, at: int, note: str, since: str | None) -> Source:
    return Source(NotedKind(kind), people, id_, instant(at), note, None if since is None else date.fromisoformat(since))


@lru_cache(maxsize=4_096)
def _employed(company: str) -> Background:
    return Background(BackgroundKind.WORKED, company, now=True)


def _background(kind: str, place: str, start: int | None, end: int | None) -> Background:
    return Background(BackgroundKind(kind), place, start, end)
