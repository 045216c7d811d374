"""One file per kind of evidence, imported when the kind is first used.

Belongs here: `KIND` and `examine(given) -> Seen` of a built-in kind, with its decision table. Never here: opening
files, digests, the date rule (`observe`).
"""
