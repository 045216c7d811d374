"""The codes of HR28x: what a pack may say beside a catalog.

Belongs here: one entry per code with all its texts. Never here: the rule that finds the defect.
"""

from __future__ import annotations

from handrail.source.code import Code

PACK_CODES: tuple[Code, ...] = (
    Code(
        code="HR280",
        slug="foreign-prefix",
        title="A name in a pack does not begin with the pack's prefix.",
        why="The prefix tells whose a control is, and keeps a later version of the catalog, or of another pack, from "
        "giving the same name.",
        example="# pack.yaml: {prefix: ACME}\nprinciple: {id: OPS}",
        instead="# pack.yaml: {prefix: ACME}\nprinciple: {id: ACME-OPS}",
    ),
    Code(
        code="HR281",
        slug="prefix-taken",
        title="Two packs have one prefix, or a pack has that of the catalog's own ids.",
        why="An answer names a control by its id alone. Two packs with one prefix would share answers.",
        example="pack: {prefix: SRC}",
        instead="pack: {prefix: ACME}",
    ),
    Code(
        code="HR282",
        slug="shadowed-id",
        title="A pack gives an id that the catalog has.",
        why="A pack that could put its own text in the place of the catalog's could make any duty vanish.",
        example="controls:\n  - id: SRC-03",
        instead="overlays:\n  - {control: SRC-03, level: must, because: ...}",
    ),
    Code(
        code="HR283",
        slug="weakens-base",
        title="A pack asks for less than the catalog does.",
        why="Whoever reads a report by the catalog may rely on everything that the catalog asks, whatever packs were "
        "used with it.",
        example="overlays:\n  - {control: SRC-03, max_age: P365D, because: ...}",
        instead="overlays:\n  - {control: SRC-03, max_age: P90D, because: ...}",
    ),
    Code(
        code="HR284",
        slug="pack-depends",
        title="What a pack depends on is not there, or in a version that it is not for.",
        why="A pack speaks of another catalog's controls. It was written by someone who read one version of them.",
        example="depends: {catalog: {id: handrail, from: '0.9'}}",
        instead="depends: {catalog: {id: handrail, from: '1.0'}}",
    ),
    Code(
        code="HR285",
        slug="overlay-target",
        title="An overlay speaks of a control or a requirement that the catalog does not have.",
        why="It would ask for nothing, while the reader thinks that it does.",
        example="overlays:\n  - {control: SRC-3, level: must, because: ...}",
        instead="overlays:\n  - {control: SRC-03, level: must, because: ...}",
    ),
    Code(
        code="HR286",
        slug="pack-ring",
        title="A pack depends on itself, by way of others.",
        why="None of the packs on such a ring could be read, linted or released without the others.",
        example="# a/pack.yaml\ndepends: {packs: {BETA: {from: '1.0'}}}\n"
        "# b/pack.yaml\ndepends: {packs: {ACME: {from: '1.0'}}}",
        instead="# a/pack.yaml\ndepends: {packs: {BETA: {from: '1.0'}}}\n# b/pack.yaml\ndepends: {packs: {}}",
    ),
    Code(
        code="HR287",
        slug="two-bases",
        title="Two whole catalogs are named for one run.",
        why="A project is judged by one catalog, and by packs that add to it. Two catalogs could answer otherwise for "
        "the same id.",
        example="handrail check --catalog one --catalog two",
        instead="handrail check --catalog one --catalog pack",
    ),
)
