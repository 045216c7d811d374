"""The command line: arguments in, calls, exit code out.

Belongs here: one file per group of verbs. Never here: rules, parsing of files, sentences about findings.
Exit codes: 0 clean, 1 open controls at the gate or error findings, 2 input or usage, 3 our own error.
"""

from __future__ import annotations

from handrail.cli.app import main

__all__ = ["main"]
