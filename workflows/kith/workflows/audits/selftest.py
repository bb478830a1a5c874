"""Runs the worked examples of policies before an audit: a policy that does not mean what it says is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kith.domain.relationship import events as e
from kith.workflows.audits.compiled import Compiled, Example, ExampleEvent
from kith.workflows.audits.compiling import terms
from kith.workflows.audits.compiling.problems import FaultyPolicies, Problem
from kith.workflows.audits.judging import Judging
from kith.workflows.audits.reading.instants import DAY
from kith.workflows.audits.reading.log import Log, Sign
from kith.workflows.audits.reading.plan import Plan, planned
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.vocabulary.attributes import Attribute
from kith.workflows.audits.vocabulary.names import Kind
from kith.workflows.audits.vocabulary.values import instant
from kith.workflows.readmodels.schema import micros

LONG_AFTER: Final = 36_500 * DAY
"""An example is judged when all its deadlines are over."""
USUAL: Final[Mapping[str, Value]] = {
    "direction": "outbound", "channel": "message", "stage": "met", "source": "manual", "attested": True,
}  # fmt: skip
"""What an example's event is where the table does not say."""


def check_examples(policies: Iterable[Compiled]) -> None:
    """Run every worked example; raises FaultyPolicies with each that fails."""
    problems = [problem for policy in policies for example in policy.examples for problem in _failing(policy, example)]
    if problems:
        raise FaultyPolicies(problems)


def _failing(policy: Compiled, example: Example) -> Iterator[Problem]:
    found = breakers(policy, example)
    if found != example.breaks:
        told = f"The example “{example.name}” says that {_who(example.breaks)}"
        yield Problem(example.place, f"{told}, and by the policy “{policy.policy.name}” {_who(found)}.")


def _who(names: frozenset[str]) -> str:
    if not names:
        return "nobody breaks the policy"
    verb = "breaks" if len(names) == 1 else "break"
    return f"only {' and '.join(f'“{name}”' for name in sorted(names))} {verb} it"


def breakers(policy: Compiled, example: Example) -> frozenset[str]:
    """Who breaks the policy in the example."""
    log, names = _log(policy, example)
    judging = Judging([policy], log, as_of=max(log.at, default=0) + LONG_AFTER, happened=True)
    judging.run()
    return frozenset(names[log.aggregate[found.rows[0]]] for found in judging.monitors[0].found)


def _log(policy: Compiled, example: Example) -> tuple[Log, list[str]]:
    plan = planned(policy.reads(), companies=policy.scope.by == "company")
    log, names = Log(plan.names()), list[str]()
    seeker = log.new_seeker("0")
    for number, event in enumerate(example.events, 1):
        if event.relationship not in names:
            whose = None if event.relationship else -1
            log.person[log.new_aggregate(f"{len(names):032x}", whose, seeker)] = event.relationship
            names.append(event.relationship)
        aggregate = names.index(event.relationship)
        _add(log, plan, aggregate, number, event)
    return log, names


def _add(log: Log, plan: Plan, aggregate: int, version: int, event: ExampleEvent) -> None:
    kind = terms.events(event.event).kinds[0]
    told = {"relationship": event.relationship, **{terms.attribute(name).name: text for name, text in event.others}}
    values = tuple(_value(of, kind, told) for of in plan.attributes.get(kind.topic, ()))
    if kind.topic in (e.RelationshipOpened.TOPIC, e.PersonDescribed.TOPIC) and "company" in told:
        log.company[aggregate] = told["company"]
    log.append(micros(instant(event.at)), aggregate, version, log.coded(Sign(kind.topic, values)))


def _value(of: Attribute, kind: Kind, told: Mapping[str, str]) -> Value:
    if of.name in told:
        return _told(of, told[of.name])
    for name, values in kind.needs:
        if name == of.name:
            return next(iter(sorted(values, key=str))) if values else "some"
    return USUAL.get(of.name, False if of.kind == "yes or no" else None)


def _told(of: Attribute, text: str) -> Value:
    if of.kind in ("filled", "id"):
        return None if text == "nothing" else True if of.kind == "filled" else text
    value = terms.value(text, of)
    return (value,) if of.kind == "list" and isinstance(value, str) else value
