"""The best ways to a company or a person, and who may be asked now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple
from uuid import UUID

from kith.domain.asks import Ask, ChatAsk, IntroAsk, ReferralAsk
from kith.domain.decision import Decision
from kith.domain.errors import InvalidInput, NotApplicable, NotFound
from kith.domain.paths import Goal, Way, best_ways
from kith.domain.people import name_key
from kith.domain.relationship.state import Relationship
from kith.domain.spelling import alike, offered
from kith.domain.stages import Stage
from kith.domain.ties import AT_SOME_TIME, SAME_EMPLOYER, Background, Evidence, employer_key
from kith.workflows.application.desk import Desk
from kith.workflows.application.judging import outlook
from kith.workflows.application.queries import the_one
from kith.workflows.application.work import Work
from kith.workflows.readmodels.people import find
from kith.workflows.readmodels.ties import Ties


class Target(NamedTuple):
    """Where the ways lead."""

    kind: Literal["company", "person"]
    name: str
    company: str | None = None
    """Of a person, where they work, as far as is known."""
    id: str | None = None
    """Of a person on record."""
    people: int = 0
    """Of your people, how many work at the company."""
    namesakes: tuple[str, ...] = ()
    """The ids of people on record who are called like the company."""


class Path(NamedTuple):
    """One way, with what the guards say to the ask that begins it."""

    way: Way
    decision: Decision
    """On the ask to the way's first person, apart from its wording; with a plan if it is not earned."""


class Paths(NamedTuple):
    """The best ways to a company or a person, the strongest first."""

    to: Target
    paths: list[Path]


class PathFinding:
    """Questions about ways to companies and people."""

    _desk: Desk

    def paths(self, to: str | UUID, *, company: str | None = None, limit: int = 5) -> Paths:
        """The best ways to a company or a person: directly, through one person who introduces, or through two.

        ``to`` is a company or somebody on record, by name or by id. Somebody who is not on record is named together
        with the ``company`` where they work. Raises NotFound, with names that look alike, Ambiguous, and NotApplicable
        for somebody who wants no contact.
        """
        return self._desk.look_ahead(lambda work: _paths(work, to, company, limit))


def _paths(work: Work, to: str | UUID, company: str | None, limit: int) -> Paths:
    ties = Ties(work.transaction.query, work.seeker.id.hex)
    target, goal = _person(work, to) if isinstance(to, UUID) else _named(work, ties, to.strip(), company)
    goal = goal._replace(introduced=ties.introduced(goal.people))
    ways = best_ways(ties, goal, work.now.astimezone(work.seeker.calendar.zone), max(1, limit))
    return Paths(target, [_judged(work, way, target) for way in ways])


# Where the ways lead


def _named(work: Work, ties: Ties, text: str, company: str | None) -> tuple[Target, Goal]:
    if not text:
        raise InvalidInput("Say to which company, or to whom.")
    key = employer_key(text)
    if company is None and key and (there := _company(ties, key)):
        target, goal = there
        return target._replace(namesakes=ties.called(name_key(text))), goal
    if find(work.transaction.query, work.seeker.id.hex, text):
        return _person(work, the_one(work.transaction, work.seeker, text))
    if name_key(text) == name_key(work.seeker.profile.name):
        raise InvalidInput("That is you: say to which company, or to whom else.")
    if company is None:
        raise NotFound(_nothing(work, ties, text))
    return _stranger(ties, text, company)


def _company(ties: Ties, key: str) -> tuple[Target, Goal] | None:
    there, once = ties.at_employer(key), ties.were_at(key)
    if not there and not once:
        return None
    names = sorted(person.company for person in there.values() if person.company) or [next(iter(once.values())).place]
    beyond = {id_: Evidence(SAME_EMPLOYER, f"{_worked(was)} and may know people there") for id_, was in once.items()}
    return Target("company", names[0], people=len(there)), Goal(there.keys(), beyond)


def _person(work: Work, who: UUID) -> tuple[Target, Goal]:
    state = work.relationship(who)
    person = state.person
    if state.refuses_contact:
        raise NotApplicable(f"{person.name} wants no contact, and that binds: no way leads there.")
    if state.closed:
        raise NotApplicable(f"You ended the relationship with {person.name}; kith reopen goes on with it.")
    return Target("person", person.name, person.company, who.hex), Goal((who.hex,))


def _stranger(ties: Ties, name: str, company: str) -> tuple[Target, Goal]:
    key = employer_key(company)
    there = ties.at_employer(key) if key else {}
    once = ties.were_at(key) if key else {}
    if not there and not once:
        raise NotFound(
            f"Nobody on record works or worked at {company!r}.{offered(alike(key or company, ties.employers()))} If "
            "somebody you know was there, say so: kith describe WHO --worked-at NAME."
        )
    known = "whether the two know each other is not known"
    beyond = {id_: Evidence(AT_SOME_TIME, f"{_worked(was)}; {known}") for id_, was in once.items()}
    beyond |= {
        id_: Evidence(SAME_EMPLOYER, f"works at {one.company}, as {name} does; {known}") for id_, one in there.items()
    }
    return Target("person", name, company, people=len(there)), Goal((), beyond)


def _worked(was: Background) -> str:
    return " ".join(filter(None, (f"worked at {was.place}", was.years)))


def _nothing(work: Work, ties: Ties, text: str) -> str:
    sql = "SELECT name_key, MIN(name) FROM relationships WHERE seeker_id = ? GROUP BY name_key"
    people: Mapping[str, str] = dict(work.transaction.query(sql, (work.seeker.id.hex,)))
    like = [*alike(employer_key(text) or text, ties.employers()), *alike(name_key(text), people)]
    return (
        f"Nobody on record works or worked at {text!r}, and nobody is called that.{offered(like)} "
        "Of somebody who is not on record, say where they work: --company NAME. If somebody you know was there, say "
        "so: kith describe WHO --worked-at NAME."
    )


# Who may be asked now


def _judged(work: Work, way: Way, target: Target) -> Path:
    case = work.case(UUID(way.people[0].id), load=True)
    return Path(way, outlook(work, case, _ask(way, target, case.relationship)))


def _ask(way: Way, target: Target, state: Relationship) -> Ask:
    """What begins the way: an introduction to the next person on it, or of a direct contact what their stage earns."""
    if way.links:
        after = way.people[1] if len(way.people) > 1 else None
        name = after.name if after else target.name if target.kind == "person" else ""
        company = (after.company if after else target.company) or (target.name if target.kind == "company" else "")
        return IntroAsk(target=name, company=company)
    company = (target.name if target.kind == "company" else target.company) or ""
    if state.earned < Stage.COFFEE_CHAT:
        return ChatAsk()
    return IntroAsk(company=company) if state.earned < Stage.INTRO else ReferralAsk(company=company)
