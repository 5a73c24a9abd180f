"""Fear of somebody close is noticed however it is put; a fright, a worry or a joke seldom is.

The vignettes in `afraid.csv` were written before the phrases that notice them. While those were
mended, the ones under `read` were looked at, and of the ones `held back` only counts were.
"""

import csv
import hashlib

import pytest

from bot.safety.concern import Concern
from bot.safety.notice import notice, notice_or_ask
from tests.conftest import ROOT
from tests.safety.opinion import OPINION
from tests.safety.phrases import FAMILIES

FILE = ROOT / "tests/safety/afraid.csv"
FROZEN = "5e234e00fd1c210999e2e82380884e57f5dffbe0837e77533c78d32c6d21ffd4"
NOTICED = 0.95
ASKED = 1 / 3
"""Of ordinary talk; like that of `vignettes.csv`, it was written to sound like danger."""
SETS = ("read", "held back")
with FILE.open(encoding="utf-8", newline="") as LINES:
    ROWS = list(csv.DictReader(LINES))

PARTNERS = ["my husband", "my wife", "my partner", "my boyfriend", "my ex", "my ex-husband"]
LODGERS = ["my flatmate", "my landlord", "my carer", "my stepdad"]
KIN = ["my dad", "my mum", "my brother", "my son", "my grandson", "my mother-in-law"]
PLAIN = ["{} frightens me", "{} terrifies me", "{} really frightens me"]
ASIDE = ["I'm frightened of {}", "{} threatens me", "{} scares me when he shouts"]
HINTS = ["{} scares me", "it's {}. he frightens me", "{} makes me feel scared"]
SAID_OF_HIM = """
I'm scared of what he might do
I get scared when he comes home
he scares me
he frightens me so much
she terrifies me and I can't say it to anyone
his temper frightens me
he makes me frightened to open my mouth
I live with someone who frightens me
I'm married to a man who scares me
it frightens me when he shouts
the way he looks at me frightens me
he can be frightening when he's drunk
""".strip().splitlines()
NO_FEAR_OF_ANYBODY = """
it scares me how much I love him
my husband scared me with a spider
my son's driving scares me
my dad's cough frightens me
the doctor scared my husband
my mother scares me with her health
he frightens easily
my boss frightens me before reviews
my wife doesn't frighten me
he doesn't scare me any more
losing my husband frightens me
my mum's operation terrifies me
what frightens me is my dad getting old
the tests my mum needs frighten me
my partner is frightened of flying
""".strip().splitlines()


def read(part: str, *, afraid: bool) -> list[Concern | None]:
    """Give what is noticed in one part of the vignettes."""
    rows = [row for row in ROWS if row["set"] == part and bool(row["class"]) == afraid]
    return [notice_or_ask(FAMILIES, OPINION, row["text"]) for row in rows]


def test_the_vignettes_are_as_they_were_written():
    """Whoever changes one to get a better figure changes this line too."""
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == FROZEN


@pytest.mark.parametrize("part", SETS)
def test_fear_of_somebody_is_noticed(part: str):
    """Nineteen of twenty lead to help or to one plain question."""
    found = read(part, afraid=True)
    assert sum(concern is not None for concern in found) >= NOTICED * len(found)


@pytest.mark.parametrize("part", SETS)
def test_frights_and_worries_are_seldom_taken_for_it(part: str):
    """Pranks, worry, love, jokes, other people's fears: at most one is stopped, a third asked."""
    found = read(part, afraid=False)
    assert sum(map(bool, found)) <= ASKED * len(found)
    assert sum(bool(each and each.tier == "explicit") for each in found) <= 1


@pytest.mark.parametrize("who", [*PARTNERS, *LODGERS])
def test_somebody_who_frightens_me_is_as_plain_as_being_afraid_of_them(who: str):
    """A partner, an ex, or whoever lives with me and isn't of my blood: help comes at once."""
    for said in [*PLAIN, *ASIDE]:
        concern = notice(FAMILIES, said.format(who))
        assert concern is not None, said
        assert (concern.kind, concern.tier) == ("abuse", "explicit"), said


@pytest.mark.parametrize("who", KIN)
def test_of_kin_it_may_be_worry_so_it_is_asked(who: str):
    """Whoever is frightened by a son may mean a knife, or a son who does not eat."""
    for said in PLAIN:
        concern = notice(FAMILIES, said.format(who))
        assert concern is not None, said
        assert concern.kind in {"abuse", "child"}, said
        assert concern.tier == "unclear", said


@pytest.mark.parametrize("who", [*PARTNERS, *LODGERS, *KIN])
def test_the_lighter_word_is_asked_about(who: str):
    """With "scares", a he or "makes me feel scared", it is noticed in either tier."""
    for said in HINTS:
        assert notice(FAMILIES, said.format(who)) is not None, said


@pytest.mark.parametrize("text", SAID_OF_HIM)
def test_fear_of_him_or_her_is_noticed(text: str):
    """Nobody needs to say again who he is."""
    concern = notice(FAMILIES, text)
    assert concern is not None
    assert concern.kind == "abuse"


@pytest.mark.parametrize("text", NO_FEAR_OF_ANYBODY)
def test_what_is_no_fear_of_somebody_meets_no_rule(text: str):
    """The same words say worry, love, a prank, somebody else's fear, or that it isn't so."""
    assert notice(FAMILIES, text) is None
