"""Openings as text and as JSON: what they are, who was asked, who could refer you, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kith.domain.calendar import Calendar, spelled
from kith.domain.openings import Opening
from kith.domain.referrers import ORDER, AskedBefore, Referrer
from kith.workflows.application.openings import OpeningStatus, OpeningView
from kith.workflows.cli import guide, output, shapes

NONE = "No openings yet. kith opening add --role TITLE --company NAME notes one, and tells who could refer you."
NONE_OPEN = "No openings that you still have an eye on; kith opening list --all shows the others."


def noted(found: OpeningView) -> str:
    """What is said when an opening was noted."""
    one = found.opening
    last = f", until {spelled(one.deadline)}" if one.deadline else ""
    told = [output.wrap(f"{one.title}{last} [{one.id.hex[:8]}]"), output.wrap(found.why)]
    return "\n".join([*told, f"More: kith opening show {one.id.hex[:8]}"])


def closed(found: OpeningView) -> str:
    """What is said when the seeker is through with one."""
    told = [output.wrap(f"You are through with {found.opening.title}.")]
    return "\n".join([*told, *_loop(found)])


def _loop(found: OpeningView) -> list[str]:
    """What the referrer is still to hear."""
    given, came = found.status.referrer, found.opening.outcome
    if given is None or given.status != "given":
        return []
    who, news = guide.quoted(given.name), came not in ("", given.outcome)
    if given.reported and not news:
        return []
    outcome = guide.quoted(came) if came else '"…"'
    first = f"kith refer outcome {who} {outcome}, then " if news or given.outcome is None else ""
    return [output.wrap(f"{given.name} referred you, and is to hear of it: {first}kith refer report {who}")]


def listing(found: list[OpeningStatus], known: int, today: date) -> str:
    """Openings in a table; ``known`` are all there are."""
    if not found:
        return NONE_OPEN if known else NONE
    rows = [
        (one.opening.role, one.opening.company, _deadline(one.opening, today), _referrer(one), _outcome(one),
         one.opening.id.hex[:8])
        for one in found
    ]  # fmt: skip
    heads = ("Role", "Company", "Deadline", "Referrer", "Outcome", "Id")
    return f"{output.table(heads, rows, elastic=2)}\n{output.count(len(found), 'opening')}."


def _deadline(one: Opening, today: date) -> str:
    if one.deadline is None:
        return "none"
    if not one.is_open:
        return one.deadline.isoformat()
    days = (one.deadline - today).days
    left = "passed" if days < 0 else "today" if days == 0 else output.count(days, "day")
    return f"{one.deadline.isoformat()} ({left})"


def _referrer(one: OpeningStatus) -> str:
    asked = one.referrer or (one.asked[-1] if one.asked else None)
    return f"{asked.name}, {asked.status}" if asked else "nobody asked"


def _outcome(one: OpeningStatus) -> str:
    given = one.referrer
    led = given.outcome if given else None
    if led and given:
        led = led if given.reported else f"{led} (not told yet)"
    over = one.opening.outcome or ("closed" if not one.opening.is_open else "")
    return "; ".join(filter(None, dict.fromkeys((led, over))))


# One opening


def text(found: OpeningView, who: str, today: date, calendar: Calendar) -> str:
    """An opening with all that is known of it; ``who`` is what to type for the one to ask."""
    one = found.opening
    rows = [("Deadline", _deadline(one, today)), ("Link", one.link or "none"), ("Id", one.id.hex[:8])]
    rows += [("Outcome", one.outcome or "closed")] if not one.is_open else []
    lines = [output.bold(output.wrap(one.title)), *(output.wrap(told, 14, f"  {name:<12}") for name, told in rows)]
    lines += [output.wrap(_asked(asked, calendar), 14, f"  {'Asked':<12}") for asked in found.asked]
    return "\n".join([*lines, "", *_whom(found, who, today), *_others(found, calendar), *_ways(found, today)])


def _asked(asked: AskedBefore, calendar: Calendar) -> str:
    led = f"; outcome: {asked.outcome}, {'told' if asked.reported else 'not told yet'}" if asked.outcome else ""
    return f"{asked.name} on {calendar.spelled(asked.at)}: {asked.status}{led}"


def _whom(found: OpeningView, who: str, today: date) -> Iterator[str]:
    chosen = found.chosen
    yield output.bold(output.wrap(f"Whom to ask: {chosen.name}" if chosen else "Whom to ask: nobody"))
    yield output.wrap(found.why, 2)
    if chosen is not None:
        yield f"  $ {command(found.opening, chosen, who)}"
    elif not found.asked and not found.referrers and found.opening.is_open and not found.opening.is_past(today):
        yield output.wrap(
            f"kith people {guide.quoted(found.opening.company.split()[0])} looks for other spellings of the company; "
            "kith describe WHO --company NAME puts somebody there.", 2
        )  # fmt: skip


def command(one: Opening, chosen: Referrer, who: str) -> str:
    """What to type next: the ask, or the check that tells the whole way there."""
    link = f"--link {guide.quoted(one.link)}" if one.link else '--link "…"'
    about = f"--role {guide.quoted(one.role)} --company {guide.quoted(one.company)} {link}"
    if chosen.may_be_asked:
        return f'kith refer ask {guide.quoted(who)} {about} --fit "…" --how "…" --seen "…" --comfort "…"'
    return f"kith check {guide.quoted(who)} referral {about}"


def _others(found: OpeningView, calendar: Calendar) -> Iterator[str]:
    if not found.referrers:
        return
    yield from ("", output.bold(f"Who works at {found.opening.company}"))
    yield from (output.wrap(_line(one, calendar), 4, "  ") for one in found.referrers)
    yield from ([f"  and {found.more:,} more, who are further away"] if found.more else [])
    yield output.wrap(ORDER, 2)


def _line(one: Referrer, calendar: Calendar) -> str:
    who = ", ".join(filter(None, (one.name, one.position, f"stage {one.stage.words}")))
    return f"{who}: {_when(one, calendar)}; {one.seen or 'has seen nothing of your work on record'}"


def _when(one: Referrer, calendar: Calendar) -> str:
    if one.earliest is None:
        return "can't be asked"
    if one.may_be_asked:
        return "may be asked now"
    steps = f", after {output.count(one.steps, 'step')} of yours" if one.steps else ""
    return f"can be asked from {calendar.spelled(one.earliest)} on{steps}"


def _ways(found: OpeningView, today: date) -> Iterator[str]:
    """Where to look for who could introduce, while somebody can still be asked."""
    one = found.opening
    if one.is_open and not one.is_past(today) and found.status.referrer is None:
        told = f"Who could introduce you there, and whom else to meet: kith paths {guide.quoted(one.company)}"
        yield from ("", output.wrap(told))


# JSON


def shape(one: OpeningStatus) -> dict[str, Any]:
    """An opening as JSON."""
    told = one.opening
    return {
        "id": str(told.id), "role": told.role, "company": told.company, "link": told.link,
        "deadline": told.deadline.isoformat() if told.deadline else None, "noted_at": shapes.iso(told.noted_at),
        "closed_at": shapes.iso(told.closed_at), "outcome": told.outcome,
        "asked": [_asked_shape(asked) for asked in one.asked],
    }  # fmt: skip


def _asked_shape(asked: AskedBefore) -> dict[str, Any]:
    return {
        "person": shapes.person((asked.relationship_id, asked.name)), "at": shapes.iso(asked.at),
        "status": asked.status, "outcome": asked.outcome, "reported": asked.reported,
    }  # fmt: skip


def whole_shape(found: OpeningView) -> dict[str, Any]:
    """An opening with who could help as JSON."""
    chosen = found.chosen
    return {
        "opening": shape(found.status), "why": found.why,
        "chosen": shapes.person((chosen.relationship_id, chosen.name)) if chosen else None,
        "referrers": [_referrer_shape(one) for one in found.referrers], "more": found.more, "order": ORDER,
    }  # fmt: skip


def _referrer_shape(one: Referrer) -> dict[str, Any]:
    return {
        "person": shapes.person((one.relationship_id, one.name)), "position": one.position, "stage": one.stage.words,
        "seen": one.seen, "may_be_asked": one.may_be_asked, "missing": list(one.missing),
        "earliest": shapes.iso(one.earliest), "steps": one.steps, "first_step": one.first_step,
        "not_possible": one.not_possible,
    }  # fmt: skip
