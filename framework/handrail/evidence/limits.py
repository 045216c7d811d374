"""Bounds on the content of evidence, each with its reason.

Belongs here: numbers that only readers of evidence need. Never here: bounds shared with other rooms (`model.limits`)
and amounts that a catalog asks for. A limit is inclusive.
"""

from __future__ import annotations

from handrail.model.limits import KIB, MIB

# A policy of two hundred pages is about 600 KiB of text; more is not something that people agreed on and follow.
TEXT_BYTES = 1 * MIB

# A register kept by people has hundreds of rows; more is a log, which belongs in `metrics` or a sealed record.
TABLE_ROWS = 10_000

# The widest register that the catalog asks for has 8 columns.
TABLE_COLUMNS = 100

# A cell holds a name, a date or a sentence.
CELL_CHARACTERS = 4 * KIB

# The longest JMESPath of the catalog has 25 characters. The compiler recurses, so length bounds its depth.
PATH_CHARACTERS = 256

# TOML's parser takes time in the square of the parts of a dotted key; nobody writes 10.
DOTTED_KEY_PARTS = 32

# RFC 9116 and CODEOWNERS lines are short; matching an address stays cheap on any line of this length.
CONTACT_LINE_CHARACTERS = 2 * KIB

# Lines below the front matter in which a document may name its owner and date: the first screen of it.
TOP_LINES = 30
