"""Nobody is asked for words before they agreed that what they say is kept."""

import pytest

from tests.proofs.proving import codes, proven, talk

CONSENT = """
- {id: consent, say: All right?, ask: choice, consent: "1", exact: yes,
   choices: [{agreed: "Yes"}, {declined: "No"}], next: [
   {if: consent == "agreed", go: why}, {go: bye}]}
"""
WHY = "- {id: why, say: Why?, ask: words}\n"
INNER = "id: inner\nsteps:\n  - {id: deep, say: How?, ask: words}\n"
QUIET = "id: inner\nsteps:\n  - {id: deep, say: How?, ask: yes/no}\n"


def test_words_behind_the_consent_are_proven():
    """Taps may come before it, words after it, and whoever declines goes round them."""
    tap = "- {id: adult, say: Of age?, ask: yes/no}\n"
    assert codes(talk(tap + CONSENT + WHY)) == []


@pytest.mark.parametrize(
    "ask",
    [
        *("ask: words", "ask: person", "ask: place", "ask: place, postcode: yes"),
        *("ask: person, most: 5", "ask: choice, own words: yes, choices: [{a: A}]"),
        "ask: several, own words: yes, choices: [{a: A}]",
    ],
)
def test_every_kind_of_words_is_refused_before_it(ask: str):
    """Names, places, postcodes and own words beside buttons are words as well."""
    found = proven(talk(f"- {{id: early, say: Who?, {ask}}}\n" + CONSENT + WHY))
    assert [(each.code, each.line) for each in found] == [("words-before-consent", 3)]


@pytest.mark.parametrize("ask", ["yes/no", "number", "date"])
def test_what_is_tapped_or_counted_may_come_before_it(ask: str):
    """The age has to be asked before anything can be agreed to."""
    assert codes(talk(f"- {{id: early, say: Which?, ask: {ask}}}\n" + CONSENT + WHY)) == []


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        ("[{go: why}]", "consent: declined"),
        ('[{if: consent == "declined", go: bye}, {go: why}]', "consent: skipped"),
        ("[{if: consent is asked, go: why}, {go: bye}]", "consent: declined"),
    ],
)
def test_passing_it_without_agreement_is_refused(ways: str, told: str):
    """To have been asked is not enough: declining and leaving it out lead past the words."""
    steps = CONSENT.split("next:", maxsplit=1)[0] + f"next: {ways}}}\n" + WHY
    found = [each for each in proven(talk(steps)) if each.code == "words-before-consent"]
    assert len(found) == 1
    assert told.partition(":")[0] in found[0].message


def test_a_way_round_it_is_refused():
    """A jump over the question is found, and told by its answers."""
    jump = "- {id: quick, say: Quick?, ask: yes/no, next: [{if: quick == true, go: why}, {go: consent}]}\n"
    found = proven(talk(jump + CONSENT + WHY))
    assert [each.code for each in found] == ["words-before-consent"]
    assert "quick: yes" in found[0].message


def test_conditions_that_keep_others_out_are_understood():
    """Where only an `only if` guards the words, that is proof enough."""
    steps = CONSENT.split(", next:", maxsplit=1)[0] + "}\n"
    guarded = '- {id: why, only if: consent == "agreed", say: Why?, ask: words}\n'
    assert codes(talk(steps + guarded)) == []


def test_words_in_a_dialogue_that_is_called_count():
    """What is called before the consent asks before the consent."""
    call = "- {id: first, call: inner}\n"
    assert "words-before-consent" in codes(talk(call + CONSENT + WHY), INNER)
    assert codes(talk(call + CONSENT + WHY), QUIET) == []
    assert codes(talk(CONSENT + WHY + call), INNER) == []


def test_a_consent_that_lost_its_version_is_told():
    """A key that was taken away by mistake doesn't switch all of this off."""
    steps = talk((CONSENT + WHY).replace('consent: "1", ', ""))
    found = [(each.code, each.line) for each in proven(steps)]
    assert found == [("unclear-consent", 3)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("exact: yes", "exact: no"),
        ('{agreed: "Yes"}', '{fine: "Yes"}'),
        ("ask: choice", "ask: several"),
    ],
)
def test_an_unclear_consent_is_refused(before: str, after: str):
    """An agreement that could be misread, or is not kept, is none."""
    assert "unclear-consent" in codes(talk((CONSENT + WHY).replace(before, after)))


def test_a_second_consent_is_refused():
    """One question, one answer, one version."""
    again = CONSENT.replace("id: consent", "id: again, answer: consent").replace(
        "go: why", "go: bye"
    )
    found = [each for each in proven(talk(CONSENT + WHY + again)) if each.code == "double-consent"]
    assert len(found) == 1


def test_what_is_called_asks_for_no_consent():
    """Kith looks for the agreement in the dialogue that people begin with."""
    inner = "id: inner\nsteps:\n" + "".join(f"  {line}\n" for line in CONSENT.strip().splitlines())
    inner = inner.replace("go: why", "go: end").replace("go: bye", "go: end")
    assert "unclear-consent" in codes(talk("- {id: first, call: inner}\n"), inner)
