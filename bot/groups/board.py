"""What a group sees of its round: made anew from what is shared now, by whom it is shared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from json import dumps
from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Enclosure
from bot.engine.group import FEWEST, Group, Release, Round
from bot.engine.labels import word
from bot.engine.rounds import prompts_of
from bot.engine.script import Step
from bot.groups.sharing import Share, name_of
from bot.groups.shown import Shown
from bot.groups.we import end_of_we

LONGEST: Final = 3000
"""So long is one post, in the units that Telegram counts (UTF-16); it takes a few more."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message of Kith's in a group, known by its tag; `joins` puts the way in below it.

    What holds anybody's words is sent as `bare` first, and the words are put in by an edit: a
    message that went out twice, the first time unknown, can never be edited again.
    """

    tag: str
    text: str
    joins: bool = False
    enclosed: Enclosure | None = None
    bare: str = ""

    @property
    def digest(self) -> str:
        """Give what tells this text from any other."""
        holds = dumps(self.enclosed.holds, sort_keys=True) if self.enclosed else ""
        return sha256(f"{self.text}\n{holds}".encode()).hexdigest()[:16]


def posts(catalogue: Catalogue, group: Group, shares: Sequence[Share]) -> tuple[Post, ...]:
    """Give everything that stands in a group of its round, in order.

    The same people sharing the same give the same posts, whoever came first.
    """
    here = group.round
    compiled = catalogue.scripts.get(here.script) if here else None
    if here is None or compiled is None or compiled.script.round is None:
        return ()
    return tuple(_posts(catalogue, group, here, prompts_of(compiled.script), shares))


def _posts(
    catalogue: Catalogue,
    group: Group,
    here: Round,
    prompts: Sequence[Step],
    shares: Sequence[Share],
) -> Iterator[Post]:
    texts = catalogue.scripts[here.script].script.round
    assert texts is not None  # noqa: S101 - `posts` has looked
    readings = catalogue.readings
    bare = word(catalogue, "board_shown")
    facts = {"group_name": group.title, "least": here.least, "readings": readings}
    for place, prompt in enumerate(prompts):
        asked = prompt.prompt.render(facts) if prompt.prompt else ""
        told = word(catalogue, "board_prompt", number=place + 1, of=len(prompts), prompt=asked)
        if place == 0:
            told = word(catalogue, "board_opened", opens=texts.opens.render(facts), prompt=told)
        posed = place <= here.at
        if posed:
            yield Post(f"{here.id}/{place}", told, joins=True)
        if release := here.released.get(name_of(prompt)):
            shown = shown_of(catalogue, here, prompt, release, shares)
            if posed or shown.named or shown.unnamed:
                head = word(catalogue, "board_shown")
                head = head if posed else f"{told}\n\n{head}"
                for piece, text in enumerate(_pieces(catalogue, here, release, shown, head)):
                    yield Post(f"{here.id}/{place}/shown/{piece}", text, bare=bare)
    if here.closed:
        told = word(catalogue, "board_closed", closes=texts.closes.render(facts))
        if not texts.we:
            yield Post(f"{here.id}/end", told)
            return
        all_shown = [
            shown_of(catalogue, here, prompt, release, shares)
            for prompt in prompts
            if (release := here.released.get(name_of(prompt)))
        ]
        said, picture = end_of_we(catalogue, all_shown, here.least)
        for piece, text in enumerate(said):
            yield Post(
                f"{here.id}/we/{piece}", text, enclosed=None if piece else picture, bare=bare
            )
        yield Post(f"{here.id}/end", told)


def on_day(enclosed: Enclosure | None, day: str) -> Enclosure | None:
    """Give what goes along with a post with the day (ISO) on which it does."""
    return replace(enclosed, holds={**enclosed.holds, "date": day}) if enclosed else None


def shown_of(
    catalogue: Catalogue, here: Round, prompt: Step, release: Release, shares: Sequence[Share]
) -> Shown:
    """Give what the group sees of a prompt that was released.

    By name: whatever is shared by name now, and surely. Without: what was released together, as
    long as all of it is still as it was.
    """
    mine = [each for each in shares if each.prompt == name_of(prompt)]
    mine.sort(key=lambda each: sha256(f"{release.seed}\n{each.person}".encode()).digest())
    unnamed = [
        each
        for each in mine
        if each.how == "unnamed" and release.unnamed.get(each.person) == each.digest
    ]
    if len(unnamed) < max(FEWEST, here.least, len(release.unnamed)):
        unnamed = []
    choices = prompt.ask.choices if prompt.ask else ()
    return Shown(
        prompt=name_of(prompt),
        phase=prompt.phase or "",
        named=tuple(
            (each.name, each.words, each.value)
            for each in mine
            if each.how == "named" and each.sure
        ),
        unnamed=tuple((each.words, each.value) for each in unnamed),
        labels={choice.value: choice.label.render(_facts(catalogue)) for choice in choices},
    )


def _facts(catalogue: Catalogue) -> dict[str, object]:
    return {"contact": catalogue.contact}


def _pieces(
    catalogue: Catalogue, here: Round, release: Release, shown: Shown, head: str
) -> list[str]:
    """Write what was shown as texts, none of them too long, and leave time to talk below."""
    lines = [word(catalogue, "board_named", name=name, words=said) for name, said, _ in shown.named]
    if shown.unnamed:
        lines.append(word(catalogue, "board_unnamed_head"))
        lines += [word(catalogue, "board_unnamed", words=said) for said, _ in shown.unnamed]
    elif release.gone:
        lines.append(word(catalogue, "board_unnamed_gone"))
    else:
        lines.append(word(catalogue, "board_too_few", least=max(FEWEST, here.least)))
    if not here.closed:
        lines.append(word(catalogue, "board_talk"))
    texts = [head]
    for line in lines:
        if _long(f"{texts[-1]}\n\n{line}") > LONGEST:
            texts.append(line)
        else:
            texts[-1] = f"{texts[-1]}\n\n{line}"
    return texts


def _long(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
