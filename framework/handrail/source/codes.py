"""The one table of diagnostic codes: the union of the ranges, each kept in a file of its own.

| range | subject | file |
|---|---|---|
| HR0xx, HR9xx | files, encoding, YAML syntax; our own errors | `codes_files.py` |
| HR1xx | the schema of a file | `codes_schema.py` |
| HR2xx | references, graph, lint of the catalog | `codes_catalog.py` |
| HR3xx, HR4xx, HR5xx | declarations, evidence, site and output | `codes_project.py` |

Never here: an entry.
"""

from __future__ import annotations

from handrail.source.code import Code, Severity
from handrail.source.codes_catalog import CATALOG_CODES
from handrail.source.codes_files import FILE_CODES
from handrail.source.codes_project import PROJECT_CODES
from handrail.source.codes_schema import SCHEMA_CODES

__all__ = ["CODES", "Code", "Severity"]

_ALL = (*FILE_CODES, *SCHEMA_CODES, *CATALOG_CODES, *PROJECT_CODES)

CODES: dict[str, Code] = {entry.code: entry for entry in sorted(_ALL, key=lambda e: e.code)}

if len(CODES) != len(_ALL):
    _seen = [entry.code for entry in _ALL]
    raise AssertionError(f"codes given twice: {sorted({c for c in _seen if _seen.count(c) > 1})}")
