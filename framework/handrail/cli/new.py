"""`handrail new`: begin a principle, a control, a checklist, a reference or a steward in a catalog's folder.

Belongs here: options made of the table of questions, what is asked of a person, exit codes. Never here: the questions
themselves (`catalog.scaffold_rows`), the text that is written, and where.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handrail.catalog.scaffold_forms import Field, Form, Shape
from handrail.catalog.scaffold_rows_around import FORMS
from handrail.cli.options import day, day_or_today

if TYPE_CHECKING:
    from handrail.catalog.scaffold import Known

EXIT_INTERRUPTED = 130

_PRINCIPLE = Field(
    key="principle", path=(), wanted="", question="Which principle does it belong to?", shape=Shape.CHOICE
)
_METAVARS = {
    Shape.SELECTOR: "FACT=VALUE",
    Shape.CHOICES: "ID",
    Shape.KIND: "KIND",
    Shape.CHOICE: "WORD",
}
_NAMES = {"id": "id_"}
"""Names of parameters that are not those of their fields."""

_MANY = (Shape.SELECTOR, Shape.CHOICES)

FEW = 7
"""Words that the help of an option still lists."""


def register(app: typer.Typer) -> None:
    """Add the verbs, one for each form."""
    new = typer.Typer(
        name="new",
        help="Begin something new in a catalog: commented, with the next free id, and blanks that `lint` names.",
        no_args_is_help=True,
    )
    for form in FORMS.values():
        new.command(name=form.name)(_command(form))
    app.add_typer(new)


def _asked(form: Form) -> tuple[Field, ...]:
    """The fields that a person answers, those first without which nothing can be written."""
    fields = [field for field in form.fields if field.question]
    first = [_PRINCIPLE] if form.name == "control" else []
    needed = [field for field in fields if field.key in _needed(form)]
    return (*first, *needed, *(field for field in fields if field not in needed))


def _needed(form: Form) -> tuple[str, ...]:
    return {"control": ("principle",), "principle": ("id", "phase")}.get(form.name, ("id",))


def _command(form: Form) -> Callable[..., None]:
    """A verb whose options are the form's questions."""

    def run(catalog: Path | None, yes: bool, as_of: Any, **given: Any) -> None:
        try:
            answers = {field.key: given[_NAMES.get(field.key, field.key.replace("-", "_"))] for field in _asked(form)}
            _run(form, answers, catalog, yes, as_of)
        except (KeyboardInterrupt, EOFError):
            from handrail.cli.messages import say

            sys.stderr.write("\n")
            say("Stopped; nothing was written.")
            raise typer.Exit(EXIT_INTERRUPTED) from None

    run.__doc__ = f"""{form.title}.

    It goes {form.of}.

    Exit 2: nothing was written; 130: interrupted, and nothing was written.
    """
    parameters = list(_parameters(form))
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what typer reads its options from
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _parameters(form: Form) -> Iterator[inspect.Parameter]:
    for field in _asked(form):
        many = field.shape in _MANY
        of: Any = list[str] | None if many else str | None
        words = f" ({', '.join(field.options)})" if 0 < len(field.options) < FEW else ""
        said = f"{field.question}{words}"
        if field is _PRINCIPLE:
            info: Any = typer.Argument(metavar="[PRINCIPLE]", help=said)
        else:
            info = typer.Option(f"--{field.key}", metavar=_METAVARS.get(field.shape, "TEXT"), help=said)
        yield _parameter(_NAMES.get(field.key, field.key.replace("-", "_")), Annotated[of, info], None)
    catalog = typer.Option("--catalog", metavar="DIR", help="The catalog's folder (default: found from here upwards).")
    yield _parameter("catalog", Annotated[Path | None, catalog], None)
    yes = typer.Option("--yes", "-y", help="Ask nothing; what is not given is left blank.")
    yield _parameter("yes", Annotated[bool, yes], False)
    as_of = typer.Option("--as-of", parser=day, metavar="DATE", help="The day of writing (default: today).")
    yield _parameter("as_of", Annotated[Any, as_of], None)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=annotation)


def _run(form: Form, given: Mapping[str, Any], catalog: Path | None, yes: bool, as_of: Any) -> None:
    from handrail.catalog.propose import ProposalRefused, known_names, propose
    from handrail.cli.messages import say

    folder = catalog or _found()
    known = known_names(folder)
    asks = not yes and sys.stdin.isatty() and sys.stderr.isatty()
    answers = {"since": ".".join(known.version.split(".")[:2]), "reviewed-on": day_or_today(as_of).isoformat()}
    answers |= _given(form, given, known)
    if asks:
        _ask_the_rest(form, answers, known, folder)
    for key in _needed(form):
        if key not in answers:
            missing = next(field for field in _asked(form) if field.key == key)
            raise typer.BadParameter(f"say it: {missing.question}", param_hint=_flag(key))
    try:
        done = propose(folder, form, answers, known)
    except ProposalRefused as refused:
        raise typer.BadParameter(str(refused), param_hint=_flag(refused.key)) from None
    shown = folder / done.path if folder != Path() else done.path
    left = "no blank" if not done.blanks else f"{done.blanks} blank{'' if done.blanks == 1 else 's'}"
    say(f"Wrote {shown}:{done.line}: {form.name} {done.id}, with {left}.")
    where = "" if folder == Path() else f" {folder}"
    todo = "write what the dots ask for; " if done.blanks else ""
    say(f"Next: {todo}`handrail lint{where}` names {'each blank and ' if done.blanks else ''}what is not right yet.")


