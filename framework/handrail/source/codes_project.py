"""The codes of HR3xx to HR5xx: declarations, waivers, evidence, site and output.

Belongs here: one entry per code with all its texts. Never here: the rule that finds the defect.
"""

from __future__ import annotations

from handrail.source.code import Code, Severity

PROJECT_CODES: tuple[Code, ...] = (
    Code(
        code="HR301",
        slug="unknown-answered-control",
        title="An answer or a waiver names a control that the catalog does not have.",
        why="An answer to nothing would be lost in silence, and the control that was meant would read as not answered.",
        example="controls:\n  SRC-3: {state: implemented}",
        instead="controls:\n  SRC-03: {state: implemented}",
    ),
    Code(
        code="HR302",
        slug="unknown-declared-fact",
        title="A declared fact is not in the catalog's vocabulary.",
        why="Facts decide which controls apply. A fact that nobody reads would put nothing in or out of scope.",
        example="facts: {modalities: [image]}",
        instead="facts: {modality: [image]}",
    ),
    Code(
        code="HR303",
        slug="unknown-declared-value",
        title="A declared fact has a value that the vocabulary does not have.",
        why="A value that no selector can match would quietly put controls out of scope.",
        example="facts: {modality: [images]}",
        instead="facts: {modality: [image]}",
    ),
    Code(
        code="HR304",
        slug="one-value-fact",
        title="A fact that takes one value is given several.",
        why="The values exclude each other, so the project's scope would be ambiguous.",
        example="facts: {messaging: [none, e2ee]}",
        instead="facts: {messaging: e2ee}",
    ),
    Code(
        code="HR305",
        slug="unknown-chosen-checklist",
        title="The declaration chooses a checklist that the catalog does not have.",
        why="Without it nobody can tell which controls the project means to answer.",
        example="checklists: [model-developers]",
        instead="checklists: [model-developer]",
    ),
    Code(
        code="HR306",
        slug="unknown-asked-requirement",
        title="A piece of evidence is given for a requirement that the control does not have.",
        why="It would count for nothing, and the requirement that was meant would read as missing.",
        example="evidence:\n  - {for: screen, path: evidence/screening.json}",
        instead="evidence:\n  - {for: screening, path: evidence/screening.json}",
    ),
    Code(
        code="HR307",
        slug="waiver-ends-before-it-begins",
        title="A waiver expires before the day on which it is granted.",
        why="It can never hold, so one of the two days is a slip.",
        example="waivers:\n  - {control: PRV-03, granted: 2026-09-01, expires: 2026-03-01, ...}",
        instead="waivers:\n  - {control: PRV-03, granted: 2026-09-01, expires: 2027-03-01, ...}",
    ),
    Code(
        code="HR308",
        slug="waiver-too-long",
        title="A control is waived for more than 366 days in all.",
        why="A waiver is a short, dated choice. One that is renewed for ever is a control that is not done.",
        example="waivers:\n  - {control: PRV-03, granted: 2026-09-01, expires: 2036-09-01, ...}",
        instead="waivers:\n  - {control: PRV-03, granted: 2026-09-01, expires: 2027-03-01, ...}",
    ),
    Code(
        code="HR309",
        slug="waiver-approved-by-owner",
        title="A waiver is approved by the owner of the control.",
        why="Leaving a control open is a second person's decision.",
        example="controls:\n  PRV-03: {state: planned, owner: research}\nwaivers:\n  - {control: PRV-03, "
        "approved_by: research, ...}",
        instead="controls:\n  PRV-03: {state: planned, owner: research}\nwaivers:\n  - {control: PRV-03, "
        "approved_by: safety-office, ...}",
    ),
    Code(
        code="HR310",
        slug="not-waivable",
        title="A waiver names a control that the catalog does not let be waived.",
        why="A few controls are the ground under the rest; the catalog marks them `waive: false`.",
        example="waivers:\n  - {control: TST-02, ...}",
        instead="controls:\n  TST-02: {state: planned, due: 2027-01-15}",
    ),
    Code(
        code="HR311",
        slug="unknown-upstream",
        title="An inherited answer names an upstream that the declaration does not have.",
        why="What is inherited must be read from an assessment, and none is named.",
        example="controls:\n  SRC-03: {state: inherited, from: base}",
        instead="upstream:\n  base: {assessment: upstream/base.json, sha256: ...}\ncontrols:\n  SRC-03: {state: "
        "inherited, from: base}",
    ),
    Code(
        code="HR312",
        slug="retired-control",
        severity=Severity.WARNING,
        title="The declaration answers a control that is retired.",
        why="A retired control is no longer judged. Its id is kept, and is never used for another one.",
        example="controls:\n  SRC-08: {state: implemented}",
        instead="controls:\n  GOV-03: {state: implemented}",
    ),
    Code(
        code="HR313",
        slug="not-an-organisation-answer",
        title="An organisation file answers a control that each project must answer for itself.",
        why="What is true of one model, dataset or service says nothing about the next.",
        example="organisation: {id: acme, name: Acme}\ncontrols:\n  TST-03: {state: implemented}",
        instead="organisation: {id: acme, name: Acme}\ncontrols:\n  GOV-01: {state: implemented}",
    ),
    Code(
        code="HR314",
        slug="other-catalog-version",
        title="The answers were written for another version of the catalog.",
        why="A pin of `1.0` accepts every later 1.x; another first number may have changed what the words mean.",
        example='catalog: {version: "2.0"}',
        instead='catalog: {version: "1.0"}',
    ),
    Code(
        code="HR315",
        slug="unusable-key",
        title="The key of an attestor cannot be used.",
        why="A signature that no key can check would count for nothing, in silence. Keys are Ed25519 or ECDSA over "
        "P-256, the public half, in PEM.",
        example="attestors:\n  example-lab: {name: Example Lab, since: 2026-01-01, public_key: 3f2a...}",
        instead="attestors:\n  example-lab:\n    name: Example Lab\n    since: 2026-01-01\n    public_key: |\n"
        "      -----BEGIN PUBLIC KEY-----\n      ...\n      -----END PUBLIC KEY-----",
    ),
    Code(
        code="HR316",
        slug="pack-not-given",
        title="The answers were written for a pack that is not among the catalogs given.",
        why="A pack asks for more than the catalog. Left out without a word, it would make a report look better.",
        example="handrail check",
        instead="handrail check --catalog ../acme-pack",
    ),
    Code(
        code="HR401",
        slug="undeclared-content",
        severity=Severity.WARNING,
        title="A file beside the evidence is declared by no answer and looks like content.",
        why="Prompts, outputs, pictures, conversations and lists of hashes must not be in the tree, even by accident. "
        "Only the first 64 KiB are looked at, and nothing of them is kept or shown.",
        example="evidence/testing/findings.csv    # declared\nevidence/testing/run.jsonl       # prompts and outputs",
        instead="evidence/testing/findings.csv    # declared; the run is kept elsewhere, and `sealed` points at it",
    ),
    Code(
        code="HR402",
        slug="evidence-outside",
        title="A file to be added as evidence does not lie in the project.",
        why="Evidence is opened only beneath the folder of the file that names it, so that a check never reads the "
        "rest of a machine and gives the same result on another one.",
        example="handrail evidence add SRC-02 ~/Downloads/excluded.csv",
        instead="cp ~/Downloads/excluded.csv evidence/\nhandrail evidence add SRC-02 evidence/excluded.csv",
    ),
    Code(
        code="HR403",
        slug="sealed-inside",
        title="A file to be sealed, or the nonce of one, would lie in the project.",
        why="Sealed means that the material is never in the tree: what is there is copied, published and kept in the "
        "history of the repository. With the nonce anyone could try out what was sealed.",
        example="handrail evidence seal evidence/log.csv --control SRC-03 --custodian 'Trust and Safety'",
        instead="mv evidence/log.csv /vault/\n"
        "handrail evidence seal /vault/log.csv --control SRC-03 --custodian 'Trust and Safety'",
    ),
    Code(
        code="HR404",
        slug="cannot-edit",
        title="A declaration cannot be changed in place without touching other lines of it.",
        why="Comments, order and layout are yours. Where only a part of the change could be made for certain, nothing "
        "is changed and the lines to add are shown.",
        example="{handrail: 1, controls: {SRC-02: {state: implemented}}}",
        instead="handrail: 1\ncontrols:\n  SRC-02:\n    state: implemented",
    ),
    Code(
        code="HR405",
        slug="record-damaged",
        title="A record of the history is not what `check --record` wrote.",
        why="A record that was changed by hand, cut off or put in another place says what no check has found. It "
        "counts for nothing, and the days around it still do.",
        example=".handrail/history/aurora/2026-11-24.json    # the assessment of another day",
        instead="rm .handrail/history/aurora/2026-11-24.json",
    ),
    Code(
        code="HR501",
        slug="cannot-write",
        title="An output could not be written.",
        why="Outputs are written whole or not at all; what was there before is untouched.",
        example="handrail check --output json=/no/such/folder/report.json",
        instead="handrail check --output json=report.json",
    ),
    Code(
        code="HR502",
        slug="site-engine-missing",
        title="The site cannot be built, because the extra `site` is not installed.",
        why="The site engine is large, and `check` does not need it.",
        example="pip install handrail && handrail site build",
        instead='pip install "handrail[site]" && handrail site build',
    ),
    Code(
        code="HR503",
        slug="released-already",
        title="The catalog's version has been released before.",
        why="Answers are tied to the texts of a release. One that changed later would change what they mean.",
        example="handrail bundle --release    # version 1.0.0, which releases.yaml lists",
        instead='catalog: {version: "1.1.0", ...}\n\nhandrail bundle --release',
    ),
    Code(
        code="HR504",
        slug="site-broken",
        title="The site was not built, or was built and is not whole.",
        why="A page that a reader cannot reach, or a link that leads nowhere, makes a publication untrustworthy.",
        example="guidance: |\n  See [the next control](SRC-99.html).",
        instead="guidance: |\n  See SRC-04.",
    ),
    Code(
        code="HR505",
        slug="signing-missing",
        title="Signatures can be neither made nor checked, because the extra `signing` is not installed.",
        why="An assessment whose signature cannot be checked counts as not signed, and evidence that rests on a "
        "signature as not shown; neither is ever taken to hold.",
        example="pip install --no-deps handrail && handrail verify report.md.dsse.json --key pub.pem",
        instead='pip install "handrail[signing]" && handrail verify report.md.dsse.json --key pub.pem',
    ),
    Code(
        code="HR506",
        slug="git-missing",
        title="A git revision cannot be read, because the extra `git` is not installed.",
        why="Nothing here starts another program, not even git; the extra reads its objects. A saved file needs none.",
        example="pip install handrail && handrail check --changed-since main",
        instead='pip install "handrail[git]" && handrail check --changed-since main',
    ),
    Code(
        code="HR507",
        slug="revision-unknown",
        title="A git revision does not exist, cannot be read or holds too much.",
        why="The files are read from the repository that the folder lies in. A shallow clone, as CI makes it, lacks "
        "most revisions.",
        example="git clone --depth 1 ... && handrail check --changed-since HEAD~1",
        instead="git fetch --unshallow && handrail check --changed-since HEAD~1",
    ),
    Code(
        code="HR508",
        slug="messages-refused",
        title="The site's messages in a language are not there, or one of them cannot be used.",
        why="A message is a piece of a page. One that has other tags, names or marks than its source would make "
        "another page of it.",
        example='msgid "Rests on %(name)s"\nmsgstr "Ruht auf %(nam)s"',
        instead='msgid "Rests on %(name)s"\nmsgstr "Ruht auf %(name)s"',
    ),
)
