"""The log as the eventsourcing library offers it: its application on our recorders and our bytes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory, Mapper
from eventsourcing.popo import POPOFactory
from eventsourcing.utils import Environment

from kith.workflows.stores.mapper import KithMapper


class KithLog(Application[UUID]):
    """The log as the eventsourcing library offers it: notification log, repository, bulk puts."""

    log_section_size = 1_000

    def __init__(self, recorder: ApplicationRecorder) -> None:
        self._ours = recorder
        super().__init__()

    def construct_env(self, name: str, env: Any = None) -> Environment:
        """Nothing of the process's environment has a say here."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Only asked for the event store around our recorder and mapper."""
        return POPOFactory(env)

    def construct_mapper(self) -> Mapper[UUID]:
        """Our bytes."""
        return KithMapper()

    def construct_recorder(self) -> ApplicationRecorder:
        """Our tables."""
        return self._ours
