"""What an import would add, change and leave for review; nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from kith.domain.people import name_key
from kith.domain.relationship import events as e
from kith.domain.seeker import Job, Seeker
from kith.domain.stages import Origin
from kith.domain.ties import MOST_IN_A_GROUP
from kith.workflows.application.import_ties import untold
from kith.workflows.application.work import Work
from kith.workflows.ports import Reading
from kith.workflows.records import GroupRecord, InteractionRecord, Network, PersonRecord, Place, Problem

FIELDS = ("name", "company", "position", "email", "url")


class Change(NamedTuple):
    """What an import would change of somebody on record."""

    name: str
    field: str
    before: str | None
    after: str
    place: Place


class Review(NamedTuple):
    """A row that tells only a name. It is left for review, for the same name is not the same person."""

    place: Place
    what: str
    name: str
    candidates: tuple[str, ...]
    """Who on record has that name, with what tells them apart."""


@dataclass(slots=True)
class Item:
    """One person with all that the import tells of them."""

    person: PersonRecord | None
    known: UUID | None
    changes: dict[str, str] = field(default_factory=dict)
    new_keys: tuple[str, ...] = ()
    interactions: list[InteractionRecord] = field(default_factory=list)


@dataclass
class ImportPlan:
    """What an import would do; nothing is written yet."""

    network: Network
    items: list[Item] = field(default_factory=list)
    new_people: int = 0
    known_people: int = 0
    new_facts: int = 0
    known_facts: int = 0
    groups: list[GroupRecord] = field(default_factory=list)
    """Threads and meetings that tie people who are, or will be, on record."""
    known_groups: int = 0
    large_groups: int = 0
    """So large that they make no ties."""
    changes: list[Change] = field(default_factory=list)
    review: list[Review] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    profile: dict[str, object] = field(default_factory=dict)
    """What the seeker's own profile gets."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.items or self.groups or self.profile)


class _OnRecord:
    """Who is on record, by key and by name."""

    def __init__(self, reading: Reading, seeker: Seeker) -> None:
        owner = (seeker.id.hex,)
        keys = reading.query("SELECT key, relationship_id FROM identities WHERE seeker_id = ?", owner)
        self.by_key: dict[str, str] = dict(keys)
        people = reading.query(
            "SELECT id, name_key, name, company, position, email, url, origin FROM relationships WHERE seeker_id = ?",
            owner,
        )
        self.people = {row[0]: row for row in people}
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for row in people:
            self.by_name[row[1]].append(row[0])

    def owners(self, keys: Iterable[str]) -> set[str]:
        """The relationships that those keys belong to."""
        return {self.by_key[key] for key in keys if key in self.by_key}


def plan_import(work: Work, network: Network, same: frozenset[str]) -> ImportPlan:
    """What an import of that network would do; ``same`` names rows under review that are accepted."""
    plan = ImportPlan(network, problems=list(network.problems))
    record = _OnRecord(work.transaction, work.seeker)
    by_key = _people(work, network, record, plan)
    _interactions(work, network, record, by_key, plan, same)
    items = _each(by_key)
    for item in items:
        if item.interactions:
            _only_new(work, item, plan)
    plan.items = [item for item in items if _has_news(item)]
    _groups(work, network, record, by_key, plan)
    plan.profile = _profile(work.seeker, network)
    return plan


def _people(work: Work, network: Network, record: _OnRecord, plan: ImportPlan) -> dict[str, Item]:
    """Everybody whom the network tells, by each of their keys."""
    by_key: dict[str, Item] = {}
    for person in network.people:
        keys = keys_of(person)
        if by_key.keys().isdisjoint(keys):
            item = _person(work, person, keys, record, plan)
        else:
            item = _again(person, next(by_key[key] for key in keys if key in by_key))
        if item is not None:
            for key in keys:
                by_key[key] = item
    return by_key


def _each(by_key: dict[str, Item]) -> list[Item]:
    """Every item once."""
    return list({id(item): item for item in by_key.values()}.values())


def _again(person: PersonRecord, item: Item) -> Item:
    """The person of an earlier row with one of the same keys, who now has all of them."""
    if item.person is not None:
        new = tuple(key for key in person.keys if key not in item.person.keys)
        item.person = item.person._replace(keys=item.person.keys + new)
        item.new_keys += new if item.known is not None else ()
    return item


def keys_of(person: PersonRecord) -> tuple[str, ...]:
    """By what a person is known again; a row without any address at least by being the same row."""
    return person.keys or ((f"row:{person.row_id}",) if person.row_id else ())


def _has_news(item: Item) -> bool:
    return item.known is None or bool(item.changes or item.new_keys or item.interactions)


def _person(
    work: Work, person: PersonRecord, keys: tuple[str, ...], record: _OnRecord, plan: ImportPlan
) -> Item | None:
    if record.by_key.keys().isdisjoint(keys):
        plan.new_people += 1
        return Item(person, None)
    owners = record.owners(keys)
    if len(owners) > 1:
        plan.problems.append(
            Problem(person.place, "Its addresses belong to different people on record; the row was left out.", "error")
        )
        return None
    plan.known_people += 1
    known = owners.pop()
    item = Item(person, UUID(known), new_keys=tuple(key for key in keys if key not in record.by_key))
    _compare(work, item, person, record.people[known], plan)
    return item


