"""`register`: a dated table, as CSV or in Markdown.

| what is there | verdict |
|---|---|
| every column, filled and dated in every row, at least `min_rows` rows | shown |
| at least one column and one row; a column, cell, date or row is lacking | partial |
| a table without rows, or without any of the columns | unreadable |
| no table, a malformed one (a row longer than its heading row, a column twice), too large, no UTF-8 | unreadable |

A table cannot contradict: a cell that is empty says nothing. Documented if every row has a date, else claimed. The
date is the latest row's.
"""

from __future__ import annotations

from handrail.evidence.plugin import Given, Seen, listed, shown, unreadable
from handrail.evidence.table import read_table
from handrail.evidence.values import day, filled, folded
from handrail.model.terms import Assurance

KIND = "register"


def examine(given: Given) -> Seen:
    """Say whether the columns are there and every row is filled and dated."""
    date_column = given.parameters.text("date_column")
    asked = {folded(name): name for name in (*given.parameters.texts("columns"), date_column)}
    table = read_table(given.data or b"", given.suffix, asked)
    if table is None:
        return unreadable("The file holds no well-formed table (.csv or .md) with any of the columns asked for.")
    places = [place for place, name in enumerate(table.columns) if name in asked]
    if len(places) != len({table.columns[place] for place in places}):
        return unreadable("A column asked for is there twice.")
    if not table.rows:
        return unreadable("The table has no rows.")
    lacking = []
    absent = [name for key, name in asked.items() if key not in table.columns]
    if absent:
        lacking.append(f"Without a column: {listed(absent)}.")
    bare = [asked[table.columns[place]] for place in places if not all(filled(row[place]) for row in table.rows)]
    if bare:
        lacking.append(f"Not filled in every row: {listed(bare)}.")
    dating = table.columns.index(folded(date_column)) if folded(date_column) in table.columns else None
    days = [day(row[dating]) if dating is not None else None for row in table.rows]
    if None in days:
        lacking.append(f"Not every row has a date (YYYY-MM-DD) in the column {listed([date_column])}.")
    least = given.parameters.count("min_rows")
    if len(table.rows) < least:
        lacking.append(f"The table has fewer than {least} rows.")
    return shown(
        "Every column asked for is filled and dated in every row.",
        lacking,
        tier=Assurance.CLAIMED if None in days else Assurance.DOCUMENTED,
        date=max((one for one in days if one is not None), default=None),
    )