def _found() -> Path:
    """The nearest folder, this one or above, that holds a catalog."""
    from handrail.source.diagnostics import Diagnostic, InputError

    here = Path.cwd()
    for above in (here, *here.parents):
        if (above / "principles" / "catalog.yaml").is_file():
            return Path() if above == here else above
    said = "neither this folder nor one above it holds a catalog"
    raise InputError([Diagnostic("HR200", said, help="name the folder that holds `principles/` with `--catalog`")])


def _given(form: Form, given: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """What the options say, each word looked up."""
    answers: dict[str, Any] = {}
    for field in _asked(form):
        value = given.get(field.key)
        if not value:
            continue
        value = value.upper() if field is _PRINCIPLE else value
        options = _options(field, known)
        if field.shape is Shape.SELECTOR:
            answers[field.key] = _selector(value, known)
            continue
        for word in (value if field.shape in _MANY else [value]) if options else ():
            if word not in options:
                raise typer.BadParameter(f"there is no '{word}'; {_near(word, options)}", param_hint=_flag(field.key))
        answers[field.key] = value
    return answers


def _options(field: Field, known: Known) -> Mapping[str, str]:
    """Every answer there is; none where any text is one."""
    if field is _PRINCIPLE:
        return known.principles
    return known.options(field.known) if field.known else field.options


def _near(word: str, options: Iterable[str]) -> str:
    from handrail.source.nearest import did_you_mean

    return did_you_mean(word, options) or f"there are: {', '.join(options)}"


def _selector(given: list[str], known: Known) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for one in given:
        name, _, value = one.partition("=")
        if name not in known.facts:
            raise typer.BadParameter(
                f"there is no fact '{name}'; {_near(name, known.facts)}", param_hint="--applies-when"
            )
        if value not in known.facts[name]:
            near = _near(value, known.facts[name])
            raise typer.BadParameter(f"'{name}' has no '{value}'; {near}", param_hint="--applies-when")
        chosen.setdefault(name, []).append(value)
    return chosen


def _flag(key: str) -> str:
    return "PRINCIPLE" if key == "principle" else f"--{key}"


# ---- at a terminal


def _ask_the_rest(form: Form, answers: dict[str, Any], known: Known, folder: Path) -> None:
    from handrail.cli.prompts import say_wrapped

    say_wrapped(f"{form.title}. It goes {form.of}, in {folder.resolve()}.")
    say_wrapped(
        "Enter leaves a blank, or takes what stands in brackets; ? explains; Ctrl-C stops with nothing written."
    )
    sys.stderr.write("\n")
    for field in _asked(form):
        if field.key in answers or field.shape is Shape.MARKDOWN:
            continue  # a text of several lines is written in an editor
        value = _ask(field, form, known)
        if value:
            answers[field.key] = value


def _ask(field: Field, form: Form, known: Known) -> Any:
    from handrail.catalog.propose import problem_of
    from handrail.cli.prompts import Option, ask_choice, ask_text

    needed = field.key in _needed(form)
    options = {word: Option(label or word) for word, label in _options(field, known).items()}
    if field.shape is Shape.SELECTOR:
        return _ask_selector(field, known)
    if field.shape is Shape.CHOICES:
        text = ask_text(
            f"{field.question} Their ids, with commas.",
            help_=field.wanted,
            default="",
            problem=lambda given: _unknown(given, options),
        )
        return [one.strip() for one in text.split(",") if one.strip()] if text else None
    if options:
        default = (field.default,) if field.default else ()
        chosen = ask_choice(
            field.question, options, default=default, many=False, optional="" if needed else "leaves it open"
        )
        return chosen[0] if chosen else None
    help_ = f"{field.wanted[:1].upper()}{field.wanted[1:]}."
    if needed:
        return ask_text(field.question, help_=help_, problem=lambda given: problem_of(form, given, known))
    return ask_text(field.question, help_=help_, default="", problem=lambda _: None)


def _unknown(given: str, options: Mapping[str, Any]) -> str | None:
    for one in given.split(","):
        if one.strip() and one.strip() not in options:
            return f"names `{one.strip()}`, which is not there"
    return None


def _ask_selector(field: Field, known: Known) -> dict[str, list[str]]:
    from handrail.cli.prompts import Option, ask_choice

    names = {name: Option(name) for name in known.facts}
    facts = ask_choice(f"{field.question} By which facts?", names, optional="means everyone")
    return {
        fact: list(
            ask_choice(f"Which values of {fact}?", {key: Option(label) for key, label in known.facts[fact].items()})
        )
        for fact in facts
    }
