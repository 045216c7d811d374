"""Questions to a person at a terminal: a line of text, a choice by number or by word.

Belongs here: asking, reading the answer, asking again. Never here: what is asked and what becomes of the answer. All of
it goes to standard error, so that standard output stays free. An end of input and Ctrl-C are the caller's.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handrail.cli.messages import say

WIDEST, NARROWEST = 80, 30
"""Columns of a question: beyond, lines are hard to read; below, they break anyway."""

ROOM = 10
"""Columns that are kept for an answer beside its hint; else the hint stands above."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers: how it is called, and a line that explains it."""

    label: str
    help: str | None = None


def ask_text(
    question: str, *, help_: str, default: str | None = None, problem: Callable[[str], str | None]
) -> str | None:
    """Ask for a line of text until there is none wrong with it; None where it was left out.

    Args:
        question: what is asked.
        help_: what `?` shows.
        default: what Enter takes; no text lets it be left out, None insists on an answer.
        problem: says what is wrong with a text, as a clause.
    """
    say_wrapped(question)
    hint = f"[{default}]" if default else "(Enter leaves it out; ? explains)" if default == "" else "(? explains)"
    while True:
        answer = _read(hint)
        if answer == "?":
            say_wrapped(help_, indent="  ")
            continue
        answer = answer or default or ""
        wrong = problem(answer) if answer else None
        if wrong is None and (answer or default is not None):
            say("")
            return answer or None
        say_wrapped(f"That {wrong}." if answer else "An answer is needed; ? explains.", indent="  ")


def ask_choice(
    question: str,
    options: Mapping[str, Option],
    *,
    help_: str = "",
    default: Sequence[str] = (),
    many: bool = True,
    optional: str = "",
) -> tuple[str, ...]:
    """Ask for one or many of several options until the answer can be read.

    Args:
        question: what is asked; `help_` is a line below it.
        options: word -> option, in the order of their numbers.
        help_: one line that helps to answer.
        default: what Enter takes.
        many: several may be given, with commas or spaces between them.
        optional: what Enter does where there is no default, as a clause; without it an answer is needed.
    """
    say_wrapped(question)
    if help_:
        say_wrapped(help_)
    for number, (word, option) in enumerate(options.items(), 1):
        name = "" if option.label.lower().replace(" ", "-") == word else f" ({word})"
        say_wrapped(f"{option.label}{name}", indent=f"{number:>4}  ")
    how = "numbers or words" if many else "a number or a word"
    after = f" [{', '.join(default)}]" if default else f"; Enter {optional}" if optional else ""
    hint = f"({how}; ? explains{after})" if not default else f"({how}; ? explains){after}"
    while True:
        answer = _read(hint)
        if answer == "?":
            for option in options.values():
                say_wrapped(f"{option.label}: {option.help}" if option.help else option.label, indent="  ", hang=2)
            continue
        if not answer and (default or optional):
            say("")
            return tuple(default)
        chosen, unknown = _chosen(answer, options)
        if unknown is not None:
            say_wrapped(unknown, indent="  ")
        elif not chosen:
            say_wrapped("An answer is needed; ? explains.", indent="  ")
        elif len(chosen) > 1 and not many:
            say_wrapped("One of them, please.", indent="  ")
        else:
            say("")
            return chosen


def ask_yes(question: str) -> bool:
    """Ask for yes or no; Enter is yes."""
    say_wrapped(question)
    while True:
        answer = _read("[yes]").lower()
        for word in ("yes", "no"):
            if word.startswith(answer):
                say("")
                return word == "yes"
        say_wrapped("yes or no, please.", indent="  ")


def say_wrapped(text: str, *, indent: str = "", hang: int = 0) -> None:
    """Print a paragraph that fits the terminal; all lines but the first stand `hang` columns deeper."""
    later = " " * (len(indent) + hang)
    for line in textwrap.wrap(text, _width(), initial_indent=indent, subsequent_indent=later, break_on_hyphens=False):
        say(line)


def _width() -> int:
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def _read(hint: str) -> str:
    from handrail.source.escape import terminal

    beside = terminal(f"{hint} > ")
    if len(beside) + ROOM > _width():
        say_wrapped(hint)
        beside = "> "
    while True:
        sys.stderr.write(beside)
        sys.stderr.flush()
        try:
            answer = input().strip()
        except UnicodeDecodeError:
            say("  That is not text in this terminal's encoding.")
            continue
        return answer


def _chosen(answer: str, options: Mapping[str, Option]) -> tuple[tuple[str, ...], str | None]:
    """The options that an answer names, in their order; or a sentence about the first part that names none."""
    from handrail.source.nearest import did_you_mean

    words = list(options)
    names = {word.lower(): word for word in words} | {option.label.lower(): word for word, option in options.items()}
    names |= {str(number): word for number, word in enumerate(words, 1)}
    parts = [part.strip().lower() for part in answer.split(",") if part.strip()]
    parts = [word for part in parts for word in ([part] if part in names else part.split())]
    for part in parts:
        if part not in names:
            near = did_you_mean(part, names)
            return (), f"`{part}` is none of them{f'; {near}' if near else f' (1 to {len(words)})'}"
    taken = {names[part] for part in parts}
    return tuple(word for word in words if word in taken), None
