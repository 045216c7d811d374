"""The words of handrail as frozen types.

Belongs here: what a catalog, a declaration, an observation and an assessment *are*: enums, records, the table of
evidence kinds, the limits. Never here: reading files, judging, printing. Imports nothing of ours.
"""
