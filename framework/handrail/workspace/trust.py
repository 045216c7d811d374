"""Whose signatures count for one project.

Belongs here: putting the circles together from the catalog, the reader and the declaration. Never here: reading a
reader's file (`attest.trust`), checking a signature (`attest.verify`).
"""

from __future__ import annotations

from collections.abc import Mapping

from handrail.attest.trust import Trust, unusable_keys
from handrail.model.bundle import Bundle
from handrail.model.vocabulary import Attestor
from handrail.source.diagnostics import Collector
from handrail.workspace.load import ProjectFiles


def trust_of(project: ProjectFiles, bundle: Bundle, attestors: Mapping[str, Attestor], out: Collector) -> Trust:
    """The keys of the catalog and of the reader, who may say otherwise of a name, and those the project names.

    A key of the declaration that cannot be used is a diagnostic.
    """
    declaration = project.declaration
    named = declaration.value.attestors
    unusable_keys(named, lambda name: declaration.span("attestors", name, "public_key"), out)
    return Trust(accepted={**bundle.attestors, **attestors}, named=named)
