"""The vocabulary: every step of a policy, with its meaning, an example, and the monitor that it makes.

Whatever else knows of steps (the compiler, the reference, ``kith policy steps``, pytest-bdd) reads it from here.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kith.workflows.audits.compiled import ANY, CLOSING, STAGE, Events
from kith.workflows.audits.monitors import counting, data, order
from kith.workflows.audits.monitors.base import AnyMonitor
from kith.workflows.audits.vocabulary.names import BY_WORDS

PARTS: Final = {
    "A": "the name of an event, or several: a gift or a coffee chat",
    "B": "likewise",
    "C": "likewise",
    "attribute": "what is said of an event",
    "attributes": "several: role, company and fit",
    "value": "a word, a number, yes, no, or nothing",
    "duration": "7 days, 2 weeks, a week, 24 hours, 30 minutes; days are the seeker's own",
    "n": "a whole number",
    "stage": "the name of a stage",
    "days": "working days or weekdays, weekends, any day, Monday to Friday, Monday and Thursday",
    "time": "a time of the day: 9:00",
    "date": "2026-03-02 or 2 March 2026",
}
"""What stands in braces."""
_PART = re.compile(r"\{(\w+)\}")


class Pattern(NamedTuple):
    """How a step is written: ``{…}`` stands for a part, ``[…]`` may be left out."""

    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its parts; the second of the same name has a 2 behind it."""
        return tuple(self.expression.groupindex)

    @property
    def expression(self) -> re.Pattern[str]:
        """The same as a regular expression with a group for each part."""
        seen: set[str] = set()

        def group(found: re.Match[str]) -> str:
            name = found[1] if found[1] not in seen else f"{found[1]}2"
            seen.add(name)
            return f"(?P<{name}>.+?)"

        text = re.escape(self.text).replace(r"\{", "{").replace(r"\}", "}").replace(r"\ ", " ")
        optional = re.sub(r"( ?)\\\[(.+?)\\\]", lambda m: f"(?:{m[1] if m[2][0] != ',' else ''}{m[2]})?", text)
        return re.compile(_PART.sub(group, optional.replace(" times", " times?")), re.IGNORECASE)

    @property
    def words(self) -> str:
        """The pattern as it reads where everything that may be left out is."""
        return re.sub(r" ?\[.+?\]", "", self.text)


class Before(NamedTuple):
    """A step before the Then: scope, activation or condition."""

    keyword: str
    pattern: Pattern
    meaning: str
    example: str


class Step(NamedTuple):
    """A Then step."""

    number: int
    pattern: Pattern
    meaning: str
    example: str
    """The step itself, as it may stand after a When."""
    when: str
    """An activation that fits the example."""
    monitor: type[AnyMonitor]
    extras: tuple[tuple[int, Events], ...] = ()
    """Events that matter beside those that are named, and what they are."""
    reads: tuple[str, ...] = ()
    """Attributes that matter beside those that are named."""
    table: bool = False
    """Whether a table of values belongs to it."""
    whole: bool = False
    """Whether it goes by relationships as such, and has no other scope."""

    @property
    def keyword(self) -> str:
        """With which it begins."""
        return "Then"


def _events(role: int, *names: str) -> tuple[int, Events]:
    return role, Events(names[0], tuple(kind for name in names for kind in BY_WORDS[name].kinds))


_STAGES = _events(STAGE, "stage advance", "stage correction", "met")
_CLOSINGS = _events(CLOSING, "closing")
_ENDING = _events(CLOSING, "closing", "reopening")

SCOPE: Final = Pattern("all relationships of one {attribute} together")
ONE_BY_ONE: Final = Pattern("every relationship")
TOGETHER: Final = Pattern("all relationships together")
SINCE: Final = Pattern("only since {date}")
HAPPENS: Final = Pattern("{A} happens")
IS: Final = Pattern("its {attribute} is {value}")
IS_NOT: Final = Pattern("its {attribute} is not {value}")

