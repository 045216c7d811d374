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

# Sample outputs in one folder. The catalog asks for five; each takes about two milliseconds and its own length.
SAMPLES = 1_000

# A sample is a picture or a short clip. The library that reads it holds some formats in memory twice.
SAMPLE_BYTES = 64 * MIB

# Reads and seeks of that library in one sample: about a hundred for a picture, twelve for each box of a video. Its time
# grows with the square of the boxes, and an empty one has eight bytes: this many calls keep it below half a second.
SAMPLE_CALLS = 50_000

# Content credentials may be compressed; unpacked, one with its thumbnail is some hundred KiB.
MANIFEST_MIB = 16

# Read at once from a file that is streamed: more makes it no faster, and each costs a few times its size.
PIECE_BYTES = 256 * KIB

# A line of a report, or one value of it: a prompt and its answers are some KiB. Parsed, the worst line of this length
# (empty lists) takes 100 MiB.
REPORT_LINE_BYTES = 4 * MIB

# Logs of tools nest arguments of calls in calls; the deepest of the samples we know has 13 levels.
REPORT_DEPTH = 100

# Attempts of one report whose ids are told apart, 70 bytes each. The largest runs have tens of thousands.
REPORT_ATTEMPTS = 500_000

# Rules of one run of an analyser; the largest rule sets have a few thousand.
REPORT_RULES = 20_000

# The longest scalar of a report that answers anything is a date or a digest with its prefix.
KEPT_CHARACTERS = 256

# Members of one object that are kept: scorers of a sample are a handful.
KEPT_MEMBERS = 1_000
