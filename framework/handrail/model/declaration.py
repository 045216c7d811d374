"""What a project says of itself: `handrail.yaml` and `organisation.yaml` (DESIGN section 3).

Belongs here: the shape of both files. Never here: what an answer is worth.
"""

from __future__ import annotations

from typing import Literal

from handrail.model.base import (
    Day,
    Field,
    Fingerprint,
    Flag,
    Id,
    Key,
    Record,
    RelativePath,
    Selector,
    Sha256,
    Text,
    Version,
)
from handrail.model.terms import State
from handrail.model.vocabulary import Attestor

FormatVersion = Literal["1", 1]


class Sealed(Record):
    """A pointer to a record that is never in the tree. `sha256` is over 32 random bytes and the file."""

    sha256: Sha256 | None = None
    custodian: Text
    since: Day
    access: Text | None = None


class Words(Record):
    """Evidence of kind `statement`, given in the declaration itself."""

    owner: Text
    date: Day
    text: Text


class Evidence(Record):
    """A pointer from an answer to one piece of evidence, for one requirement of the control.

    `attestation` is a signed statement (in-toto in DSSE) over what `path` or `sealed` points at.
    """

    requirement: Key = Field(alias="for")
    path: RelativePath | None = None
    sealed: Sealed | None = None
    statement: Words | None = None
    sha256: Sha256 | None = None
    date: Day | None = None
    attestation: RelativePath | None = None

    def _whole(self) -> None:
        from pydantic_core import PydanticCustomError

        given = [name for name in ("path", "sealed", "statement") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError("handrail_pointer", "needs exactly one of `path`, `sealed` and `statement`")
        if self.attestation is not None and self.statement is not None:
            raise PydanticCustomError("handrail_pointer", "has an `attestation`, which goes with `path` or `sealed`")


class Answer(Record):
    """What the project declares about one control."""

    state: State
    summary: Text | None = None
    owner: Text | None = None
    reviewed_by: Text | None = None
    statement: Fingerprint | None = None
    due: Day | None = None
    justification: Text | None = None
    upstream: Key | None = Field(default=None, alias="from")
    evidence: tuple[Evidence, ...] = ()

    def _whole(self) -> None:
        from pydantic_core import PydanticCustomError

        if (self.state is State.INHERITED) != (self.upstream is not None):
            raise PydanticCustomError("handrail_from", "`from` goes with state `inherited`, and only with it")


class PackPin(Record):
    """A pack that the answers to its controls were written against."""

    version: Version | None = None
    digest: Sha256 | None = None


class CatalogPin(Record):
    """The catalog that the answers were written against, and the packs by their prefixes."""

    version: Version | None = None
    digest: Sha256 | None = None
    packs: dict[Id, PackPin] = {}


class Project(Record):
    """One shipped thing; `fictional` marks a worked example, and every report of it says so."""

    id: Key
    name: Text
    version: Text | None = None
    owner: Text | None = None
    summary: Text | None = None
    homepage: Text | None = None
    fictional: Flag = False


class Artifact(Record):
    """What evidence must speak of. `path` is where it lies in the project, if it does: a file, or a folder of files."""

    sha256: Sha256
    path: RelativePath | None = None


class UpstreamPointer(Record):
    """Another project's assessment that answers may be inherited from."""

    assessment: RelativePath
    sha256: Sha256
    signature: RelativePath | None = None


class Waiver(Record):
    """A time-limited choice to leave an open control open. `granted` and `expires` are inclusive UTC days."""

    control: Id
    reason: Text
    granted: Day
    expires: Day
    approved_by: Text


class Publish(Record):
    """The project's consent to a public page."""

    consent_by: Text
    date: Day


class Declaration(Record):
    """`handrail.yaml`. `attestors` are signers that only the project names; their word counts as documented at most."""

    handrail: FormatVersion
    catalog: CatalogPin = Field(default_factory=CatalogPin)
    project: Project
    organisation: RelativePath | None = None
    facts: Selector = {}
    artifacts: dict[Key, Artifact] = {}
    checklists: tuple[Key, ...] = ()
    controls: dict[Id, Answer] = {}
    upstream: dict[Key, UpstreamPointer] = {}
    attestors: dict[Key, Attestor] = {}
    waivers: tuple[Waiver, ...] = ()
    publish: Publish | None = None


class OrganisationInfo(Record):
    """Who gives the answers of an organisation file."""

    id: Key
    name: Text
    homepage: Text | None = None


class Organisation(Record):
    """`organisation.yaml`: answers to the controls of scope `organisation`, once for all projects."""

    handrail: FormatVersion
    catalog: CatalogPin = Field(default_factory=CatalogPin)
    organisation: OrganisationInfo
    controls: dict[Id, Answer] = {}
