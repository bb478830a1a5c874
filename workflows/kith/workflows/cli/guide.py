"""The command to type next: for each kind of action, each step of a plan and each stage."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from kith.domain.stages import Stage
from kith.workflows.readmodels.people import Query, find

if TYPE_CHECKING:
    from kith.domain.relationship.state import MadeAsk

_BARE = re.compile(r"[\w@%+=:,./-]+")


def quoted(text: str) -> str:
    """The text as it is typed in a shell: bare where it can be, else in quotes."""
    if _BARE.fullmatch(text) and text.isascii() and not text.startswith("-"):
        return text
    return shlex.quote(text) if re.search(r'["$`\\!]', text) else f'"{text}"'


_ACTIONS = {
    "answer": 'kith log {who} message "…"',
    "outcome": "kith refer report {who}",
    "report": "kith intro report {who}",
    "follow-up": "kith dismiss {who} {key} --done-elsewhere",
    "date": 'kith chat reschedule {who} --when "…"',
    "prepare": "kith show {who}",
    "hold": 'kith chat hold {who} --learned "…"',
    "write": 'kith log {who} message "…"',
    "revive": 'kith give {who} article "…" --because "…"',
    "gift": 'kith give {who} article "…" --because "…"',
    "chat": "kith check {who} chat",
    "introduction": "kith check {who} introduction",
    "referral": "kith check {who} referral",
}
"""By the kind of an agenda's action."""


def after_action(kind: str, who: str, key: str, do: str) -> str:
    """The command for an action of the agenda."""
    if kind == "thanks":
        return f"kith {_favour(do)} thank {quoted(who)}"
    if key.startswith("opening:"):
        return f"kith opening show {key.partition(':')[2][:8]}"
    if kind == "promise":
        made = 'intro make {who} --to "…" --both-agreed' if _favour(do) == "intro" else "refer given {who}"
        return f"kith {made.format(who=quoted(who))}"
    return _ACTIONS.get(kind, "kith show {who}").format(who=quoted(who), key=key)


def _favour(do: str) -> str:
    """The command group that a sentence such as “Thank Ana for the introduction.” is about."""
    said = do.rstrip(".").rpartition(" for the ")[2] if " for the " in do else do
    return "intro" if "introduction" in said else "refer" if "referral" in said else "chat"


_STEPS = {
    "reopen": "kith reopen {who}",
    "first message": 'kith check {who} first-message --text "…" --detail "…" --who-i-am "…" --why "…"',
    "write": 'kith log {who} message "…"',
    "reply": 'kith log {who} reply "…"',
    "thank": "kith chat thank {who}",
    "gift": 'kith give {who} article "…" --because "…"',
    "hold": 'kith chat hold {who} --learned "…"',
    "ask chat": "kith chat prepare {who}",
    "agree": 'kith chat agree {who} --when "…"',
    "introduce": 'kith intro make {who} --to "…" --both-agreed',
    "ask introduction": "kith check {who} introduction",
    "report": "kith refer report {who}",
}
"""By the kind of a plan's step; where a step is missing, nothing is to be typed for it."""


_PROFILE = {"picture": " --picture", "headline": ' --headline "…"', "intro": ' --intro "…"'}


def after_step(what: str, who: str, do: str) -> str | None:
    """The command for a step of a plan; None where there is none to type."""
    if what == "profile":
        return f"kith profile{''.join(option for word, option in _PROFILE.items() if word in do)}"
    if what == "thank":
        return f"kith {_favour(do)} thank {quoted(who)}"
    command = _STEPS.get(what)
    return command.format(who=quoted(who)) if command else None


_ASKS = {
    "first message": 'kith message {who} "…" --detail "…" --who-i-am "…" --why "…"',
    "chat": 'kith chat propose {who} --question "work: …" --question "motivation: …" --question "entry: …"',
    "introduction": 'kith intro ask {who} --to "…" --why "…" --note "…"',
    "referral": 'kith refer ask {who} --role "…" --company "…" --link "…" --fit "…" --how "…" --seen "…" --comfort "…"',
    "nudge": "kith nudge {who}",
}
"""By the kind of ask."""


def to_ask(kind: str, who: str) -> str | None:
    """The command that makes an ask of that kind."""
    command = _ASKS.get(kind)
    return command.format(who=quoted(who)) if command else None


_ANSWERS = {
    "first message": 'kith log {who} reply "…"',
    "chat": 'kith chat agree {who} --when "…"',
    "introduction": 'kith intro make {who} --to "…" --both-agreed',
    "referral": "kith refer agree {who}",
}
"""By the kind of ask that waits."""


def after_answer(ask: MadeAsk, who: str) -> str | None:
    """The command that records the yes to an ask; None where nothing is waited for."""
    command = _ANSWERS.get(ask.kind.value) if ask.is_open else None
    return command.format(who=quoted(who)) if command else None


NEXT_STAGE = {
    Stage.MET: "nurtured: the two of you write to each other, over time",
    Stage.NURTURED: "value given: you gave something of use to them",
    Stage.VALUE_GIVEN: "coffee chat: you prepared one, held it and said thank you",
    Stage.COFFEE_CHAT: "intro: an introduction was made, or was asked for and settled",
    Stage.INTRO: "referral: they referred you",
}
"""What comes after each stage, and when it is reached."""

NEXT_ASK = {
    Stage.MET: "chat", Stage.NURTURED: "chat", Stage.VALUE_GIVEN: "chat", Stage.COFFEE_CHAT: "introduction",
    Stage.INTRO: "referral", Stage.REFERRAL: "referral",
}  # fmt: skip
"""The ask that suits each stage, as ``kith check`` calls it."""


def called(query: Query, seeker: str, name: str, id_: str) -> str:
    """What to type for a person: the name where it stands for nobody else, or the start of the id."""
    alone = name.isprintable() and not name.startswith("-") and find(query, seeker, name) == [id_]
    return name if alone else id_[:8]
