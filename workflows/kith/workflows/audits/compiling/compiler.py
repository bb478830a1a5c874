"""From feature files to policies: every step understood, every error told with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kith.workflows.audits.compiled import Compiled, Events, Scope, Terms
from kith.workflows.audits.compiling import features, sentences, terms
from kith.workflows.audits.compiling.broken import TAGS, Lapse
from kith.workflows.audits.compiling.checks import mistakes
from kith.workflows.audits.compiling.examples import example
from kith.workflows.audits.compiling.features import Line, Rule, Scenario, Tag
from kith.workflows.audits.compiling.problems import FaultyPolicies, Problems
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.report import Place, Policy, Severity
from kith.workflows.audits.vocabulary import steps, values
from kith.workflows.audits.vocabulary.likeness import nearest
from kith.workflows.audits.vocabulary.steps import Step
from kith.workflows.audits.vocabulary.values import Bad

ORDER = ("Given", "When", "Then")


def compile_policies(paths: Iterable[Path | str]) -> tuple[Compiled, ...]:
    """The policies of feature files, and of all those in folders; raises FaultyPolicies with every problem.

    A file in a folder may tell of something else; a file that is named itself must hold a policy.
    """
    problems, found = Problems(), list[Compiled]()
    for file, named in dict(features.files(paths, problems)).items():
        found += _of_file(features.rules(file, problems), Place(features.shown(file), 1), problems, must=named)
    return _all(found, problems)


def compile_text(text: str, file: str = "policies.feature") -> tuple[Compiled, ...]:
    """The policies of a text; raises FaultyPolicies."""
    problems = Problems()
    rules = features.parsed(text, file, problems)
    return _all(_of_file(rules, Place(file, 1), problems, must=True), problems)


def _all(found: list[Compiled], problems: Problems) -> tuple[Compiled, ...]:
    for what, of in (("id", [one.policy.id for one in found]), ("name", [one.policy.name for one in found])):
        for text in (text for text, count in Counter(of).items() if count > 1 and text):
            places = [one.policy.place for one in found if text in (one.policy.id, one.policy.name)]
            for place in places[1:]:
                problems.add(place, f"The {what} “{text}” is taken already, at {places[0]}.")
    if problems:
        raise FaultyPolicies(problems)
    return tuple(found)


def _of_file(rules: list[Rule] | None, whole: Place, problems: Problems, *, must: bool) -> list[Compiled]:
    if rules is None:
        return []
    scenarios = [scenario for rule in rules for scenario in rule.scenarios]
    lapses = [lapse for rule in rules for lapse in rule.lapses]
    mistyped = _tell(lapses, problems, tags=True) | _mistyped(scenarios, problems)
    if not any(scenario.is_policy for scenario in scenarios):
        if must and not mistyped:
            _tell(lapses, problems, tags=False)
            problems.add(whole, "The file holds no policy: a scenario with the tag @policy.")
        return []
    _names(scenarios, problems)
    found = [_of_rule(rule, problems) for rule in rules]
    return [one for one in found if one is not None]


def _tell(lapses: Iterable[Lapse], problems: Problems, *, tags: bool) -> bool:
    """Tell of the lapses in tags, or of all others; whether there are any."""
    told = [lapse for lapse in lapses if lapse.is_tag is tags]
    for lapse in told:
        problems.add(lapse.place, lapse.what, lapse.hint)
    return bool(told)


def _mistyped(scenarios: list[Scenario], problems: Problems) -> bool:
    """Tell of tags that were meant to make a scenario a policy; whether there are any."""
    tags = [tag for one in scenarios if not one.is_policy for tag in one.tags if nearest(tag.name, ["policy"])]
    for tag in tags:
        problems.add(tag.place, f"There is no tag @{tag.name} for policies.", "@policy")
    return bool(tags)


def _names(scenarios: list[Scenario], problems: Problems) -> None:
    """Two scenarios of one name: pytest-bdd would run only one of them, and say nothing."""
    first: dict[str, Place] = {}
    for scenario in scenarios:
        if scenario.name in first and not scenario.is_policy:
            problems.add(
                scenario.place, f"Another scenario is called “{scenario.name}” too, at {first[scenario.name]}."
            )
        first.setdefault(scenario.name, scenario.place)


def _of_rule(rule: Rule, problems: Problems) -> Compiled | None:
    policies = [scenario for scenario in rule.scenarios if scenario.is_policy]
    if rule.place is None:
        _in_no_rule(rule, policies, problems)
        return None
    if not policies:
        if not any(lapse.is_tag for lapse in rule.lapses):
            _tell(rule.lapses, problems, tags=False)
            problems.add(rule.place, "The Rule holds no policy: a scenario with the tag @policy.")
        return None
    for scenario in policies[1:]:
        problems.add(scenario.place, "A Rule holds one policy; put this one into a Rule of its own.")
    if not rule.name:
        problems.add(rule.place, "The Rule says nothing: it is to say why the policy is there.")
    if rule.background:
        problems.add(rule.background, "A policy says everything itself: it can have no Background.")
    compiled = _Scenario(policies[0], rule, problems).compiled()
    examples = [example(one, problems) for one in rule.scenarios if not one.is_policy]
    told = tuple(one for one in examples if one is not None)
    return compiled._replace(examples=told) if compiled else None


def _in_no_rule(rule: Rule, policies: list[Scenario], problems: Problems) -> None:
    names = [lapse for lapse in rule.lapses if lapse.hint.startswith("Rule:")]
    if policies and _tell(names, problems, tags=False):
        return
    for scenario in policies:
        problems.add(scenario.place, "A policy stands in a Rule of its own, which says why; this one stands in none.")


class _Then(NamedTuple):
    line: Line
    step: Step
    terms: Terms


class _Scenario:
    """One ``@policy`` scenario while it is being understood."""

    def __init__(self, scenario: Scenario, rule: Rule, problems: Problems) -> None:
        self.scenario, self.rule, self.problems = scenario, rule, problems
        self.scope: Scope | None = None
        self.when: Events | None = None
        self.then: _Then | None = None
        self.since: date | None = None

    def compiled(self) -> Compiled | None:
        """The policy; None if something is wrong with it, which is told."""
        before, kind = len(self.problems), ""
        policy = self._policy()
        if self.scenario.outline:
            self.problems.add(self.scenario.place, "Each policy is written out: a table of Examples makes none.")
        self._strays()
        for line in self.scenario.steps:
            kind = self._take(line, kind)
        self._complete(line_missing=len(self.problems) == before)
        if len(self.problems) > before or not (self.scope and self.when and self.then):
            return None
        for what in mistakes(self.scope, self.when, self.then.step, self.then.terms):
            self.problems.add(self.then.line.place, what)
        return Compiled(policy, self.scope, self.when, self.then.step, self.then.terms, self.since)

    # Tags

    def _policy(self) -> Policy:
        tags = {tag.name: tag for tag in self.scenario.tags}
        for number, tag in enumerate(self.scenario.tags):
            if tag.name in TAGS and tag.name in [before.name for before in self.scenario.tags[:number]]:
                self.problems.add(tag.place, f"A policy has one tag @{tag.name}; this is the second.")
            self._check(tag)
        id_ = tags.get("id")
        if id_ is None or not id_.value:
            self.problems.add(self.scenario.place, "The policy has no id: add a tag such as @id:give-first.")
        if not self.scenario.name:
            self.problems.add(self.scenario.place, "The policy has no name: say in a few words what is to be so.")
        guard = tags.get("guard")
        return Policy(
            id_.value if id_ else "", self.scenario.name, self.rule.name, self.rule.feature,
            self._severity(tags.get("severity")), guard.value if guard else None, self.scenario.place,
            tuple(line.written for line in self.scenario.steps),
        )  # fmt: skip

    def _check(self, tag: Tag) -> None:
        near = nearest(tag.name, TAGS)
        if tag.name not in TAGS and (tag.value or near):
            self.problems.add(tag.place, f"There is no tag @{tag.name} for policies.", f"@{near}" if near else "")
        if tag.name == "guard" and tag.value not in terms.CHOICES["overridden guard"]:
            near = nearest(tag.value, terms.CHOICES["overridden guard"])
            self.problems.add(tag.place, f"There is no guard called “{tag.value}”.", near)

    def _severity(self, tag: Tag | None) -> Severity:
        known = [severity.value for severity in Severity]
        if tag is None or tag.value in known:
            return Severity(tag.value) if tag else Severity.ERROR
        told = f"There is no severity “{tag.value}”; there are {', '.join(known)}."
        self.problems.add(tag.place, told, nearest(tag.value, known))
        return Severity.ERROR

    # Steps

    def _strays(self) -> None:
        """Tell of the lines of the description that lack as steps: all others may well be a description."""
        there = {line.kind for line in self.scenario.steps}
        lacking = [line for line in self.scenario.strays if line.kind in ORDER and line.kind not in there]
        for line in self.scenario.strays:
            if line in lacking or (lacking and line.kind not in ORDER):
                told = (
                    f"“{line.keyword}” reads as a description: a step begins with a keyword, its first letter capital."
                )
                self.problems.add(line.place, told, line.text)

    def _take(self, line: Line, last: str) -> str:
        """Understand one step; returns the kind that it counts as."""
        kind = line.kind if line.kind != "And" else last
        try:
            if line.kind != "And" and last and ORDER.index(kind) < ORDER.index(last):
                raise Bad(f"A policy goes Given, When, Then: this {kind} stands after the {last}.")
            match kind:
                case "Given":
                    self._given(line)
                case "When" if line.kind == "And":
                    self._condition(line)
                case "When":
                    self._happens(line)
                case "Then":
                    self._then(line)
                case _:
                    raise Bad("A policy begins with Given.")
        except Bad as bad:
            self.problems.tell(line.place, bad)
        if line.table and kind != "Then":
            self._needless(line)
        return kind

    def _given(self, line: Line) -> None:
        if found := steps.SINCE.expression.fullmatch(line.text):
            self.since = values.day(found["date"])
            return
        scope = sentences.scope(line)
        if self.scope is not None:
            raise Bad("A policy has one scope; this is the second.")
        self.scope = scope

    def _happens(self, line: Line) -> None:
        found = steps.HAPPENS.expression.fullmatch(line.text)
        if not found:
            raise sentences.no_step(line, [steps.HAPPENS])
        if self.when is not None:
            raise Bad("A policy has one When step; begin a condition on the event with And.")
        self.when = sentences.happening(found["A"])

    def _condition(self, line: Line) -> None:
        for pattern in (steps.IS_NOT, steps.IS):
            found = pattern.expression.fullmatch(line.text)
            if found and self.when is None:
                terms.attribute(found["attribute"])  # all that can be told while it is not known of what
            elif found and self.when:
                told = terms.condition(found["attribute"], found["value"], self.when, negated=pattern is steps.IS_NOT)
                self.when = self.when._replace(conditions=(*self.when.conditions, told))
            if found:
                return
        raise sentences.no_step(line, [steps.IS, steps.IS_NOT])

    def _then(self, line: Line) -> None:
        if self.then is not None:
            raise Bad("A policy has one Then step; put the other into a Rule of its own.")
        step, parts = sentences.then_step(line)
        told, wrong = terms.terms(parts)
        for part in wrong:
            for bad in part.bad.each():
                self.problems.add(line.place, str(bad), sentences.meant(line.text, step, part, bad))
        if line.table and not step.table:
            self._needless(line)
        if step.table and not wrong:
            told = told._replace(values=self._table(line, told))
        self.then = _Then(line, step, told)

    def _table(self, line: Line, told: Terms) -> tuple[Value, ...]:
        of = terms.attribute(told.attribute)
        if not line.table:
            raise Bad("The values stand in a table below the step, one in each row.")
        found = list[Value]()
        for row in line.table:
            try:
                found += values.every(lambda cell: terms.value(cell, of), row.cells)
            except Bad as bad:
                self.problems.tell(row.place, bad)
        return tuple(found)

    def _needless(self, line: Line) -> None:
        self.problems.add(line.table[0].place, "The step above takes no table, so this one would say nothing.")

    def _complete(self, *, line_missing: bool) -> None:
        if not line_missing:
            return
        lacks = [name for name, there in (("Given", self.scope), ("When", self.when), ("Then", self.then)) if not there]
        for name in lacks:
            self.problems.add(self.scenario.place, f"The policy has no {name} step, so it says nothing.")
