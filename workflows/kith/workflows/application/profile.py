"""Commands about the seeker: beginning, profile, goals, and the policy in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Unpack
from uuid import UUID

from pydantic import ValidationError

from kith.domain import seeker as s
from kith.domain.calendar import zone
from kith.domain.case import Stamp
from kith.domain.errors import InvalidInput, NotApplicable
from kith.domain.log import Recorded
from kith.domain.policy import Policy
from kith.domain.seeker import Job, Seeker
from kith.workflows.application.again import again
from kith.workflows.application.desk import By, Desk, invalid
from kith.workflows.application.work import Work
from kith.workflows.ports import REGISTRY, Reading, Writing
from kith.workflows.readmodels.rows import seeker_row

Written = tuple[Recorded, ...]


class ProfileCommands:
    """Commands about the seeker."""

    _desk: Desk

    def register(self, name: str, *, time_zone: str = "UTC", another: bool = False, **by: Unpack[By]) -> UUID:
        """Begin: put a seeker on record, and return their id.

        The same name again is the same seeker. A store that is somebody else's is only shared if ``another`` says so.
        """
        zone(time_zone)
        desk = self._desk
        try:
            told = s.SeekerRegistered(at=desk.clock(), name=name, time_zone=time_zone)
        except ValidationError as error:
            raise invalid(error) from None
        stamp = Stamp(told.at, by.get("command_id") or str(desk.new_id()), by.get("source", "manual"))

        def attempt(_: bool) -> UUID:
            with desk.store.writing(REGISTRY) as transaction:
                known = _done(transaction, stamp.command_id, told.name)
                if known is None and not another:
                    known = _registered(transaction, told.name)
                return known or _put_on_record(transaction, stamp.place(told, desk.new_id(), 1))

        id_ = again(attempt)
        desk.serve(id_)
        return id_

    def update_profile(  # noqa: PLR0913 - one argument for each part of a profile, all by name
        self,
        *,
        name: str | None = None,
        headline: str | None = None,
        intro: str | None = None,
        picture: bool | None = None,
        jobs: Sequence[Job] | None = None,
        time_zone: str | None = None,
        opens: time | None = None,
        closes: time | None = None,
        quiet_days: Sequence[int] | None = None,
        **by: Unpack[By],
    ) -> Written:
        """Change the seeker's own profile; what is left out stays. Quiet days are weekdays, Monday = 0."""
        if time_zone is not None:
            zone(time_zone)

        def command(work: Work) -> None:
            told = s.ProfileUpdated(
                at=work.now, name=name, headline=headline, intro=intro, picture=picture,
                jobs=None if jobs is None else tuple(jobs), time_zone=time_zone, opens=opens, closes=closes,
                quiet_days=None if quiet_days is None else tuple(quiet_days),
            )  # fmt: skip
            before = work.seeker
            if opens_after_closing(told, before):
                raise InvalidInput("The working day must open before it closes.")
            changed = s.evolve(before, work.stamp.place(told, before.id, before.version + 1))
            if (changed.profile, changed.calendar) != (before.profile, before.calendar):
                work.write_seeker([told])
                work.redraw = changed.calendar != before.calendar

        return self._desk.carry_out(by, command)

    def set_goals(
        self, *, companies: Sequence[str] | None = None, roles: Sequence[str] | None = None, **by: Unpack[By]
    ) -> Written:
        """Say which companies and roles the seeker aims at; what is left out stays."""

        def command(work: Work) -> None:
            before = work.seeker
            goals = s.GoalsSet(
                at=work.now,
                companies=before.companies if companies is None else tuple(companies),
                roles=before.roles if roles is None else tuple(roles),
            )
            if (goals.companies, goals.roles) != (before.companies, before.roles):
                work.write_seeker([goals])

        return self._desk.carry_out(by, command)

    def adopt_policy(self, policy: Policy, **by: Unpack[By]) -> Written:
        """Go by another policy from here on. Stages that were reached stay reached."""

        def command(work: Work) -> None:
            if policy != work.seeker.policy:
                work.write_seeker([s.PolicyAdopted(at=work.now, policy=policy, hash=policy.hash)])
                work.redraw = True

        return self._desk.carry_out(by, command)

    def seeker(self) -> Seeker:
        """The seeker: profile, goals, policy in force, and the book."""
        return self._desk.seeker_now()


def _put_on_record(transaction: Writing, registered: Recorded) -> UUID:
    transaction.append(registered.originator_id, [registered])
    transaction.write_seeker(seeker_row(s.evolve(None, registered)))
    return registered.originator_id


def _done(reading: Reading, command_id: str, name: str) -> UUID | None:
    """The seeker whom that command registered under that name. Ids are a seeker's own: others may have used it too."""
    sql = """
        SELECT c.seeker_id FROM seekers s JOIN commands c ON c.seeker_id = s.id AND c.command_id = ?
        WHERE c.originator_id = c.seeker_id AND c.originator_version = 1
    """
    for (id_,) in reading.query(sql, (command_id,)):
        first = reading.command(UUID(id_), command_id)[0]
        if isinstance(first.event, s.SeekerRegistered) and first.event.name == name:
            return first.originator_id
    return None


def _registered(reading: Reading, name: str) -> UUID | None:
    """The seeker of that name, if anybody is registered; raises NotApplicable if only others are."""
    rows = reading.query("SELECT id, name FROM seekers")
    if rows and name not in {row[1] for row in rows}:
        raise NotApplicable(f"This store is {rows[0][1]}'s; kith init --another lets several share it.")
    return next((UUID(row[0]) for row in rows if row[1] == name), None)


def opens_after_closing(told: s.ProfileUpdated, before: Seeker) -> bool:
    """Whether the working day would end before it begins."""
    return (told.opens or before.calendar.opens) >= (told.closes or before.calendar.closes)
