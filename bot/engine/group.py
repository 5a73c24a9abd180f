"""A group that shares Kith, its open round, and what somebody is in it: to and from plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

FORMAT: Final = 1
LEAST: Final = 5
"""So many have to share without a name before any of it is shown; a setting, never under three."""
FEWEST: Final = 3

Act = Literal["open", "show", "move on", "close"]
"""What whoever leads a round does with it."""
How = Literal["named", "unnamed"]
"""How an answer is shared; one that is kept is not shared at all."""


@dataclass(frozen=True, slots=True)
class Release:
    """What of a prompt was shown to the group without names: whose, each with a digest of it.

    What is shared later is not in it, and never appears. Where one of them takes theirs back, all
    of it is `gone` for good: a single line that vanished would tell whose it was. `seed` gives the
    order of all that is shown of the prompt, which tells nothing of who or when.
    """

    seed: str
    gone: bool = False
    unnamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a group: the script it goes along, and how far the group has come.

    `at` counts the prompts from 0; while `talking`, what was shared of that one has been shown.
    `released` is by the answer of the prompt. `leader` is who opened it. `opened` is an ISO day.
    """

    id: str
    script: str
    leader: str
    opened: str
    least: int = LEAST
    at: int = 0
    talking: bool = False
    closed: bool = False
    released: Mapping[str, Release] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """All that is known of a group. Its words lie under a key of its own, as those of a person.

    `title` is what the group is called, `thread` the topic in which Kith answers (0 for none).
    `anyone` says that everybody in it may open a round, and then leads it.
    `posted` is what stands in the group by Kith: a digest of each post, by its tag.
    `places` are those that the group lists, `last` is when it was last used (ISO 8601).
    """

    title: str = ""
    thread: int = 0
    anyone: bool = False
    round: Round | None = None
    posted: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Mapping[str, Any], ...] = ()
    last: str = ""

    @property
    def open(self) -> Round | None:
        """Give the round that is open."""
        return self.round if self.round and not self.round.closed else None


def may_lead(group: Group, person: str, *, leading: bool) -> bool:
    """Say whether somebody may lead now: where anyone may open a round, whoever did leads it."""
    if not group.anyone:
        return leading
    return group.open is None or group.open.leader == person


def moved(here: Round, act: Act, prompts: int) -> Round:
    """Give where a round of so many prompts stands after an act; what doesn't fit changes nothing.

    What is shown, and of whom, is added by whoever knows the shares (bot.groups.steering).
    """
    match act:
        case "show" if not here.closed and not here.talking:
            return replace(here, talking=True)
        case "move on" if not here.closed and here.at + 1 < prompts:
            return replace(here, at=here.at + 1, talking=False)
        case "close":
            return replace(here, closed=True, talking=False)
        case _:
            return here


@dataclass(frozen=True, slots=True)
class Membership:
    """One person's view of a group that they are in; `leads` says whether they may lead now.

    `person` is under what name they are kept themselves, `day` is today (ISO). `told` is what may
    be told of what many in the group told, for whoever leads.
    """

    name: str
    group: Group
    leads: bool = False
    person: str = ""
    day: str = ""
    told: str = ""


def dump_group(group: Group) -> dict[str, object]:
    """Turn a group into plain data that JSON can hold; `load_group` gives it back equal."""
    here = group.round
    told = here and {
        "id": here.id,
        "script": here.script,
        "leader": here.leader,
        "opened": here.opened,
        "least": here.least,
        "at": here.at,
        "talking": here.talking,
        "closed": here.closed,
        "released": {
            prompt: {"seed": each.seed, "gone": each.gone, "unnamed": dict(each.unnamed)}
            for prompt, each in here.released.items()
        },
    }
    return {
        "format": FORMAT,
        "title": group.title,
        "thread": group.thread,
        "anyone": group.anyone,
        "round": told,
        "posted": dict(group.posted),
        "places": [dict(each) for each in group.places],
        "last": group.last,
    }


def load_group(data: Mapping[str, Any]) -> Group:
    """Read what `dump_group` wrote. Raises ValueError for a format newer than this program."""
    if data["format"] != FORMAT:
        message = f"group format {data['format']} is not format {FORMAT}"
        raise ValueError(message)
    fields = {key: value for key, value in data.items() if key != "format"}
    if told := fields["round"]:
        released = {name: Release(**each) for name, each in told["released"].items()}
        fields["round"] = Round(**{**told, "released": released})
    fields["places"] = tuple(fields["places"])
    return Group(**fields)
