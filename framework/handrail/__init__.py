"""Principles-as-code for generative-AI child safety.

The names below are the public Python API; everything else may change between versions. Importing this package loads
none of them: each is loaded when it is first used.

    >>> from datetime import date
    >>> import handrail
    >>> checked = handrail.check("examples/aurora-image", as_of=date(2026, 11, 24))
    >>> isinstance(checked, handrail.Checked), isinstance(checked.assessment, handrail.Assessment)
    (True, True)
    >>> checked.assessment.summary.open_must[:2]
    ('SRC-03', 'SRC-04')
    >>> try:
    ...     handrail.check("no/such/project", as_of=date(2026, 11, 24))
    ... except handrail.InputError as error:
    ...     [(one.code, one.message) for one in error.diagnostics]
    [('HR006', 'no declaration found at `no/such/project`')]
"""

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself would cost more than all the rest here

if TYPE_CHECKING:
    from handrail.workspace.api import Assessment as Assessment
    from handrail.workspace.api import Catalog as Catalog
    from handrail.workspace.api import Checked as Checked
    from handrail.workspace.api import InputError as InputError
    from handrail.workspace.api import check as check
    from handrail.workspace.api import judge as judge
    from handrail.workspace.api import load_catalog as load_catalog
    from handrail.workspace.api import load_declaration as load_declaration
    from handrail.workspace.api import observe as observe
    from handrail.workspace.api_asked import explain as explain
    from handrail.workspace.api_asked import forecast as forecast
    from handrail.workspace.api_asked import load_assessments as load_assessments
    from handrail.workspace.api_asked import plan as plan
    from handrail.workspace.api_asked import progress as progress
    from handrail.workspace.api_asked import render as render

__all__ = [
    "Assessment",
    "Catalog",
    "Checked",
    "InputError",
    "check",
    "explain",
    "forecast",
    "judge",
    "load_assessments",
    "load_catalog",
    "load_declaration",
    "observe",
    "plan",
    "progress",
    "render",
]

if not TYPE_CHECKING:  # to a type checker it would say that every name is there

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from handrail.workspace import api, api_asked

        return getattr(api if name in api.__all__ else api_asked, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
