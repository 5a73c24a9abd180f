"""A program in which everything fails that can, each time with a text, a chat and a token in it.

`tests/logs/test_every_way.py` runs it and reads what came out.
"""

import asyncio
import gc
import logging
import sqlite3
import threading
import warnings
from typing import Any, Final

import sqlalchemy

from bot.logs.guarding import guard, in_a_task
from bot.logs.lines import log
from storage.database import open_database

MARK: Final = "My sister Rosemary drinks, chat 5550123456, bot42:AAcanary-token"


class Dies:
    """Fails when it is let go of."""

    def __del__(self) -> None:
        raise ValueError(MARK)


class Wordless(Exception):
    """Fails again when it is asked for its words."""

    def __str__(self) -> str:
        raise ValueError(MARK)

    __repr__ = __str__


def fails(words: str = MARK) -> None:
    """Fail with words in the exception, in its notes, its cause and a local variable."""
    error = RuntimeError(words)
    error.add_note(words)
    raise error from KeyError(words)


def our_own_lines() -> None:
    """Log what nobody may log, in every way that the logger has."""
    careless: Any = log
    careless.info("turn", text=MARK, person=MARK, step=MARK, kind=MARK, chat=5550123456)
    careless.info(MARK)
    careless.info("turn %s", MARK)
    careless.warning(f"turn of {MARK}", fault=MARK)
    careless.bind(text=MARK, person=MARK).error("turn")
    careless.error("turn", fault=ValueError(MARK), exc_info=True, stack_info=True)
    careless.critical("turn", places=[MARK], ms=5550123456, event_=MARK)
    try:
        fails()
    except RuntimeError:
        careless.exception("turn")
        careless.exception(MARK)
    careless.error("turn", fault=Wordless(MARK))
    careless.error("turn", fault=ExceptionGroup(MARK, [ValueError(MARK)]))


def lines_of_libraries() -> None:
    """Let libraries log words, by argument, exception, extra and stack; and a line that is bad."""
    for name in ("telegram.ext", "httpx", "uvicorn.error", "asyncio", "sqlalchemy.engine.Engine"):
        library = logging.getLogger(name)
        library.setLevel(logging.DEBUG)
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            library.log(level, "INSERT INTO sessions %s", (MARK, MARK))
    try:
        fails()
    except RuntimeError:
        logging.getLogger("asyncio").exception(MARK, extra={"words": MARK}, stack_info=True)
    alone = logging.getLogger(MARK)
    alone.propagate = False
    alone.error(MARK)
    logging.getLogger("asyncio").error("%d is no number", MARK)
    logging.getLogger("storage.store").warning("stored %s", MARK)
    logging.warning(MARK)  # noqa: LOG015 - the root logger as well
    warnings.warn(MARK, stacklevel=1)
    warnings.warn(sqlalchemy.exc.SAWarning(MARK), stacklevel=1)


def databases() -> None:
    """Let a database refuse what holds words."""
    engine = open_database("sqlite://")
    for statement in ("INSERT INTO ledger VALUES (:words, :words, :words, :words)", "NO SQL"):
        try:
            with engine.begin() as connection:
                connection.execute(sqlalchemy.text(statement), {"words": MARK})
        except sqlalchemy.exc.SQLAlchemyError as error:
            log.error("database-away", fault=error)
    log.error("database-away", fault=sqlite3.OperationalError(MARK))


async def tasks() -> None:
    """Fail in a task that nobody waits for, in a call of the loop, and in what is left behind."""

    async def failing() -> None:
        fails()

    asyncio.get_running_loop().call_soon(fails)
    lost = asyncio.ensure_future(failing())
    await asyncio.sleep(0.01)
    del lost
    gc.collect()


async def handled() -> None:
    """The same with the handler that serving has."""
    asyncio.get_running_loop().set_exception_handler(in_a_task)
    asyncio.get_running_loop().call_exception_handler({"message": MARK, "words": MARK})
    await tasks()


if __name__ == "__main__":
    guard()
    our_own_lines()
    lines_of_libraries()
    databases()
    Dies()
    thread = threading.Thread(target=fails, name=MARK)
    thread.start()
    thread.join()
    asyncio.run(tasks())
    asyncio.run(handled())
    left_behind = Dies()
    fails()
