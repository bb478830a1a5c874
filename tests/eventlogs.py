"""What a valid event log is: OCEL 2.0 by its specification's JSON format, and XES by IEEE 1849, as far as we write it.

Source of the OCEL rules, in our own words: OCEL 2.0 specification (Berti and others, 2023, arXiv:2403.01975), the
metamodel and the section on JSON; every value of an attribute is a string there.
"""

from __future__ import annotations

import json
from typing import Literal
from xml.etree import ElementTree

from pydantic import AwareDatetime, BaseModel, ConfigDict, StrictStr, TypeAdapter

NAMESPACE = "{http://www.xes-standard.org/}"
INSTANT = TypeAdapter(AwareDatetime)


class Part(BaseModel):
    """A JSON object of the format: it has what it must have, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class Declared(Part):
    name: StrictStr
    type: Literal["string", "time", "integer", "float", "boolean"]


class Kind(Part):
    name: StrictStr
    attributes: list[Declared]


class Valued(Part):
    name: StrictStr
    value: StrictStr


class Since(Valued):
    time: AwareDatetime


class Related(Part):
    objectId: StrictStr  # noqa: N815 - the standard's
    qualifier: StrictStr


class OcelEvent(Part):
    id: StrictStr
    type: StrictStr
    time: AwareDatetime
    attributes: list[Valued]
    relationships: list[Related]

    def value(self, name: str) -> str | None:
        """The value of an attribute."""
        return next((told.value for told in self.attributes if told.name == name), None)

    def about(self, kind: str) -> list[str]:
        """The ids of the objects of a type that it is about."""
        return [one.objectId for one in self.relationships if one.objectId.startswith(f"{kind}:")]


class OcelObject(Part):
    id: StrictStr
    type: StrictStr
    attributes: list[Since]
    relationships: list[Related]


class Ocel(Part):
    """A whole log."""

    eventTypes: list[Kind]  # noqa: N815 - the standard's
    objectTypes: list[Kind]  # noqa: N815 - likewise
    events: list[OcelEvent]
    objects: list[OcelObject]

    def of(self, type_: str) -> list[OcelEvent]:
        """The events of a type."""
        return [event for event in self.events if event.type == type_]

    def things(self, type_: str) -> list[OcelObject]:
        """The objects of a type."""
        return [one for one in self.objects if one.type == type_]


def ocel(text: str) -> Ocel:
    """The log, if it is valid: ids are unique, and types, attributes and objects that are named exist."""
    log = Ocel.model_validate(json.loads(text))
    ids = {one.id for one in log.objects}
    assert len(ids) == len(log.objects)
    assert len({event.id for event in log.events}) == len(log.events)
    for kinds, told in ((log.eventTypes, log.events), (log.objectTypes, log.objects)):
        declared = {kind.name: {one.name: one.type for one in kind.attributes} for kind in kinds}
        assert len(declared) == len(kinds)
        for one in told:
            assert {attribute.name for attribute in one.attributes} <= declared[one.type].keys()
            assert {related.objectId for related in one.relationships} <= ids
            times = [a.value for a in one.attributes if declared[one.type][a.name] == "time"]
            assert all(INSTANT.validate_python(value) for value in times)
    return log


class XesTrace:
    """One trace."""

    def __init__(self, element: ElementTree.Element) -> None:
        self.attributes = _attributes(element)
        self.events = [_attributes(event) for event in element.findall(f"{NAMESPACE}event")]


def xes(text: str) -> list[XesTrace]:
    """The traces, if the log is valid: prefixed keys belong to an extension, and every event has the globals."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{NAMESPACE}log"
    assert float(root.attrib["xes.version"]) >= 1
    prefixes = {extension.attrib["prefix"] for extension in root.findall(f"{NAMESPACE}extension")}
    scopes = {g.attrib["scope"]: _attributes(g).keys() for g in root.findall(f"{NAMESPACE}global")}
    traces = [XesTrace(element) for element in root.findall(f"{NAMESPACE}trace")]
    for trace in traces:
        assert scopes["trace"] <= trace.attributes.keys()
        for event in trace.events:
            assert scopes["event"] <= event.keys()
            assert {key.partition(":")[0] for key in event if ":" in key} <= prefixes
    return traces


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in element:
        if "key" not in child.attrib:
            continue
        key, value = child.attrib["key"], child.attrib["value"]
        assert key not in found, "keys are unique within an element"
        if child.tag == f"{NAMESPACE}date":
            INSTANT.validate_python(value)
        found[key] = value
    return found
