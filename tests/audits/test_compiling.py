"""What the compiler understands, and what it says of what it does not: every error, with its place and a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from kith.domain.guards import GUARDS
from kith.domain.log import EVENTS
from kith.domain.speaking import SPEAKING
from kith.workflows.audits.compiling.problems import FaultyPolicies
from kith.workflows.audits.report import Place, Severity
from kith.workflows.audits.running import compile_policies, compile_text, policies, shipped
from kith.workflows.audits.selftest import check_examples
from kith.workflows.audits.vocabulary.attributes import ATTRIBUTES
from kith.workflows.audits.vocabulary.everyday import EVERYDAY
from kith.workflows.audits.vocabulary.names import NAMES
from kith.workflows.audits.vocabulary.steps import BEFORE, IN_EXAMPLES, THEN, Step
from kith.workflows.audits.vocabulary.values import UNITS, Span

WHOLE = """\
Feature: Asking etiquette
  Rule: Give before you ask
    @policy @id:value-first @severity:warning @guard:value-first
    Scenario: No referral is asked for before value was given
      Given every relationship
      And only since 2 March 2026
      When a referral ask happens
      And its overridden guard is not value-first
      Then a gift must have happened before

    Scenario: asking straight away breaks it
      Given these events
        | at         | relationship | event        |
        | 2026-04-05 | ana          | referral ask |
        | 2026-04-06 | ben          | gift         |
        | 2026-04-07 | ben          | referral ask |
      Then only "ana" breaks the policy
