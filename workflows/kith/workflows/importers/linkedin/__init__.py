"""Reads a LinkedIn data export, as a zip, a folder or one of its files, into plain values and problems."""

import os

from kith.workflows.collecting import without_collections
from kith.workflows.importers.archive import Progress, open_archive
from kith.workflows.importers.linkedin.export import Export
from kith.workflows.records import Network

__all__ = ["read_linkedin"]


def read_linkedin(path: str | os.PathLike[str], *, progress: Progress | None = None) -> Network:
    """Everything that the export at `path` tells; `progress` is called with the bytes read and the bytes in all.

    Raises ImportRefused where nothing can be read; a bad row or file becomes a problem and never stops the rest.
    """
    with open_archive(path) as archive, without_collections():
        return Export(archive, progress).read()
