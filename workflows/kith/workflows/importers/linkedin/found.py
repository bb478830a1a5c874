"""Gathers what the files tell beside the connections: interactions, groups, and people met in them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kith.workflows.importers.linkedin.cells import clean
from kith.workflows.records import GroupRecord, InteractionRecord, PersonRecord, Place


@dataclass(slots=True)
class Found:
    """Interactions and groups of one file, each once, and the people in it by key with the name they have there."""

    interactions: dict[str, InteractionRecord] = field(default_factory=dict)
    groups: list[GroupRecord] = field(default_factory=list)
    people: dict[str, PersonRecord] = field(default_factory=dict)

    def add(self, interaction: InteractionRecord) -> bool:
        """Keeps it, unless the same is there already."""
        if interaction.external_id in self.interactions:
            return False
        self.interactions[interaction.external_id] = interaction
        return True

    def meet(self, key: str, name: str, url: str | None, place: Place) -> None:
        """Keeps a person known by their profile; nobody without a name."""
        if key not in self.people and name:
            self.people[key] = PersonRecord((key,), name, None, None, None, url, None, "unknown", None, place)


def profile_url(key: str) -> str:
    """The address of the profile with that key."""
    return "https://www.linkedin.com/in/" + key.removeprefix("linkedin:")


def newcomers(found: Iterable[Found], known: Collection[str], own: Collection[str]) -> list[PersonRecord]:
    """The people of all files who are not known yet, each once, without the owner."""
    people: dict[str, PersonRecord] = {}
    for part in found:
        for key, person in part.people.items():
            if key not in known and key not in own:
                people.setdefault(key, person)
    return list(people.values())


def named(text: str) -> str:
    """A party's name; "" for a member who is gone."""
    name = clean(text)
    return "" if name.casefold() == "linkedin member" else name
