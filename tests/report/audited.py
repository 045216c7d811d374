"""A project for an auditor: every way to be in or out of a report, in one small catalog.

Belongs here: hand-built inputs and the two reports made of them. Never here: an assertion.
"""

from __future__ import annotations

from dataclasses import replace

from handrail.assess.applicability import Applicability, public_statement, statement_of_applicability
from handrail.assess.assess import Subject, assess
from handrail.assess.project import project_publicly
from handrail.assess.requests import Request, public_requests, requests
from handrail.model.bundle import Bundle
from handrail.model.declaration import Organisation
from handrail.model.observation import UpstreamReading
from handrail.report import applicability as statement_report
from handrail.report import requests as requests_report
from handrail.report.auditor import AuditorInput
from handrail.report.sheet import Sheet
from tests.report.small import ACT, AS_OF, DIGEST, SEALED, Project, bundle_of, control, done, seen

LATER = {**ACT, "from": "2027-03-01"}


def _catalog() -> Bundle:
    na = {"not_applicable": "true"}
    made = bundle_of(
        control("INN-01", "In", applies_when={"role": ["model-developer", "model-host"], "users": ["few"]}),
        control("INN-02", "In by the organisation", scope="organisation", allow=na),
        control("INN-03", "In as law asks", level="should", escalates=[ACT]),
        control("INN-04", "In, and law will ask", level="should", escalates=[LATER], requires=["REQ-01"]),
        control("INN-05", "In at a lower level"),
        control("INN-06", "In, though declared not applicable"),
        control("INN-07", "In, and inherited", evidence={"record": "document", "other": "document"}),
        control("INN-08", "In, and waived", disclosure="principle"),
        control("INN-09", "In, and counted", disclosure="principle", allow=na),
        control("OUT-01", "Out by a fact", applies_when={"modality": ["text"]}),
        control("OUT-02", "Out unless", unless={"role": ["model-developer"], "modality": ["image", "text"]}),
        control("OUT-03", "Out by declaration", allow=na),
        control("OUT-04", "Left out by the list"),
        control("OUT-05", "Out as a draft", status="draft"),
        control("OUT-06", "Out as retired", status="retired", replaced_by="INN-01"),
        control("REQ-01", "Required", evidence={"log": {"kind": "sealed-record", "handling": "sealed"}}),
        control("ELS-01", "Elsewhere", escalates=[ACT]),
        phases={"OUT": "deploy", "REQ": "throughout", "ELS": "maintain"},
    )
    data = made.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["checklists"] = [
        {
            "checklist": {"id": "ours", "title": "Ours", "introduction": "."},
            "selects": {
                "principles": ["INN", "OUT"],
                "exclude": [{"control": "OUT-04", "reason": "It is for makers of hardware."}],
            },
            "set": {"INN-05": {"level": "should", "because": "Small projects cannot."}},
        }
    ]
    return Bundle.model_validate(data)


AUDITED_CATALOG = _catalog()

AUDITED = Project(
    checklists=("ours",),
    facts={"role": ["model-developer"], "jurisdiction": ["eu"], "modality": ["image"]},
    controls={
        "INN-01": {**done("record"), "owner": "SECRET-OWNER"},
        "INN-03": done("record"),
        "INN-04": {"state": "planned"},
        "INN-06": {"state": "not-applicable", "justification": "SECRET-JUSTIFICATION"},
        "INN-07": {"state": "inherited", "from": "base", "evidence": [{"for": "other", "path": "other.md"}]},
        "INN-08": {"state": "partial", "owner": "SECRET-OWNER"},
        "INN-09": {"state": "not-applicable", "justification": "SECRET-JUSTIFICATION"},
        "OUT-03": {"state": "not-applicable", "justification": "SECRET-JUSTIFICATION"},
        "REQ-01": {"state": "implemented", "evidence": [SEALED], "owner": "SECRET-OWNER"},
    },
    seen={
        "INN-01": {"record": seen()},
        "INN-03": {"record": seen("mismatched")},
        "INN-07": {"other": seen(valid_until="2027-01-31")},
        "REQ-01": {"log": seen(kind="sealed-record", tier="claimed")},
    },
    waivers=(
        {
            "control": "INN-08",
            "reason": "SECRET-REASON",
            "granted": "2026-09-01",
            "expires": "2027-03-01",
            "approved_by": "SECRET-APPROVER",
        },
    ),
)

_ORGANISATION = Organisation.model_validate(
    {
        "handrail": "1",
        "catalog": {"digest": DIGEST},
        "organisation": {"id": "org", "name": "Org"},
        "controls": {"INN-02": {"state": "not-applicable", "justification": "SECRET-JUSTIFICATION"}},
    }
)

_BASE = UpstreamReading.model_validate(
    {"project": "base-model", "as_of": "2026-10-01", "digest_ok": "true", "signature": "good", "findings": {}}
)


def subject_of(project: Project) -> Subject:
    """What is judged; the organisation answers INN-02."""
    return Subject(
        declaration=project.declaration(),
        organisation=_ORGANISATION,
        observations=project.observations(),
        upstream={"base": _BASE},
    )


def statement(
    project: Project = AUDITED, bundle: Bundle = AUDITED_CATALOG, *, public: bool = False
) -> AuditorInput[Applicability]:
    """The statement of applicability of a project."""
    subject = subject_of(project)
    assessment = assess(bundle, DIGEST, subject, as_of=AS_OF)
    rows = statement_of_applicability(assessment, bundle, subject)
    if public:
        rows = public_statement(rows, project_publicly(assessment, bundle, subject.declaration))
    return AuditorInput(rows=rows, assessment=assessment, bundle=bundle, public=public)


def asked_for(
    project: Project = AUDITED, bundle: Bundle = AUDITED_CATALOG, *, public: bool = False
) -> AuditorInput[Request]:
    """What a reviewer would ask to see of a project."""
    subject = subject_of(project)
    assessment = assess(bundle, DIGEST, subject, as_of=AS_OF)
    if public:
        rows = public_requests(assessment, bundle, project_publicly(assessment, bundle, subject.declaration))
    else:
        rows = requests(assessment, bundle, subject)
    return AuditorInput(rows=rows, assessment=assessment, bundle=bundle, public=public)


SHEET = Sheet(width=80)

NAMES = tuple(
    f"{report}{who}.{name}"
    for report in ("applicability", "requests")
    for who in ("", ".public")
    for name in ("text", "markdown", "csv", "json")
)
"""Every output: report, for whom, format."""


def output(name: str, project: Project = AUDITED, bundle: Bundle = AUDITED_CATALOG, *, sheet: Sheet = SHEET) -> str:
    """One of `NAMES`."""
    report, *who, format_ = name.split(".")
    if report == "applicability":
        return statement_report.FORMATS[format_](replace(statement(project, bundle, public=bool(who)), sheet=sheet))
    return requests_report.FORMATS[format_](replace(asked_for(project, bundle, public=bool(who)), sheet=sheet))
