"""What all tests share: the option that rewrites golden files, and a cache that is the test run's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# A slow machine is no defect: how long an example takes is measured in benchmarks, beside a peer.
settings.register_profile("handrail", deadline=None)
settings.load_profile("handrail")

# Many tests run the command as a whole process; without its byte code each would compile all of handrail again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files; review them in the diff")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that no process waits for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests out of the user's cache directory."""
    os.environ["HANDRAIL_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
