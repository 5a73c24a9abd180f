"""The real dialogues in two made-up languages, read once."""

import pytest

from bot.library import Library
from tests.languages.madeup import ACCENTED, TURNED, accented, library_in, turned


@pytest.fixture(scope="session")
def accented_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_in(tmp_path_factory.mktemp("accented"), ACCENTED, accented)


@pytest.fixture(scope="session")
def turned_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_in(tmp_path_factory.mktemp("turned"), TURNED, turned)
