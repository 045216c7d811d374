"""Every bound this program puts on what it reads and shows, each with its reason.

Belongs here: numbers that stop hostile or mistaken input. Never here: judgements about a project
(how old evidence may be is a matter of the catalog). A limit is inclusive: a value equal to the
limit is accepted, one more is refused.
"""

from __future__ import annotations

KIB = 1024
MIB = 1024 * KIB

# YAML. A principle with its controls is a few KiB; 1 MiB is two hundred times that, and the worst
# file of that size that we could write is refused or read in under half a second.
YAML_BYTES = 1 * MIB

# Our deepest format has 9 levels. libyaml's own cost grows with the square of the nesting (200,000
# brackets take it a minute), so the reader must stop early, not at the end.
YAML_DEPTH = 32

# Long prose (a control's guidance) stays below 8 KiB; a larger scalar is data in the wrong place.
YAML_SCALAR_BYTES = 64 * KIB

# Keys, values and collections together. 1 MiB of `[a,a,...]` holds half a million; each costs
# about 200 bytes here, so this keeps one file below 50 MiB of memory.
YAML_NODES = 200_000

# Evidence that is read whole (the formats need it so). Beyond it, only the digest is streamed.
EVIDENCE_BYTES = 256 * MIB

# Files that a walk of one folder may meet. The largest control catalog we know has about 1,200
# controls; a folder of more files than this is a wrong path (a home folder, `/`).
PROJECT_FILES = 20_000

# Folders within folders that a walk goes down; a deeper tree is a wrong path or an attack.
FOLDER_DEPTH = 32

# Diagnostics printed in one run: more than anyone reads. The true total is always said.
DIAGNOSTICS_SHOWN = 100

# Diagnostics kept in memory for one file; the rest are only counted. A file of 200,000 mistakes
# must not cost more than reading it.
DIAGNOSTICS_KEPT = 1_000

# Columns of a source line shown around the caret; wider than most terminals are.
EXCERPT_COLUMNS = 120

# Characters of Markdown rendered as Markdown; longer text is shown as plain text, since the
# renderer's cost is not linear for every input.
MARKDOWN_CHARACTERS = 64 * KIB
