"""A made-up group and its round, without any channel: what people do, and what the group then sees.

Every answer holds a mark of its own, so that whatever stands in the group can be traced to who
wrote it, to which prompt, and to which version of their answer.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from bot.engine.group import Act, Group
from bot.engine.session import Answer, Frame, Session
from bot.groups.board import posts
from bot.groups.sharing import Share, shares_in
from bot.groups.steering import opened_with, settled, steered
from tests.groups.in_hand import PROMPTS, ROUND, circle_library, kinds

HERE: Final = "terminal-group:" + "ab" * 32
MARK: Final = re.compile(r"mark\d+x")
FEARED: Final = "Denise"
"""Whom some in the group called unsafe, or left out of everything."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of one message in the group: when, under which tag, and what it says."""

    time: int
    tag: str
    text: str
    edited: bool


@dataclass(slots=True)
class Member:
    """Somebody in the group: what they wrote in private, and how each answer is to be shared."""

    name: str
    agreed: bool = False
    gone: bool = False
    called: str = ""
    fears: bool = False
    joined: int = 0
    words: dict[str, str] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    active: list[int] = field(default_factory=list)


class Circle:
    """A group with a round open. Each thing that somebody does takes one tick of its clock."""

    def __init__(self, size: int, least: int = 5, seed: str = "") -> None:
        self.members = [Member(f"terminal:{n:064x}") for n in range(size)]
        self.group = Group(title="Tuesday circle")
        self.least = least
        self.seed = seed
        self.now = self.led = 0
        self.journal: list[Shown] = []
        self.marks: dict[str, tuple[int, str]] = {}
        self.released: dict[str, set[str]] = {}
        """What was shared without a name at the moment when a prompt was shown, by its marks."""
        self._shares: dict[int, tuple[Share, ...]] = {}
        self._stale = set(range(size))
        self.opens()

    def opens(self) -> None:
        """Let whoever leads open the round."""
        self._leads("open", ROUND)

    def next_round(self) -> None:
        """Let another round be opened after the last: nobody takes part in it yet."""
        for who, member in enumerate(self.members):
            self.members[who] = Member(member.name, gone=member.gone, fears=member.fears)
        self.released, self.journal = {}, []
        self.opens()

    def shows(self) -> None:
        """Let whoever leads show what was shared of the prompt."""
        self._leads("show")

    def moves_on(self) -> None:
        """Let whoever leads go on to the next prompt."""
        self._leads("move on")

    def closes(self) -> None:
        """Let whoever leads close the round."""
        self._leads("close")

    def agrees(self, who: int, called: str = "") -> None:
        """Let somebody take part, with a name to stand beside what they share, or with none."""
        member = self.members[who]
        if not member.agreed:
            member.joined = self.now
        member.agreed, member.gone, member.called = True, False, called
        self._acted(who)

    def answers(self, who: int, prompt: str, size: int = 0, *, of: str = "") -> str:
        """Let somebody answer a prompt in private; give the mark in their words."""
        mark = f"mark{len(self.marks)}x"
        self.marks[mark] = (who, prompt)
        told = f" with {of}" if of else ""
        self.members[who].words[prompt] = f"{mark}{told} {'slept ' * size}".strip()
        self._acted(who)
        return mark

    def says_again(self, who: int, prompt: str, words: str) -> None:
        """Let somebody answer once more, in words that they had used before."""
        self.members[who].words[prompt] = words
        self._acted(who)

    def chooses(self, who: int, prompt: str, how: str) -> None:
        """Let somebody choose how an answer is shared: named, unnamed or keep."""
        self.members[who].how[prompt] = how
        self._acted(who)

    def forgets(self, who: int, prompt: str) -> None:
        """Let somebody forget one answer, and with it how it was shared."""
        self.members[who].words.pop(prompt, None)
        self.members[who].how.pop(prompt, None)
        self._acted(who)

    def is_forgotten(self, who: int) -> None:
        """Let somebody forget everything: nothing at all is left of them."""
        before = self.members[who]
        self.members[who] = Member(before.name, gone=True, active=before.active)
        self._acted(who)

    def leaves(self, who: int) -> None:
        """Let somebody leave the group; what they wrote stays with them."""
        self.members[who].gone = True
        self._acted(who)

    def fears(self, who: int) -> None:
        """Let somebody say, in their own reflection, that Denise is to be left out of everything."""
        self.members[who].fears = True
        self._acted(who)

    @property
    def shares(self) -> list[Share]:
        """What is shared now, by everybody who is in the group."""
        if self.group.round is None:
            return []
        for who in self._stale:
            self._shares[who] = self._shared_by(self.members[who])
        self._stale.clear()
        return [share for who in sorted(self._shares) for share in self._shares[who]]

    def _shared_by(self, member: Member) -> tuple[Share, ...]:
        here = self.group.round
        if here is None or member.gone:
            return ()
        catalogue = circle_library().catalogue
        return shares_in(catalogue, member.name, session_of(member, here.id), HERE, here)

    def standing(self) -> dict[str, str]:
        """Give what stands in the group, by its tag."""
        return {shown.tag: shown.text for shown in self.journal}

    def marks_standing(self) -> list[str]:
        """Give every mark that can be read in the group now, in the order of the board."""
        return [mark for text in self.standing().values() for mark in MARK.findall(text)]

    def _acted(self, who: int) -> None:
        self.members[who].active.append(self.now)
        self._stale.add(who)
        self._redraws()

    def _leads(self, act: Act, of: str = "") -> None:
        before = self.group.round
        drawn = f"{self.seed}/{self.led}"
        self.led += 1
        if act == "open":
            self.group = opened_with(
                self.group, of, leader="", drawn=drawn, day="2026-11-24", least=self.least
            )
        else:
            script = circle_library().catalogue.scripts[ROUND].script
            self.group = steered(self.group, script, act, self.shares, drawn)
        after = self.group.round
        if act == "open":
            self._stale = set(range(len(self.members)))
        for prompt in after.released if after else {}:
            if before is None or prompt not in before.released:
                self.released[prompt] = self._unnamed_now(prompt)
        self._redraws()

    def _unnamed_now(self, prompt: str) -> set[str]:
        return {
            mark
            for member in self.members
            if not member.gone and member.agreed and member.how.get(prompt) == "unnamed"
            for mark in MARK.findall(member.words.get(prompt, ""))
            if not (member.fears and FEARED in member.words[prompt])
        }

    def _redraws(self) -> None:
        """Let the group see what changed on the board, as Kith sends it."""
        self.now += 1
        standing = self.standing()
        self.group = settled(self.group, self.shares)
        made = posts(circle_library().catalogue, self.group, self.shares)
        texts = {post.tag: post.text for post in made}
        gone = {tag: "" for tag in self.group.posted if tag not in texts}
        for tag, text in (texts | gone).items():
            if standing.get(tag) != text:
                self.journal.append(Shown(self.now, tag, text, tag in standing))
        self.group = replace(self.group, posted={post.tag: post.digest for post in made})


