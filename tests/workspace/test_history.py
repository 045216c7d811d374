"""The history of a project: one whole record a day, whoever writes at the same time, and nothing through a link."""

from __future__ import annotations

import multiprocessing
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from handrail.model.assessment import Assessment, ProjectRef
from handrail.report.canonical import to_json
from handrail.source.diagnostics import Collector, InputError, Severity
from handrail.workspace import history
from handrail.workspace.history import HISTORY, record, record_of, record_path, recorded, recorded_days
from tests.report.small import AS_OF, CATALOG, FIRST_RUN

RUN = FIRST_RUN.assessment(CATALOG)


def run_of(project: str = "mine", day: date = AS_OF, version: str = "1") -> Assessment:
    return RUN.model_copy(
        update={"project": ProjectRef(id=project, name="Mine", version=version), "as_of": day, "checklists": ()}
    )


def test_what_was_recorded_is_read_back_by_day(tmp_path: Path) -> None:
    days = [AS_OF + timedelta(days) for days in (3, 0, 1)]
    for day in days:
        record(tmp_path, run_of(day=day))
    assert recorded(tmp_path, "mine") == tuple(run_of(day=day) for day in sorted(days))
    assert recorded_days(tmp_path, "mine") == tuple(sorted(days))
    path = record_path("mine", AS_OF)
    assert path == f".handrail/history/mine/{AS_OF.isoformat()}.json"
    assert (tmp_path / path).read_text() == to_json(run_of()), "canonical"


def test_a_later_run_of_a_day_takes_its_place_and_other_projects_are_apart(tmp_path: Path) -> None:
    for run in (run_of(version="1"), run_of(project="other"), run_of(version="2")):
        record(tmp_path, run)
    assert [one.project.version for one in recorded(tmp_path, "mine")] == ["2"]
    assert [one.project.id for one in recorded(tmp_path, "other")] == ["other"]


def test_where_nothing_was_recorded_there_is_no_history(tmp_path: Path) -> None:
    assert recorded(tmp_path, "mine") == ()


def _record_many(folder: Path, version: str) -> None:
    for number in range(10):
        for project in ("mine", version):
            record(folder, run_of(project=project, day=AS_OF + timedelta(number % 5), version=version))


def test_runs_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_record_many, args=(tmp_path, f"writer-{number}")) for number in range(2)]
    for one in writers:
        one.start()
    while any(one.is_alive() for one in writers):
        recorded(tmp_path, "mine")  # a reader never meets a part of a record
        time.sleep(0.02)
    assert [one.exitcode for one in writers] == [0, 0]
    days = tuple(AS_OF + timedelta(number) for number in range(5))
    for project in ("mine", "writer-0", "writer-1"):
        assert tuple(one.as_of for one in recorded(tmp_path, project)) == days
    names = {path.name for path in (tmp_path / HISTORY).rglob("*") if path.is_file()}
    assert names == {f"{day.isoformat()}.json" for day in days}, "no half-written file is left"


@pytest.mark.parametrize("at", [".handrail", HISTORY, f"{HISTORY}/mine", record_path("mine", AS_OF)])
def test_no_link_is_followed(at: str, tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    record(outside, run_of(version="theirs"))
    (root / at).parent.mkdir(parents=True)
    (root / at).symlink_to(outside / at)
    before = (outside / record_path("mine", AS_OF)).read_bytes()
    with pytest.raises(InputError) as written:
        record(root, run_of(version="ours"))
    assert written.value.diagnostics[0].code == "HR501"
    assert (outside / record_path("mine", AS_OF)).read_bytes() == before
    with pytest.raises(InputError):
        recorded(root, "mine")


DAMAGED = [
    (b"", "not valid JSON"),
    (b"\xff", "not UTF-8"),
    (b"[]", "is damaged"),
    (to_json(run_of()).encode()[:-100], "not valid JSON"),
    (to_json(run_of()).replace('"handrail": 1', '"handrail": "1"').encode(), "is damaged"),
    (to_json(run_of(day=AS_OF + timedelta(1))).encode(), "is of `mine` as of 2026-11-25"),
    (to_json(run_of(project="other")).encode(), "is of `other` as of 2026-11-24"),
]


@pytest.mark.parametrize(("data", "says"), DAMAGED)
def test_a_damaged_record_is_told_with_its_place_and_the_others_count(data: bytes, says: str, tmp_path: Path) -> None:
    others = [AS_OF + timedelta(days) for days in (-1, 1)]
    for day in others:
        record(tmp_path, run_of(day=day))
    path = tmp_path / record_path("mine", AS_OF)
    path.write_bytes(data)
    out = Collector()
    assert tuple(one.as_of for one in recorded(tmp_path, "mine", out)) == tuple(others)
    (told,) = out.sorted()
    assert (told.code, told.severity) == ("HR405", Severity.WARNING)
    assert says in told.message
    assert told.span is not None
    assert told.span.path.endswith(record_path("mine", AS_OF))
    for read in (lambda: recorded(tmp_path, "mine"), lambda: record_of(tmp_path, "mine", AS_OF)):
        with pytest.raises(InputError) as caught:
            read()
        assert [one.code for one in caught.value.diagnostics] == ["HR405"]


def test_a_record_larger_than_any_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(tmp_path, run_of())
    size = len(to_json(run_of()).encode())
    monkeypatch.setattr(history, "RECORD_BYTES", size)
    assert len(recorded(tmp_path, "mine")) == 1
    monkeypatch.setattr(history, "RECORD_BYTES", size - 1)
    with pytest.raises(InputError, match="larger than the limit"):
        recorded(tmp_path, "mine")


def test_of_more_records_than_are_read_the_newest_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        record(tmp_path, run_of(day=AS_OF + timedelta(number)))
    monkeypatch.setattr(history, "RECORDS_READ", 2)
    assert [one.as_of for one in recorded(tmp_path, "mine")] == [AS_OF + timedelta(1), AS_OF + timedelta(2)]


def test_what_is_not_named_like_a_record_is_left_alone(tmp_path: Path) -> None:
    record(tmp_path, run_of())
    folder = tmp_path / HISTORY / "mine"
    for name in ("notes.txt", "2026-13-40.json", "2026-11-24.json.bak", "x2026-11-24.json", ".2026-11-24.json.ab.new"):
        (folder / name).write_text("x")
    (folder / "2026-11-20").mkdir()
    (folder / "2026-11-20" / "2026-11-20.json").write_text("x")
    assert recorded_days(tmp_path, "mine") == (AS_OF,)
