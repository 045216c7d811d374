"""How whoever runs lint wants its rules weighed: louder, quieter, off.

Belongs here: which rules may be, and weighing what was found. Never here: where the wish comes from. It is never read
from the catalog: a change must not be able to turn off what judges it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handrail.catalog.lint import RULES
from handrail.source.codes import CODES, Severity
from handrail.source.diagnostics import Collector
from handrail.source.nearest import did_you_mean


class WeightRefused(Exception):  # noqa: N818 - an answer that the command line turns into its own
    """A rule may not be weighed so; the text says why, as a clause, and `option` which wish it was."""

    def __init__(self, option: str, why: str) -> None:
        self.option = option
        super().__init__(why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Codes that are told as errors, told as warnings, and not told; no code is in two of them."""

    error: frozenset[str] = frozenset()
    warn: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    @staticmethod
    def of(*, error: Iterable[str] = (), warn: Iterable[str] = (), off: Iterable[str] = ()) -> Weights:
        """Take codes or slugs, in any case.

        Raises:
            WeightRefused: there is no such rule, two wishes contradict each other, or the rule is a must.
        """
        given = {"--error": error, "--warn": warn, "--off": off}
        codes = {option: frozenset(_code(one, option) for one in names) for option, names in given.items()}
        for option, other in (("--warn", "--error"), ("--off", "--error"), ("--off", "--warn")):
            for code in sorted(codes[option] & codes[other]):
                raise WeightRefused(option, f"{code} is given to {other} too")
        for option in ("--warn", "--off"):
            for code in sorted(codes[option]):
                rule = RULES[code]
                if rule.must or (option == "--off" and rule.entry.severity is Severity.ERROR):
                    less = "it may be told as a warning (--warn)" if rule.mild else "it is an error for everyone"
                    raise WeightRefused(option, f"{code} ({rule.entry.slug}) cannot be turned {_TO[option]}: {less}")
        return Weights(error=codes["--error"], warn=codes["--warn"], off=codes["--off"])

    def weighed(self, found: Collector) -> Collector:
        """What was found, by these weights; what was not kept still counts as it did."""
        kept = found.sorted()
        made = Collector()
        for each in kept:
            if each.code in self.off:
                continue
            severity = Severity.ERROR if each.code in self.error else Severity.WARNING
            made.add(replace(each, override=severity) if each.code in self.error | self.warn else each)
        unlisted_errors = found.errors - sum(each.severity is Severity.ERROR for each in kept)
        made.count_unlisted(unlisted_errors)
        made.unlisted += found.unlisted - unlisted_errors
        return made


_TO = {"--warn": "down", "--off": "off"}


def _code(given: str, option: str) -> str:
    by_name = {rule.entry.slug: code for code, rule in RULES.items()} | {code.lower(): code for code in RULES}
    code = by_name.get(given.lower())
    if code is None:
        if given.upper() in CODES:
            raise WeightRefused(option, f"{given.upper()} is no rule of style: it is an error for everyone")
        near = did_you_mean(given, by_name)
        raise WeightRefused(option, f"there is no rule '{given}'{f'; {near}' if near else ''}")
    return code