def session_of(member: Member, round_id: str) -> Session:
    """Give the session that such a member has, as their turns would have left it."""
    if not (member.agreed or member.words):
        return Session()
    answers = {
        "join": Answer("result", {"agreed": "yes", "called": member.called}),
        "join/agreed": Answer("given", "yes" if member.agreed else "no"),
        "join/called": Answer("given", {"id": "me", "name": member.called})
        if member.called
        else Answer("skipped"),
    }
    for prompt in PROMPTS:
        if words := member.words.get(prompt):
            answers[prompt] = Answer("given", [words] if kinds()[prompt] == "several" else words)
        if how := member.how.get(prompt):
            answers[f"{prompt}_share"] = Answer("result", {"how": how})
            answers[f"{prompt}_share/how"] = Answer("given", how)
    of_the_round = Session(
        place=(Frame(ROUND, PROMPTS[-1]),),
        path=tuple(answers),
        answers=answers,
        round=(HERE, round_id),
    )
    return replace(reflection_of_theirs(member), apart={f"round:{HERE}": of_the_round})


def reflection_of_theirs(member: Member) -> Session:
    """Give what they told of themselves, which no group ever hears of."""
    feared = [{"id": "denise", "name": FEARED}] if member.fears else []
    answers = {
        "share": Answer("given", "mark999999x told to nobody"),
        "leave_out": Answer("given", feared),
    }
    return Session(place=(Frame("reflection", "touched"),), path=tuple(answers), answers=answers)
