"""``kith show``: one person with the whole story, or the imports."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.errors import InvalidInput
from kith.workflows.cli import guide, output, session, shapes, times
from kith.workflows.cli.board import AsOf, By, axis, told_as_of
from kith.workflows.cli.options import names
from kith.workflows.cli.session import Reading, engine, words

if TYPE_CHECKING:
    from kith.domain.agenda import Action
    from kith.domain.relationship.state import MadeAsk, Relationship
    from kith.domain.seeker import Seeker
    from kith.workflows.application.telling import Entry

app = words()


@app.command("show", cls=Reading)
def show(
    who: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHO]", help="A name, an e-mail, a LinkedIn address or the start of an id.", autocompletion=names
        ),
    ] = None,
    as_of: AsOf = None,
    by: By = "happened",
    imports: Annotated[
        bool, typer.Option("--imports", help="List the imports instead, each with the id that undoes it.")
    ] = False,
) -> None:
    """One person: where you stand, what comes next, and the whole story with the id of each event."""
    if imports:
        _imports()
        return
    if who is None:
        raise InvalidInput("Say whom to show: kith show WHO; or kith show --imports.")
    with engine() as kith:
        seeker, id_ = kith.seeker(), kith.find(who)
        at = times.as_of(as_of, seeker.calendar, session.now()) if as_of else None
        state = kith.relationship(id_, as_of=at, by=axis(by))
        entries = kith.timeline(id_, as_of=at, by=axis(by))
    action = None if at else _action(state, seeker, session.now())
    head = _head(state, seeker, at or session.now())
    data = {
        "person": head,
        "as_of": shapes.iso(at),
        "by": by if at else None,
        "next": _next(state, action),
        "timeline": _told(entries),
    }
    output.say(_text(state, seeker, entries, action, at, by), data)


def _action(state: Relationship, seeker: Seeker, now: datetime) -> Action | None:
    from kith.domain.actions import actions  # noqa: PLC0415 - needs the models

    current = [
        action
        for action in actions(state, seeker)
        if action.start <= now and (action.until is None or now < action.until)
    ]
    return min(current, key=lambda action: (action.urgency, action.due or action.start), default=None)


# Shapes


def _head(state: Relationship, seeker: Seeker, at: datetime) -> dict[str, Any]:
    person = state.person
    return {
        "id": str(state.id), "name": person.name, "company": person.company, "position": person.position,
        "email": person.email, "url": person.url, "origin": state.origin.value, "stage": state.stage.words,
        "skipped": _skipped(state), "status": _status(state, seeker, at), "tier": state.tier, "gifts": len(state.gifts),
        "asks": [_ask(ask, seeker) for ask in state.asks if ask.is_open or ask.is_promised],
    }  # fmt: skip


def _ask(ask: MadeAsk, seeker: Seeker) -> dict[str, Any]:
    lapses = seeker.calendar.plus_days(ask.at, seeker.policy.ask_lapse_days) if ask.is_open else None
    status = "open" if ask.is_open else "promised"
    return {
        "id": str(ask.id), "kind": ask.kind.value, "at": shapes.iso(ask.at), "status": status,
        "lapses": shapes.iso(lapses), "due": shapes.iso(ask.due),
    }  # fmt: skip


def _skipped(state: Relationship) -> list[str]:
    return [stage.words for stage in state.stage.below() if stage > state.earned]


def _status(state: Relationship, seeker: Seeker, at: datetime) -> str:
    return state.status(at, timedelta(days=seeker.policy.dormant_days))


def _next(state: Relationship, action: Action | None) -> dict[str, Any]:
    who = guide.quoted(state.person.name)
    told = None
    if action is not None:
        command = guide.after_action(action.kind, state.person.name, action.key, action.do)
        told = {
            "key": action.key,
            "do": action.do,
            "why": action.why,
            "due": shapes.iso(action.due),
            "command": command,
        }
    return {
        "stage": guide.NEXT_STAGE.get(state.earned),
        "check": f"kith check {who} {guide.NEXT_ASK[state.earned]}",
        "action": told,
    }


def _told(entries: list[Entry]) -> list[dict[str, Any]]:
    return [
        {"id": entry.id, "at": shapes.iso(entry.at), "recorded_at": shapes.iso(entry.recorded_at), "what": entry.what,
         "text": entry.text, "source": entry.source, "revised": entry.revised, "can_be_undone": entry.can_be_undone}
        for entry in entries
    ]  # fmt: skip


# Text


def _text(
    state: Relationship, seeker: Seeker, entries: list[Entry], action: Action | None, at: datetime | None, by: str
) -> str:  # fmt: skip
    person, calendar = state.person, seeker.calendar
    lines = [output.bold(output.wrap(", ".join(filter(None, (person.name, person.position, person.company)))))]
    lines += [f"  As of {told_as_of(at, by, calendar)}"] if at else []
    lines += [output.wrap(value, 14, f"  {name:<12}") for name, value in _facts(state, seeker, at or session.now())]
    lines += ["", *_what_next(state, action, calendar)] if at is None else []
    return "\n".join([*lines, "", output.bold("The story"), *(_line(entry, calendar) for entry in entries)])


def _facts(state: Relationship, seeker: Seeker, at: datetime) -> list[tuple[str, str]]:
    skipped = _skipped(state)
    asks = "; ".join(_ask_words(ask, seeker) for ask in state.asks if ask.is_open or ask.is_promised)
    addresses = ", ".join(filter(None, (state.person.email, state.person.url)))
    tier = f"{state.tier}: every {seeker.policy.tier(state.tier)} days" if state.tier else "none (kith tier)"
    stage = state.stage.words
    return [
        ("Stage", f"{stage} (skipped: {', '.join(skipped)})" if skipped else stage),
        ("Status", _status(state, seeker, at)),
        ("Known as", f"{_origin(state)}{f', since {state.since}' if state.since else ''}"),
        *([("Reach at", addresses)] if addresses else []),
        ("Tier", tier),
        ("Gifts", f"{len(state.gifts)} given"),
        ("Asks", asks or "none open"),
        ("Id", state.id.hex[:8]),
    ]  # fmt: skip


def _origin(state: Relationship) -> str:
    return "not said yet (kith describe --origin)" if state.origin.value == "unknown" else state.origin.value


def _ask_words(ask: MadeAsk, seeker: Seeker) -> str:
    calendar = seeker.calendar
    told = f"{ask.kind} ask of {times.day(ask.at, calendar)}"
    if ask.is_open:
        lapses = calendar.plus_days(ask.at, seeker.policy.ask_lapse_days)
        return f"{told}, waits for an answer, lapses on {times.day(lapses, calendar)}"
    return f"{told}, agreed{f', for {times.moment(ask.due, calendar)}' if ask.due else ''}"


def _what_next(state: Relationship, action: Action | None, calendar: Any) -> list[str]:
    who = guide.quoted(state.person.name)
    lines = [output.bold("What comes next")]
    if action is not None:
        due = f" ({times.due(action.due, session.now(), calendar)})" if action.due else ""
        command = guide.after_action(action.kind, state.person.name, action.key, action.do)
        lines += [output.wrap(f"{action.do}{due} {action.why}", 2), f"  $ {command}"]
    if state.earned in guide.NEXT_STAGE:
        lines.append(output.wrap(f"The next stage is {guide.NEXT_STAGE[state.earned]}.", 2))
    ask = guide.NEXT_ASK[state.earned]
    return [
        *lines,
        output.wrap(f"What {'an' if ask[0] == 'i' else 'a'} {ask} ask still lacks: kith check {who} {ask}", 2),
    ]


def _line(entry: Entry, calendar: Any) -> str:
    told = ": ".join(filter(None, (entry.what, entry.text)))
    mark = " (taken back or corrected)" if entry.revised else ""
    return output.wrap(f"{told}{mark}  [{entry.id}]", 22, f"  {times.moment(entry.at, calendar)}  ")


def _imports() -> None:
    with engine() as kith:
        seeker = kith.seeker()
    rows = [
        (str(batch.id), times.moment(batch.at, seeker.calendar), batch.format, _state(batch.finished, batch.undone))
        for batch in seeker.batches
    ]
    shape = [
        {"id": id_, "at": shapes.iso(b.at), "format": b.format, "state": state}
        for b, (id_, _, _, state) in zip(seeker.batches, rows, strict=True)
    ]
    text = (
        output.table(("Id", "When", "Format", "State"), rows)
        if rows
        else "Nothing was imported yet; kith import FILE does."
    )
    output.say(text, {"imports": shape})


def _state(finished: bool, undone: bool) -> str:
    return "undone" if undone else "complete" if finished else "interrupted: import the same file again to finish it"