BEFORE: Final[tuple[Before, ...]] = (
    Before("Given", ONE_BY_ONE, "Each relationship is judged by itself.", "every relationship"),
    Before("Given", SCOPE,
           "What has the same seeker, connector (the person, whoever asks them) or company (where the person works) is "
           "judged together; or what has the same attribute, such as the ask or the opening, within one seeker's log.",
           "all relationships of one seeker together"),
    Before("Given", TOGETHER, "Everything that the audit covers is judged together.", "all relationships together"),
    Before("And", SINCE,
           "Only what happened from that day on is judged; what happened before still counts as evidence.",
           "only since 2026-03-01"),
    Before("When", HAPPENS, "What the policy is about: every such event is judged.", "a referral ask happens"),
    Before("And", IS,
           "Only events of which that is so; of a list, one of which it is a part. Nothing means that there is none.",
           "its stranger is yes"),
    Before("And", IS_NOT, "Only events of which that is not so.", "its overridden guard is not value-first"),
)  # fmt: skip

IN_EXAMPLES: Final[tuple[Before, ...]] = (
    Before("Given", Pattern("these events"),
           "A worked example begins with what happened: a table with the columns at, relationship and event, and one "
           "for each attribute that matters.",
           "these events\n  | at         | relationship | event |\n  | 2026-03-02 | ana          | gift  |"),
    Before("Then", Pattern("nobody breaks the policy"),
           "A worked example ends with who breaks the policy; here nobody.",
           "nobody breaks the policy"),
    Before("Then", Pattern('only "{name}" breaks the policy'),
           "A worked example ends so where one breaks the policy.",
           'only "ana" breaks the policy'),
    Before("Then", Pattern('only "{name}" and "{name}" break the policy'),
           "A worked example ends so where several do.",
           'only "ana" and "ben" break the policy'),
)  # fmt: skip
"""The steps of worked examples: scenarios in the Rule of a policy, without its tag."""