"""


def problems(text: str) -> list[tuple[int, str, str]]:
    """What is wrong with a text: lines, sentences and hints."""
    with pytest.raises(FaultyPolicies) as found:
        check_examples(compile_text(text, "p.feature"))
    return [(problem.place.line, problem.what, problem.hint) for problem in found.value.problems]


def scenario(*steps: str, tags: str = "@policy @id:p") -> str:
    """A feature with one policy of these steps; the first of them stands on line 5."""
    lines = "\n".join(f"      {step}" for step in steps)
    return f"Feature: F\n  Rule: R\n    {tags}\n    Scenario: S\n{lines}\n"


def test_a_policy_is_what_its_feature_says() -> None:
    (compiled,) = compile_text(WHOLE, "asking.feature")
    told = compiled.policy
    assert (told.id, told.name, told.rule, told.feature) == (
        "value-first", "No referral is asked for before value was given", "Give before you ask", "Asking etiquette",
    )  # fmt: skip
    assert (told.severity, told.guard, told.place) == (Severity.WARNING, "value-first", Place("asking.feature", 4))
    assert told.steps[1] == "And only since 2 March 2026"
    assert str(told.place) == "asking.feature:4"
    check_examples([compiled])


@pytest.mark.parametrize("step", THEN, ids=lambda step: f"{step.number}-{step.pattern.text[:30]}")
def test_the_example_of_every_step_is_a_policy(step: Step) -> None:
    table = "\n        | message |" if step.table else ""
    (compiled,) = compile_text(scenario("Given every relationship", f"When {step.when}", f"Then {step.example}{table}"))
    assert compiled.step is step


def test_the_example_of_every_step_before_is_part_of_one() -> None:
    told = [f"{step.keyword} {step.example}" for step in BEFORE]
    for scope in told[:3]:
        first = "When a first message happens" if "seeker" in scope else told[4]
        compile_text(scenario(scope, told[3], first, "Then a gift must have happened before"))
    compile_text(
        scenario(told[0], "When a first message happens", told[5], told[6], "Then a gift must have happened before")
    )


def test_the_names_of_events_are_those_of_the_event_classes() -> None:
    assert {name.words: name.topics for name in NAMES if name.plain} == {
        SPEAKING[event]: {topic} for topic, event in EVENTS.items() if event in SPEAKING
    }
    assert len({name.words.casefold() for name in NAMES}) == len(NAMES)


def test_every_attribute_is_called_one_thing_and_is_said_of_events() -> None:
    assert len({attribute.name.casefold() for attribute in ATTRIBUTES}) == len(ATTRIBUTES)
    assert all(attribute.topics() <= set(EVENTS) and attribute.topics() for attribute in ATTRIBUTES)
    known = {attribute.name for attribute in ATTRIBUTES}
    assert {need for name in NAMES for need in name.needs} <= known


def test_every_guard_can_be_said_as_a_policy() -> None:
    found = compile_policies([Path(__file__).parent / "guards.feature"])
    assert {one.policy.guard for one in found} - {None} == {guard.name for guard in GUARDS}


def test_the_policies_that_ship_are_well_written() -> None:
    check_examples(compile_policies([shipped()]))


def test_all_errors_are_told_at_once_each_with_its_place_and_what_was_perhaps_meant() -> None:
    faulty = (
        WHOLE.replace("warning", "warnig").replace("@guard:value-first", "@guard:value-frist")
        .replace("every relationship", "every relationshp").replace("referral ask happens", "referal ask happens")
        .replace("its overridden", "its overriden").replace("must have happened", "must have happend")
        .replace("| referral ask |", "| referal ask  |", 1)
    )  # fmt: skip
    assert problems(faulty) == [
        (3, "There is no guard called “value-frist”.", "value-first"),
        (3, "There is no severity “warnig”; there are error, warning, info.", "warning"),
        (5, "There is no such step: “every relationshp”.", "every relationship"),
        (7, "There is no event called “referal ask”.", "referral ask"),
        (8, "There is no attribute called “overriden guard”.", "overridden guard"),
        (9, "There is no such step: “a gift must have happend before”.", "{B} must have happened before"),
        (14, "There is no event called “referal ask”.", "referral ask"),
    ]


def test_a_part_that_only_another_step_has_is_told_with_that_step() -> None:
    asked = scenario(
        "Given every relationship", "When a coffee chat happens", "Then thanks with the same occasion must follow"
    )
    ((_, what, hint),) = problems(asked)
    assert what == "There is no event called “thanks with the same occasion”."
    assert hint == "every earlier {A} [older than {duration}] must already have had its {B} with the same {attribute}"


def test_a_step_that_has_the_part_is_not_told_instead_of_itself() -> None:
    asked = scenario(
        "Given every relationship", "When a favour ask happens",
        "Then at most 3 may be open at once until a blurp with the same ask",
    )  # fmt: skip
    assert [(what, hint) for _, what, hint in problems(asked)] == [("There is no event called “blurp”.", "")]


REFUSED = {
    "an empty file": ("", (1, "The file is empty: it has no Feature.")),
    "a file without a policy": (
        "Feature: F\n  Scenario: S\n    Given x\n",
        (1, "The file holds no policy: a scenario with the tag @policy."),
    ),
    "what is no Gherkin": (
        "Feature: F\n  Scenario: S\n    Given x\n  Oops\n",
        (
            4,
            "That is no Gherkin: “Oops” can't stand here.",
        ),
    ),
    "no id": (
        scenario("Given every relationship", "When a gift happens", "Then it must never happen", tags="@policy"),
        (4, "The policy has no id: add a tag such as @id:give-first."),
    ),
    "no When": (
        scenario("Given every relationship", "Then it must never happen"),
        (4, "The policy has no When step, so it says nothing."),
    ),
    "no Then": (
        scenario("Given every relationship", "When a gift happens"),
        (4, "The policy has no Then step, so it says nothing."),
    ),
    "no scope": (
        scenario("When a gift happens", "Then it must never happen"),
        (4, "The policy has no Given step, so it says nothing."),
    ),
    "an unknown tag": (
        scenario(
            "Given every relationship",
            "When a gift happens",
            "Then it must never happen",
            tags="@policy @id:p @serverity:info",
        ),
        (3, "There is no tag @serverity for policies."),
    ),
    "two scopes": (
        scenario(
            "Given every relationship", "And every relationship", "When a gift happens", "Then it must never happen"
        ),
        (6, "A policy has one scope; this is the second."),
    ),
    "two Thens": (
        scenario(
            "Given every relationship", "When a gift happens", "Then it must never happen", "And it must never happen"
        ),
        (8, "A policy has one Then step; put the other into a Rule of its own."),
    ),
    "an event set against itself": (
        scenario("Given every relationship", "When a gift happens", "Then a gift must have happened before"),
        (7, "A gift can't be set against itself: the first one would always break the policy."),
    ),
    "conditions that nothing meets": (
        scenario(
            "Given every relationship",
            "When an inbound touch happens",
            "And its direction is outbound",
            "Then it must never happen",
        ),
        (8, "No event can meet these conditions, so the policy could never be put to the test."),
    ),
    "two values at once": (
        scenario(
            "Given every relationship",
            "When a gift happens",
            "And its gift kind is article",
            "And its gift kind is help",
            "Then it must never happen",
        ),
        (9, "No event can meet these conditions, so the policy could never be put to the test."),
    ),
    "a value that there is not": (
        scenario(
            "Given every relationship",
            "When a gift happens",
            "And its gift kind is artcle",
            "Then it must never happen",
        ),
        (
            7,
            "The gift kind is never “artcle”; it can be article, feedback, connection, help, recommendation or "
            "endorsement.",
        ),
    ),
    "a text that is not kept": (
        scenario(
            "Given every relationship", "When a gift happens", "And its because is love", "Then it must never happen"
        ),
        (7, "The because is not kept, only whether there is one: say whether it is nothing, or is not nothing."),
    ),
    "an attribute of others": (
        scenario("Given every relationship", "When a gift happens", "Then its minutes must be at least 3"),
        (7, "A gift has no minutes; that is said of a chat ask and a coffee chat."),
    ),
    "an attribute that the other lacks": (
        scenario(
            "Given every relationship",
            "When a favour ask happens",
            "Then at most 3 may be open at once until a gift with the same ask",
        ),
        (
            7,
            "A gift has no ask; it has because, gift kind, origin, recorded late, relationship, source and stage.",
        ),
    ),
    "no duration": (
        scenario("Given every relationship", "When a gift happens", "Then a reply must follow within 7 moons"),
        (7, f"“7 moons” is no duration: {UNITS}."),
    ),
    "zero": (
        scenario("Given every relationship", "When a gift happens", "Then it may happen at most 0 times"),
        (7, "Zero makes no sense here: write that it must never happen, or leave the policy out."),
    ),
    "a night": (
        scenario(
            "Given every relationship", "When a gift happens", "Then it must happen on any day between 22:00 and 6:00"
        ),
        (7, "The second time is to be later than the first."),
    ),
    "no date": (
        scenario(
            "Given every relationship", "And only since yesterday", "When a gift happens", "Then it must never happen"
        ),
        (6, "“yesterday” is no date; write it like 2026-03-02 or 2 March 2026."),
    ),
    "a stage that there is not": (
        scenario(
            "Given every relationship",
            "When a stage advance happens",
            "Then it may stay in stage vale given at most 3 days",
        ),
        (7, "There is no stage called “vale given”."),
    ),
    "an event of no relationship": (
        scenario("Given every relationship", "When a profile update happens", "Then it must never happen"),
        (7, "A profile update belongs to no relationship: write Given all relationships of one seeker together."),
    ),
    "a scope that no event has": (
        scenario("Given all relationships of one opening together", "When a gift happens", "Then it must never happen"),
        (7, "A gift has no opening, so it is never among what is judged together."),
    ),
    "what is judged is another": (
        scenario(
            "Given every relationship",
            "When a reply happens",
            "Then a gift must have happened at least 2 times before a referral ask",
        ),
        (7, "The When step is to name a referral ask, which is what is judged."),
    ),
    "a first that can't be": (
        scenario("Given every relationship", "When an ask happens", "Then the first event must be a gift"),
        (7, "The first ask can never be a gift."),
    ),
    "what enters no stage": (
        scenario("Given every relationship", "When a gift happens", "Then it may stay in stage met at most 3 days"),
        (7, "The When step is to name what enters the stage: a stage advance, or met."),
    ),
    "values without a table": (
        scenario("Given every relationship", "When a touch happens", "Then its channel must be one of"),
        (7, "The values stand in a table below the step, one in each row."),
    ),
    "a policy in no Rule": (
        "Feature: F\n  @policy @id:p\n  Scenario: S\n    Given every relationship\n    When a gift happens\n"
        "    Then it must never happen\n",
        (3, "A policy stands in a Rule of its own, which says why; this one stands in none."),
    ),
    "an example that is wrong": (
        WHOLE.replace('only "ana" breaks', "nobody breaks"),
        (
            17,
            "The example “asking straight away breaks it” says that nobody breaks the policy, and by the policy "
            "“No referral is asked for before value was given” only “ana” breaks it.",
        ),
    ),
    "an example about nobody": (
        WHOLE.replace('only "ana" breaks', 'only "anna" breaks'),
        (17, "Nobody in the example is called “anna”."),
    ),
    "an example without a time": (
        WHOLE.replace("2026-04-05", "yesterday "),
        (14, "“yesterday” is no time; write it like 2026-03-02 or 2026-03-02 14:30."),
    ),
    "an outline": (
        scenario("Given every relationship", "When a gift happens", "Then it must never happen").replace(
            "Scenario:", "Scenario Outline:"
        )
        + "      Examples:\n        | n |\n        | 1 |\n",
        (4, "Each policy is written out: a table of Examples makes none."),
    ),
}


@pytest.mark.parametrize("text_and_problem", REFUSED.values(), ids=REFUSED.keys())
def test_it_refuses(text_and_problem: tuple[str, tuple[int, str]]) -> None:
    text, problem = text_and_problem
    assert problem in [(line, what) for line, what, _ in problems(text)]


OWED = ("Given every relationship", "When a gift happens", "Then it must never happen")
MEANT = {
    "a step whose keyword is mistyped": (
        scenario("Given every relationship", "Wehn a gift happens", "Then it must never happen"),
        [(6, "That is no Gherkin: “Wehn a gift happens” can't stand here.", "When a gift happens")],
    ),
    "a scenario whose keyword is mistyped, and nothing that follows from it": (
        scenario(*OWED).replace("Scenario: S", "Scenaro: S"),
        [(4, "That is no Gherkin: “Scenaro: S” can't stand here.", "Scenario: S")],
    ),
    "a feature whose keyword is mistyped": (
        scenario(*OWED).replace("Feature:", "Faeture:"),
        [(1, "That is no Gherkin: “Faeture: F” can't stand here.", "Feature: F")],
    ),
    "steps in small letters": (
        scenario(*(step[0].lower() + step[1:] for step in OWED)),
        [
            (line, f"“{step[0].lower()}{step[1:]}” reads as a description: a step begins with a keyword, its first "
                   "letter capital.", step)
            for line, step in enumerate(OWED, 5)
        ],
    ),
    "a step whose keyword has a letter too many": (
        scenario("Given every relationship", "Whenn a gift happens", "Then it must never happen"),
        [(6, "That is no Gherkin: “Whenn a gift happens” can't stand here.", "When a gift happens")],
    ),
    "two mistypes, each in a place of its own": (
        scenario("Given every relationship", "Wehn a gift happens", "Then it must never happen", "Oops"),
        [
            (6, "That is no Gherkin: “Wehn a gift happens” can't stand here.", "When a gift happens"),
            (8, "That is no Gherkin: “Oops” can't stand here.", ""),
        ],
    ),
    "a mistyped keyword and a crooked table": (
        scenario(*OWED[:2], "Thne it must never happen", OWED[2], "  | a | b |", "  | a |"),
        [
            (7, "That is no Gherkin: “Thne it must never happen” can't stand here.", "Then it must never happen"),
            (10, "That is no Gherkin: inconsistent cell count within the table.", ""),
        ],
    ),
    "a file that ends too early": (
        scenario(*OWED) + "\n    @policy @id:q\n",
        [(9, "That is no Gherkin: the file ends where more was to come.", "")],
    ),
    "a tag that is mistyped": (
        scenario(*OWED, tags="@polcy @id:p"), [(3, "There is no tag @polcy for policies.", "@policy")],
    ),
    "a tag twice": (
        scenario(*OWED, tags="@policy @id:p @id:q"), [(3, "A policy has one tag @id; this is the second.", "")],
    ),
    "the very same tag twice": (
        scenario(*OWED, tags="@policy @id:p @id:p"), [(3, "A policy has one tag @id; this is the second.", "")],
    ),
    "a When after the Then": (
        scenario("Given every relationship", "Then it must never happen", "When a gift happens"),
        [(7, "A policy goes Given, When, Then: this When stands after the Then.", "")],
    ),
    "the least of a word": (
        scenario("Given every relationship", "When a gift happens", "Then its gift kind must be at least 3"),
        [(7, "The gift kind is no number, so it is never at least or at most one.", "")],
    ),
    "two times that are none": (
        scenario(*OWED[:2], "Then it must happen on working days between 9 and 25:00"),
        [
            (7, "“9” is no time of the day; write it like 9:00 or 18:30.", ""),
            (7, "“25:00” is no time of the day; write it like 9:00 or 18:30.", ""),
        ],
    ),
    "no time at all": (
        scenario(*OWED[:2], "Then no ask may follow within 0 days"),
        [(7, "“0 days” is no time at all; the shortest is 1 minute.", "")],
    ),
    "a word like none that is known": (
        scenario(*OWED[:2], "And its person is nothing", OWED[2]),
        [(7, "There is no attribute called “person”.", "")],
    ),
}  # fmt: skip
"""By what is wrong: all that is told of it."""


@pytest.mark.parametrize("text_and_problems", MEANT.values(), ids=MEANT.keys())
def test_what_was_meant_is_told_and_nothing_that_follows_from_it(
    text_and_problems: tuple[str, list[tuple[int, str, str]]],
) -> None:
    text, told = text_and_problems
    assert problems(text) == told


FOLLOW_WITHIN = "{B} must follow within {duration}"
STEPS_MEANT = {
    "no gift must follow within 60 days": "no {B} may follow within {duration}",
    "no gift must follow": "no {B} may follow within {duration}",
    "no gift must have happened before": "no {B} may have happened before",
    "no gift should have happened within the 3 days before": "no {B} may have happened [within the {duration}] before",
    "a gift must not follow within 3 days": "no {B} may follow within {duration}",
    "a gift can't have happened before": "no {B} may have happened before",
    "it must not happen": "it must never happen",
    "a thank-you must follow in 3 days": FOLLOW_WITHIN,
    "a thank-you should follow within 3 days": FOLLOW_WITHIN,
    "a thank-you must follow within of 3 days": FOLLOW_WITHIN,
    "a thank-you has to follow within 3 days": FOLLOW_WITHIN,
    "a thank-you must happen within 3 days": FOLLOW_WITHIN,
    "a gift must come before": "{B} must have happened before",
    "it may happen at most 3 times in any": "it may happen at most {n} times in any {duration}",
    "it may happen at most 3 times within a week": "it may happen at most {n} times in any {duration}",
    "its gift kind must be article or help": "its {attribute} must be one of",
    "it must never happen.": "it must never happen",
}
"""By a Then step that is none: the step that was meant."""


@pytest.mark.parametrize(("text", "meant"), STEPS_MEANT.items(), ids=STEPS_MEANT.keys())
def test_a_slip_in_a_then_step_is_told_with_the_step_that_was_meant(text: str, meant: str) -> None:
    ((line, _, hint),) = problems(scenario("Given every relationship", "When a coffee chat happens", f"Then {text}"))
    assert (line, hint) == (7, meant)


@pytest.mark.parametrize("text", ["its gift kind must not be article", "it must not have role"])
def test_no_step_is_told_instead_of_one_that_says_no_unless_it_says_no_too(text: str) -> None:
    ((_, what, hint),) = problems(scenario("Given every relationship", "When a gift happens", f"Then {text}"))
    assert (what, hint) == (f"There is no such step: “{text}”; kith policy steps lists them all.", "")


def test_an_event_whose_name_says_no_is_no_denial() -> None:
    compile_text(scenario(*OWED[:2], "Then a no contact wanted must follow"))
    ((_, _, hint),) = problems(scenario(*OWED[:2], "Then a no contact wanted should follow"))
    assert hint == "{B} must follow"
    ((_, _, hint),) = problems(scenario(*OWED[:2], "Then a no contact wantd must follow"))
    assert hint == "no contact wanted"


@pytest.mark.parametrize("text", ["a referral ask happen", "a referral ask", "I ask for a referral"])
def test_what_no_when_step_reads_like_is_told_with_the_one_that_there_is(text: str) -> None:
    assert [hint for _, _, hint in problems(scenario(OWED[0], f"When {text}", OWED[2]))] == ["{A} happens"]


def test_a_when_step_says_what_happens_and_not_what_does_not() -> None:
    assert problems(scenario(OWED[0], "When no gift happens", OWED[2])) == [
        (6, "A When step says what happens, and “no gift” is what does not; a Then step says what must not be.", "")
    ]


OUTBOUND = (
    "An outbound touch has no ask; it has channel, direction, origin, recorded late, relationship, source and stage."
)
LACKING = {
    "the ask of a touch that answers none": (
        ("When an outbound touch happens", "Then at most 3 may be open at once until a reply with the same ask"),
        OUTBOUND,
    ),
    "the same in another step": (("When an outbound touch happens", "Then no two may share ask"), OUTBOUND),
    "the same of the last one": (
        ("When a reply happens", "Then its ask must equal that of the last outbound touch"), OUTBOUND,
    ),
    "the same of an earlier one": (
        ("When a reply happens",
         "Then every earlier outbound touch must already have had its reply with the same ask"), OUTBOUND,
    ),
    "the ask of a touch that a condition makes outbound": (
        ("When a touch happens", "And its direction is outbound", "Then no two may share ask"),
        OUTBOUND.replace("An outbound", "A"),
    ),
    "what only another ask has": (
        ("When an introduction happens", "Then its opening must equal that of the last referral ask"),
        "An introduction has no opening; it has ask, ask kind, company, destination, introduction, occasion, origin, "
        "promised before, recorded late, relationship, source, stage, volunteered and warm introduction.",
    ),
    "the number of another event": (
        ("When a gift happens", "Then its minutes must be at most 3"),
        "A gift has no minutes; that is said of a chat ask and a coffee chat.",
    ),
}  # fmt: skip
"""By what an event never has: the policy, and what is said of it."""


@pytest.mark.parametrize("policy_and_told", LACKING.values(), ids=LACKING.keys())
def test_what_an_event_never_has_can_not_be_asked_for(policy_and_told: tuple[tuple[str, ...], str]) -> None:
    policy, told = policy_and_told
    assert [what for _, what, _ in problems(scenario("Given every relationship", *policy))] == [told]


def test_nothing_can_be_asked_for_of_an_event_of_which_nothing_is_said() -> None:
    together = "Given all relationships of one seeker together"
    assert problems(scenario(together, "When a goals happens", "Then no two may share relationship")) == [
        (7, "A goals has no relationship; nothing is said of it.", "")
    ]


def test_what_some_of_several_events_can_have_can_be_asked_for() -> None:
    compile_text(scenario(OWED[0], "When a touch or a coffee chat happens", "Then no two may share ask"))
    compile_text(scenario(OWED[0], "When a touch happens", "And its direction is not outbound",
                          "Then its ask kind must be one of", "  | first message |"))  # fmt: skip


def test_every_value_of_a_table_that_is_wrong_is_told_on_its_row() -> None:
    found = problems(scenario(OWED[0], "When a touch happens", "Then its channel must be one of", "  | messag |",
                              "  | call |", "  | telepathy |"))  # fmt: skip
    assert [(line, hint) for line, _, hint in found] == [(8, "message"), (10, "")]


def test_everything_that_is_wrong_with_a_row_of_an_example_is_told() -> None:
    found = problems(WHOLE.replace("| 2026-04-05 | ana          | referral ask |", "| yesterday | ana | referal |"))
    assert [(line, hint) for line, _, hint in found] == [(14, ""), (14, "referral")]


def test_every_name_of_a_list_that_is_wrong_is_told() -> None:
    found = problems(scenario(OWED[0], "When a gft or a nudg happens", "Then it must have rol and compny"))
    assert [hint for _, _, hint in found] == ["gift", "nudge", "role", "company"]


A_TOUCH = (
    "; it is a touch: write “When a touch happens” and “And its channel is {channel}”, and in a Then step “a mutual "
    "touch”."
)
EVERYDAY_WORDS = {
    "call": (A_TOUCH.format(channel="call"), ""),
    "meeting": (A_TOUCH.format(channel="meeting"), ""),
    "chat": (".", "coffee chat"),
    "thanks": (".", "thank-you"),
    "message": ("; it may be “message from them”, “outbound touch” or “first message”.", ""),
}  # fmt: skip


@pytest.mark.parametrize(("word", "told"), EVERYDAY_WORDS.items(), ids=EVERYDAY_WORDS.keys())
def test_an_everyday_word_is_told_with_the_event_that_it_means(word: str, told: tuple[str, str]) -> None:
    ((_, what, hint),) = problems(scenario(OWED[0], f"When a {word} happens", OWED[2]))
    assert (what.removeprefix(f"There is no event called “{word}”"), hint) == told


def test_every_everyday_word_means_events_that_there_are() -> None:
    known = {name.words for name in NAMES}
    assert {name for names in EVERYDAY.values() for name in names} <= known
    assert known.isdisjoint(EVERYDAY)


def test_events_that_are_joined_otherwise_are_told_with_or() -> None:
    commas = problems(scenario(OWED[0], "When a referral, an introduction or coffee chat happens", OWED[2]))
    assert commas == [(
        6, "Events are joined with “or”, not as in “a referral, an introduction or coffee chat”.",
        "a referral or an introduction or a coffee chat",
    )]  # fmt: skip
    ((_, what, hint),) = problems(scenario(*OWED[:2], "Then a referral and a nudge must follow"))
    assert hint == "a referral or a nudge"
    assert what.endswith("any of them counts, and where all are meant, each has a policy of its own.")
    compile_text(scenario(OWED[0], f"When {commas[0][2]} happens", OWED[2]))


def test_several_values_in_a_condition_are_told_how_to_write() -> None:
    ((_, what, _),) = problems(scenario(*OWED[:2], "And its gift kind is article or help", OWED[2]))
    assert "“its gift kind is not …”, a line for each" in what
    assert "“its gift kind must be one of”" in what


def test_a_value_that_is_denied_is_not_told_with_its_opposite() -> None:
    ((_, what, hint),) = problems(scenario(*OWED[:2], "And its gift kind is no article", OWED[2]))
    assert ("is not …" in what, hint) == (True, "")


GHERKIN_MEANT = {
    "a feature without its colon": (
        ("Feature: F", "Feature F"),
        (1, "That is no Gherkin: “Feature F” can't stand here; the colon is missing after “Feature”.", "Feature: F"),
    ),
    "a Rule without its colon": (
        ("Rule: R", "Rule R"),
        (2, "“Rule R” reads as a description: the colon is missing after “Rule”.", "Rule: R"),
    ),
    "a scenario without its colon": (
        ("Scenario: S", "Scenario S"),
        (4, "That is no Gherkin: “Scenario S” can't stand here; the colon is missing after “Scenario”.", "Scenario: S"),
    ),
    "a file that begins with a Rule": (
        ("Feature: F\n", ""), (1, "That is no Gherkin: “Rule: R” can't stand here; a file begins with “Feature:”.", ""),
    ),
    "a tag without its @": (
        ("@policy @id", "policy @id"),
        (3, "“policy @id:p” reads as a description: each tag begins with @.", "@policy @id:p"),
    ),
    "a later tag without its @": (
        ("@policy @id", "@policy id"),
        (3, "That is no Gherkin: each tag begins with @, and holds no space.", "@policy @id:p"),
    ),
    "two tags without a space": (
        ("@policy @id", "@policy@id"),
        (3, "“@policy@id:p” is read as one tag: a space stands between two.", "@policy @id:p"),
    ),
    "a policy without a name": (
        ("Scenario: S", "Scenario:"), (4, "The policy has no name: say in a few words what is to be so.", ""),
    ),
    "a Rule that says nothing": (
        ("Rule: R", "Rule:"), (2, "The Rule says nothing: it is to say why the policy is there.", ""),
    ),
}  # fmt: skip
"""By what is wrong with a file: what is written for what, and all that is told of it."""


@pytest.mark.parametrize("change_and_problem", GHERKIN_MEANT.values(), ids=GHERKIN_MEANT.keys())
def test_a_lapse_in_the_gherkin_is_told_where_it_stands(
    change_and_problem: tuple[tuple[str, str], tuple[int, str, str]],
) -> None:
    (there, written), problem = change_and_problem
    assert problems(scenario(*OWED).replace(there, written)) == [problem]


def test_a_tag_without_its_at_is_told_in_a_file_with_other_policies_too() -> None:
    other = scenario(*OWED, tags="policy @id:q").partition("\n")[2].replace("Scenario: S", "Scenario: T")
    assert [(line, hint) for line, _, hint in problems(scenario(*OWED) + other)] == [(9, "@policy @id:q")]


def test_a_description_may_speak_of_rules_and_policies() -> None:
    told = "Rule of thumb for this:\n  policy as such is in the wiki of @ana\n  "
    compile_text(scenario(*OWED).replace("  Rule: R", f"  {told}Rule: R"))


def test_a_duration_ends_without_a_full_stop_and_a_week_is_one() -> None:
    ((_, what, hint),) = problems(scenario(*OWED[:2], "Then a reply must follow within 3 days."))
    assert (what, hint) == ("“3 days.” ends with a full stop, and no step does.", "3 days")
    (compiled,) = compile_text(scenario(*OWED[:2], "Then a reply must follow within a week"))
    assert compiled.terms.span == Span("one week", 7)


@pytest.mark.parametrize("text", ["1 month", "3 working days", "3 dayz", "half a day"])
def test_what_is_no_duration_is_told_with_the_units_that_there_are(text: str) -> None:
    ((_, what, hint),) = problems(scenario(*OWED[:2], f"Then a reply must follow within {text}"))
    assert what.startswith(f"“{text}” is no duration: {UNITS}.")
    assert ("working or not" in what, hint) == ("working" in text, "")


def test_what_an_attribute_can_be_is_told_and_which_attributes_there_are() -> None:
    ((_, what, _),) = problems(scenario(*OWED[:2], "And its gift kind is money", OWED[2]))
    assert what == (
        "The gift kind is never “money”; it can be article, feedback, connection, help, recommendation or endorsement."
    )
    ((_, what, _),) = problems(scenario(*OWED[:2], "And its kind is help", OWED[2]))
    assert what == ("There is no attribute called “kind”; there are ask kind, debt kind, gift kind and reminder kind.")


def test_a_mistyped_day_of_the_week_is_told() -> None:
    days = problems(scenario(*OWED[:2], "Then it must happen on Mondy and Tue between 8:00 and 9:00"))
    assert [hint for _, _, hint in days] == ["Monday", "Tuesday"]


@pytest.mark.parametrize("step", range(3))
def test_a_table_below_a_step_that_takes_none_is_refused(step: int) -> None:
    lines = [*OWED[: step + 1], "  | message |", *OWED[step + 1 :]]
    assert problems(scenario(*lines)) == [
        (6 + step, "The step above takes no table, so this one would say nothing.", "")
    ]


def test_a_table_below_the_end_of_an_example_is_refused() -> None:
    assert problems(f"{WHOLE}        | ana |\n") == [
        (18, "The step above takes no table, so this one would say nothing.", "")
    ]


def test_the_example_of_every_step_of_an_example_is_understood() -> None:
    events, *ends = IN_EXAMPLES
    people = events.example.replace("ana ", "ben ", 1) + "\n  | 2026-03-03 | ana | gift |"
    for end in ends:
        told = f"Given {people}\nThen {end.example}\n"
        compile_text(f"{scenario(*OWED)}\n    Scenario: it is {end.example!r}\n{told}")


def test_a_description_may_begin_its_lines_with_any_word() -> None:
    told = ("The strong ones give first,", "what they have,", "when asked, and where they can;", "and given time,")
    compile_text(scenario(*told, "then there is trust.", "", *OWED))


def test_spaces_that_look_like_others_are_spaces() -> None:
    compile_text(scenario(*OWED[:2], "Then no ask may follow within 3\u00a0days"))


def test_two_policies_of_one_id_or_name_are_refused_whatever_their_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.feature").write_text(WHOLE)
    with pytest.raises(FaultyPolicies) as found:
        compile_policies([tmp_path])
    first = f"{tmp_path / 'one.feature'}:4"
    assert [problem.what for problem in found.value.problems] == [
        f"The id “value-first” is taken already, at {first}.",
        f"The name “No referral is asked for before value was given” is taken already, at {first}.",
    ]


def test_two_policies_in_one_rule_are_refused() -> None:
    second = WHOLE.replace("asking straight away breaks it", "another").replace(
        "    Scenario: another", "    @policy @id:q\n    Scenario: another"
    )
    assert (12, "A Rule holds one policy; put this one into a Rule of its own.", "") in problems(second)


def test_files_that_are_missing_or_hold_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "odd.feature").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "photo.feature").write_bytes(b"\x89PNG\x00")
    with pytest.raises(FaultyPolicies) as found:
        compile_policies([tmp_path / name for name in ("none.feature", "odd.feature", "photo.feature")])
    assert [problem.what for problem in found.value.problems] == [
        "There is no such file or folder.", "The file can't be read: it is not written in UTF-8; save it as UTF-8.",
        "The file can't be read: it is no text.",
    ]  # fmt: skip


def test_a_folder_may_hold_features_that_are_no_policies(tmp_path: Path) -> None:
    (tmp_path / "journey.feature").write_text("Feature: J\n  Scenario: S\n    Given something else\n")
    (tmp_path / "asking.feature").write_text(WHOLE)
    assert [one.policy.id for one in compile_policies([tmp_path])] == ["value-first"]


def test_a_policy_that_ships_stands_in_the_same_file_on_every_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {policy.policy.place.file for policy in policies(None, None)}
    assert files == {f"policies/{file.name}" for file in shipped().glob("*.feature")}
