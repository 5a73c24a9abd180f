"""A message that the person may pass on: told apart from everything else that is said."""

from bot.engine.effects import Say
from bot.parcels import Outgoing, pack_outgoing, unpack_outgoing
from tests.fakes import Talk, catalogue_of

SCRIPT = """
id: talk
steps:
  - {id: who, say: Who?, ask: person, phase: self}
  - {id: here, say: Here it is., phase: self}
  - {id: message, say: 'Hi {{ who or "you" }}, a walk?', share: yes, phase: self}
  - {id: last, say: Anything else?, ask: words, phase: self}
"""


def told() -> list[Say]:
    talk = Talk(catalogue_of(SCRIPT))
    talk.opens()
    return [effect for effect in talk.says("Anna").effects if isinstance(effect, Say)]


def test_only_the_message_itself_can_be_passed_on() -> None:
    """What stands around it, and the question below, stay where they are."""
    shared = [(said.text, said.share) for said in told()]
    assert shared == [
        ("Here it is.", ""),
        ("Hi Anna, a walk?", "Choose whom to send it to"),
        ("Anything else?", ""),
    ]


def test_a_message_to_pass_on_is_not_protected() -> None:
    """It is there to be copied, also in a stretch where own words come back."""
    assert [said.protect for said in told()] == [True, False, True]


def test_it_waits_in_the_outbox_as_it_is() -> None:
    """Whoever sends it later shows the same button; what waited before there were any goes out."""
    for said in told():
        packed = pack_outgoing(Outgoing(said))
        assert unpack_outgoing(packed).effect == said
    before = packed.replace(b'"share":"",', b"")
    assert before != packed
    assert unpack_outgoing(before).effect == said