THEN: Final[tuple[Step, ...]] = (
    Step(1, Pattern("{B} must have happened before"),
         "Some B stands before it.",
         "a gift must have happened before", "a referral ask happens", order.MustPrecede),
    Step(2, Pattern("{B} must have happened within the {duration} before"),
         "The last B before it is no longer ago than the duration.",
         "a word from them must have happened within the 60 days before", "a referral ask happens", order.MustPrecede),
    Step(3, Pattern("{B} must follow"),
         "Some B comes after it: pending until then, and broken once the relationship is closed without one.",
         "an outcome report must follow", "an outcome happens", order.MustFollow, (_ENDING,)),
    Step(4, Pattern("{B} must follow within {duration}"),
         "Some B comes after it, no later than the duration: pending until the time is up.",
         "a thank-you must follow within 72 hours", "a coffee chat happens", order.MustFollowWithin),
    Step(5, Pattern("the next event must be {B}"),
         "The next event after it (see the event called event) is a B: pending until there is one.",
         "the next event must be a thank-you", "a coffee chat happens", order.MustBeNext,
         (_events(ANY, "event"),)),
    Step(6, Pattern("no {B} may follow within {duration}"),
         "No B comes after it before the duration is over: pending until then.",
         "no ask may follow within 7 days", "a decline happens", order.MayNotFollowWithin),
    Step(7, Pattern("no {B} may have happened [within the {duration}] before"),
         "No B stands before it; with a duration, none that is less long ago.",
         "no lapse may have happened within the 30 days before", "a favour ask happens", order.MayNotPrecede),
    Step(8, Pattern("it must never happen"),
         "Every one breaks the policy.",
         "it must never happen", "an override happens", counting.MustNeverHappen),
    Step(9, Pattern("it may happen at most {n} times"),
         "Every one after the n-th breaks the policy.",
         "it may happen at most 2 times", "a nudge happens", counting.AtMost),
    Step(10, Pattern("{A} must have happened at least {n} times before {B}"),
         "n of A stand before each B. The When step names B, perhaps with conditions.",
         "a gift must have happened at least 2 times before a referral ask", "a referral ask happens",
         counting.AtLeastBefore),
    Step(11, Pattern("it may happen at most {n} times in any {duration}"),
         "The one that makes more than n within less than the duration breaks the policy.",
         "it may happen at most 5 times in any 7 days", "a first message happens", counting.AtMostIn),
    Step(12, Pattern("at most {n} may be open at once until {B} with the same {attribute} [or {duration} have passed]"),
         "Each is open from when it happens until a B with its attribute, or until the duration is over; the one that "
         "makes more than n open breaks the policy. What lacks the attribute is not counted.",
         "at most 3 may be open at once until a settlement with the same ask", "a favour ask happens",
         counting.AtMostOpen),
    Step(13, Pattern("it must have {attributes}"),
         "None of these is missing or empty.",
         "it must have role, company and fit", "a referral ask happens", data.MustHave),
    Step(14, Pattern("its {attribute} must be one of"),
         "It has the attribute, and its value stands in the table.",
         "its channel must be one of", "a touch happens", data.MustBe, table=True),
    Step(14, Pattern("its {attribute} must be at least {n}"),
         "It has the attribute, and it is no less.",
         "its questions must be at least 3", "a chat ask happens", data.MustBeAtLeast),
    Step(14, Pattern("its {attribute} must be at most {n}"),
         "It has the attribute, and it is no more.",
         "its minutes must be at most 30", "a chat ask happens", data.MustBeAtMost),
    Step(15, Pattern("its {attribute} must equal that of the last {B}"),
         "A B stands before it, and the last one has the same attribute.",
         "its opening must equal that of the last referral ask", "a referral happens", data.MustEqualLast),
    Step(16, Pattern("it may happen at most {n} times as often as {B} [, leaving out those with {C} of the same "
                     "{attribute}]"),
         "At each, they are together no more than n times as many as the Bs before. Those that had a C with their "
         "attribute before can be left out.",
         "it may happen at most 1 times as often as a gift", "a favour ask happens", counting.AtMostAsOftenAs),
    Step(17, Pattern("no two may share {attribute} [within {duration}]"),
         "No earlier one has the same attribute; with a duration, none that is less long ago. What lacks it is not "
         "counted.",
         "no two may share ask", "a nudge happens", counting.NoTwoShare),
    Step(18, Pattern("it may stay in stage {stage} at most {duration}"),
         "A stay in the stage, entered by the event of the When step, lasts no longer than the duration: pending until "
         "then. Another stage ends it, and so does closing.",
         "it may stay in stage value given at most 90 days", "a stage advance happens", data.MayStay,
         (_STAGES, _CLOSINGS), ("stage",), whole=True),
    Step(19, Pattern("the first event must be {A}"),
         "The first of the events of the When step is an A.",
         "the first event must be a first message", "an ask happens", data.MustBeFirst),
    Step(20, Pattern("{A} and {B} must not both happen"),
         "Where the event of the When step happens, A and B do not both happen, in whatever order.",
         "a decline and a nudge must not both happen", "a nudge happens", counting.NotBoth),
    Step(21, Pattern("{B} must happen between any two"),
         "Between it and the one before it stands some B.",
         "a gift must happen between any two", "a favour ask happens", order.MustAlternate),
    Step(22, Pattern("it must happen on {days} between {time} and {time}"),
         "It happens on one of these days and between these times, both included, in the seeker's time zone.",
         "it must happen on working days between 8:00 and 20:00", "an ask happens", data.MustBeWithinHours),
    Step(23, Pattern("every earlier {A} [older than {duration}] must already have had its {B} with the same "
                     "{attribute}"),
         "Every A before it, with a duration every one that is longer ago, has had a B after it with the same "
         "attribute. What lacks the attribute is not counted.",
         "every earlier debt of thanks older than 72 hours must already have had its thank-you with the same occasion",
         "an ask happens", data.NoDebtOpen),
)  # fmt: skip
"""Each listed once; 14 has three forms."""