def _compare(work: Work, item: Item, person: PersonRecord, row: tuple[object, ...], plan: ImportPlan) -> None:
    said = (person.name, person.company, person.position, person.email, person.url)
    for name, before, after in zip(FIELDS, row[2:7], said, strict=True):
        if after and after != before and (before is None or _came_by_import(work, item.known, name)):
            item.changes[name] = after
            plan.changes.append(Change(person.name, name, None if before is None else str(before), after, person.place))
    if person.origin == "former_colleague" and row[7] == Origin.UNKNOWN.value:
        item.changes["origin"] = Origin.FORMER_COLLEAGUE.value
        plan.changes.append(
            Change(person.name, "origin", Origin.UNKNOWN.value, Origin.FORMER_COLLEAGUE.value, person.place)
        )


def _came_by_import(work: Work, known: UUID | None, name: str) -> bool:
    """Whether what is on record was itself imported; what was written by hand is not overwritten."""
    assert known is not None
    for recorded in reversed(work.relationship(known).events):
        event = recorded.event
        if isinstance(event, e.PersonDescribed | e.RelationshipOpened) and getattr(event, name) is not None:
            return recorded.source.startswith("import:")
    return True


def _interactions(
    work: Work, network: Network, record: _OnRecord, by_key: dict[str, Item], plan: ImportPlan, same: frozenset[str]
) -> None:
    names: dict[str, list[Item]] | None = None
    for interaction in network.interactions:
        if interaction.at > work.now:
            plan.problems.append(Problem(interaction.place, "It lies in the future; the row was left out.", "error"))
            continue
        item = _whose(interaction, record, by_key)
        if item is None and not interaction.keys:
            names = _by_name(by_key, record) if names is None else names
            item = _review(work, interaction, names, record, by_key, plan, same)
        if item is not None:
            item.interactions.append(interaction)


def _whose(interaction: InteractionRecord, record: _OnRecord, by_key: dict[str, Item]) -> Item | None:
    for key in interaction.keys:
        if key in by_key:
            return by_key[key]
    for key in interaction.keys:
        if key in record.by_key:
            return by_key.setdefault(key, Item(None, UUID(record.by_key[key])))
    return None


def _only_new(work: Work, item: Item, plan: ImportPlan) -> None:
    known = work.relationship(item.known).external_ids if item.known else frozenset[str]()
    fresh = {i.external_id: i for i in item.interactions if i.external_id not in known}
    plan.known_facts += len(item.interactions) - len(fresh)
    plan.new_facts += len(fresh)
    item.interactions = sorted(fresh.values(), key=lambda i: i.at)


def _groups(work: Work, network: Network, record: _OnRecord, by_key: dict[str, Item], plan: ImportPlan) -> None:
    for group in network.groups:
        if group.at > work.now:
            plan.problems.append(Problem(group.place, "It lies in the future; the group was left out.", "error"))
        elif len(group.keys) > MOST_IN_A_GROUP:
            plan.large_groups += 1
        else:
            _group(work, group, record, by_key, plan)


def _group(work: Work, group: GroupRecord, record: _OnRecord, by_key: dict[str, Item], plan: ImportPlan) -> None:
    items = {id(item): item for key in group.keys if (item := by_key.get(key)) is not None}
    known = {item.known for item in items.values()} | {
        UUID(record.by_key[key]) for key in group.keys if key not in by_key and key in record.by_key
    }
    new = sum(item.known is None for item in items.values())
    ids = [id_ for id_ in known if id_ is not None]
    if len(ids) + new < 2:
        return
    if not new and untold(work, ids, group.external_id) is None:
        plan.known_groups += 1
    else:
        plan.groups.append(group)


def _by_name(by_key: dict[str, Item], record: _OnRecord) -> dict[str, list[Item]]:
    names: dict[str, list[Item]] = defaultdict(list)
    for item in _each(by_key):
        if item.person is not None:
            names[name_key(item.person.name)].append(item)
    for name, ids in record.by_name.items():
        known = {item.known for item in names.get(name, ())}
        names[name] += [Item(None, UUID(id_)) for id_ in ids if UUID(id_) not in known]
    return names


def _review(
    work: Work,
    interaction: InteractionRecord,
    names: dict[str, list[Item]],
    record: _OnRecord,
    by_key: dict[str, Item],
    plan: ImportPlan,
    same: frozenset[str],
) -> Item | None:
    candidates = names.get(name_key(interaction.name), [])
    if str(interaction.place) in same and len(candidates) == 1:
        by_key.setdefault(f"accepted:{interaction.place}", candidates[0])
        return candidates[0]
    if any(interaction.external_id in _recorded_ids(work, item) for item in candidates):
        plan.known_facts += 1
        return None
    told = tuple(_told(item, record) for item in candidates)
    plan.review.append(Review(interaction.place, interaction.channel, interaction.name, told))
    return None


def _recorded_ids(work: Work, item: Item) -> frozenset[str]:
    return work.relationship(item.known).external_ids if item.known else frozenset()


def _told(item: Item, record: _OnRecord) -> str:
    if item.person is not None:
        parts = (item.person.name, item.person.position, item.person.company, item.person.url)
    else:
        row = record.people[item.known.hex if item.known else ""]
        parts = (row[2], row[4], row[3], row[6])
    return ", ".join(str(part) for part in parts if part)


def _profile(seeker: Seeker, network: Network) -> dict[str, object]:
    owner = network.owner
    if owner is None:
        return {}
    jobs = tuple(Job(company=p.company, title=p.title, start=p.start, end=p.end) for p in owner.positions)
    told: dict[str, object] = {}
    if owner.headline and not seeker.profile.headline:
        told["headline"] = owner.headline
    if owner.summary and not seeker.profile.intro:
        told["intro"] = owner.summary
    if jobs and jobs != seeker.profile.jobs:
        told["jobs"] = jobs
    return told
