"""An import contract that says what a package may import, for import-linter, which only knows what it may not."""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """A package imports itself, the standard library and the named packages, and nothing else.

    Options: `importer`, a package; `allowed`, names of packages from outside.
    """

    type_name = "only"

    importer = fields.ModuleField()
    allowed = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 (import-linter passes it by name)
        """Kept when no module of the package imports a stranger."""
        strangers = sorted(self._strangers(graph))
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each import that breaks it."""
        for importer, imported in check.metadata["strangers"]:
            output.print_error(f"{importer} imports {imported}.")

    def _strangers(self, graph: ImportGraph) -> set[tuple[str, str]]:
        package: str = self._name_of(self.importer)
        allowed: set[str] = set(sys.stdlib_module_names) | set(self._plain(self.allowed))
        return {
            (module, imported)
            for module in {package, *graph.find_descendants(package)}
            for imported in graph.find_modules_directly_imported_by(module)
            if not f"{imported}.".startswith(f"{package}.") and imported.split(".")[0] not in allowed
        }

    @staticmethod
    def _name_of(module: Any) -> str:
        return str(module.name)

    @staticmethod
    def _plain(names: Any) -> set[str]:
        return set(names)
