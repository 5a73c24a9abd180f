"""From the folder `dialogues/` to a checked library."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from bot.directory.needs import Needs, read_needs
from bot.engine.catalogue import Catalogue, HelpNumber, Screen, help_lines
from bot.engine.checks import check_plan, check_reminders
from bot.engine.compile import compile_all
from bot.engine.diagnostics import BrokenDialogues, Diagnostic, errors_in
from bot.engine.freedoms import ACTIONS, COMMANDS
from bot.engine.group import Membership
from bot.engine.reading import Reader
from bot.engine.round_checks import check_rounds
from bot.engine.rounds import as_written, sources_of
from bot.engine.source import Node
from bot.engine.spoken import NEEDED_SCREENS, NEEDED_WORDS
from bot.engine.terms import Terms
from bot.engine.together import read_together
from bot.files import read_catalogues, read_folder, release_of
from bot.groups.asked import PURPOSES
from bot.keeping import most_is_kept
from bot.languages.ready import listed_in, written_in
from bot.measuring.remembered import MEASURED, is_published
from bot.opinion import load_opinion
from bot.phrases import read_phrases
from bot.places import Places
from bot.safety.concern import CLASSES, Concern
from bot.safety.families import Families
from bot.safety.notice import notice_or_ask
from bot.safety.second_opinion import SecondOpinion
from bot.supports.resources import Resource, read_resources
from bot.supports.rules import Rule, check_rules, read_rules
from bot.totals.questions import Question, read_totals
from bot.wall import known_zone


@dataclass(frozen=True, slots=True)
class Library:
    """All that lies in `dialogues/`, checked: what is said, noticed and suggested."""

    catalogue: Catalogue
    families: Families
    opinion: SecondOpinion
    rules: tuple[Rule, ...]
    resources: tuple[Resource, ...]
    needs: Needs = field(default_factory=Needs)
    totals: tuple[Question, ...] = ()
    languages: "Mapping[str, Library]" = field(default_factory=dict)
    places: Places = field(default_factory=Places)

    def around(self, places: Places) -> "Library":
        """Give the same dialogues where these places are, in every language."""
        local = replace(self.catalogue, local=places.any)
        spoken = {code: each.around(places) for code, each in self.languages.items()}
        return replace(self, catalogue=local, languages=spoken, places=places)

    def on(self, terms: Terms) -> "Library":
        """Give the same dialogues on these terms, in every language."""
        spoken = {code: each.on(terms) for code, each in self.languages.items()}
        there = replace(self.catalogue, terms=terms)
        return replace(self, catalogue=there, languages=spoken)

    def among(self, groups: Mapping[str, Membership]) -> "Library":
        """Give the same dialogues to somebody in these groups, in every language."""
        spoken = {code: each.among(groups) for code, each in self.languages.items()}
        return replace(self, catalogue=replace(self.catalogue, groups=groups), languages=spoken)

    def notice(self, text: str) -> Concern | None:
        """Give the concern in a text, by the phrases or the second opinion; nothing is kept."""
        return notice_or_ask(self.families, self.opinion, text)

    def speaking(self, code: str) -> "Library":
        """Give the same dialogues in another language; in their own where it is not offered."""
        found = self.languages.get(code)
        if found is None:
            return self
        return replace(found, catalogue=replace(found.catalogue, root=self.catalogue.root))


def load_library(folder: Path, contact: str = "") -> Library:
    """Read and check the folder. Raises BrokenDialogues with every complaint."""
    library, found = read_library(folder, contact)
    if library is None:
        raise BrokenDialogues(errors_in(found))
    return library


@most_is_kept()
def read_library(folder: Path, contact: str = "") -> tuple[Library | None, list[Diagnostic]]:
    """Read the folder and give every complaint; there is no library where one is an error."""
    found: list[Diagnostic] = []
    named = read_folder(folder, found)
    library, complaints = assembled(named, folder, contact)
    found += complaints
    if errors_in(found):
        return None, found
    return in_languages(library, named, folder, contact), found


def in_languages(
    library: Library, named: Mapping[str, Node], folder: Path, contact: str = ""
) -> Library:
    """Add the languages that are ready; `kith check` says why one that is listed is not offered."""
    if all(each.lacks for each in listed_in(named, Reader())):
        return library
    from bot.languages.offering import offered  # noqa: PLC0415 - no Babel where none is ready

    spoken = []
    for each in offered(named, read_catalogues(folder, [])):
        other, complaints = assembled(each.files, folder, contact, library.families)
        if not errors_in(complaints):
            spoken.append((each, other, other.catalogue))
    names = dict([written_in(named), *((each.code, each.name) for each, _, _ in spoken)])
    ours = library.catalogue.typed
    help_words = {words: command for words, command in ours.items() if command == "help"}
    return replace(
        library,
        catalogue=replace(library.catalogue, languages=names if spoken else {}),
        languages={
            each.code: replace(
                other,
                catalogue=replace(
                    theirs,
                    languages=names,
                    readings=each.readings,
                    joins=each.joins,
                    day=partial(_in_words, each.code),
                    typed={**ours, **theirs.typed, **help_words},
                ),
            )
            for each, other, theirs in spoken
        },
    )


def assembled(
    named: Mapping[str, Node],
    folder: Path,
    contact: str = "",
    families: Families | None = None,
) -> tuple[Library, list[Diagnostic]]:
    """Put a library together from files that have been read, by their names in `folder`.

    `families` of safety phrases that have been read already are not read again.
    Where a diagnostic is an error, the library lacks what is broken and can't be used to talk.
    Raises WeightsError where the second opinion, which is no author's work, can't be used.
    """
    scripts, found = compile_all(sources_of(named))
    found = as_written([*found, *check_rounds(named, scripts)])
    reader = Reader()
    words = {
        name: reader.template(node) for name, node in reader.pairs(named.get("words.yaml")).items()
    }
    screens = _screens(reader, named.get("screens.yaml"))
    typed = _typed(reader, named.get("typed.yaml"))
    commands, in_groups = _commands(reader, named.get("commands.yaml"))
    zones = _zones(reader, named.get("zones.yaml"))
    numbers = _numbers(reader, named.get("safety/numbers.yaml"))
    rules = read_rules(reader, named.get("suggestions.yaml"))
    resources = read_resources(reader, named.get("resources.yaml"))
    needs = read_needs(reader, named.get("directory/needs.yaml"))
    together = read_together(reader, named.get("together.yaml"))
    whole = {} if errors_in(found) else scripts
    check_rules(reader, rules, whole, named.get("suggestions.yaml"))
    totals = read_totals(reader, named.get("totals.yaml"), whole)
    check_reminders(reader, scripts, words, screens)
    nothing = Node({}, 1, 1, f"{folder.name}/safety/phrases.yaml")
    phrases = named.get("safety/phrases.yaml", nothing)
    proven = is_published(folder, named.get(MEASURED))
    families = families or read_phrases(phrases, found, proven=proven)
    check_plan(reader, scripts)
    found += [*reader.found, *_missing(folder, words, screens, numbers)]
    if "help" not in typed.values():
        fix = "add  help: [help, sos]"
        found.append(
            Diagnostic(f"{folder.name}/typed.yaml", 1, 1, "missing-text", "'help' is missing", fix)
        )
    catalogue = Catalogue(
        scripts=scripts,
        words=words,
        screens=screens,
        help_lines=help_lines(numbers),
        numbers=numbers,
        typed=typed,
        commands=commands,
        in_groups=in_groups,
        zones=zones,
        release=release_of(folder, [name for name in named if (folder / name).is_file()]),
        contact=contact,
        day=partial(_in_words, written_in(named)[0]),
        together=together,
    )
    return Library(catalogue, families, load_opinion(), rules, resources, needs, totals), found


def _in_words(code: str, day: date) -> str:
    """Write a day as people write it in a language."""
    from bot.languages.manner import day_in_words  # noqa: PLC0415 - no Babel where none is told

    return day_in_words(code, day)


def _screens(reader: Reader, node: Node | None) -> dict[str, Screen]:
    screens = {}
    for name, screen in reader.pairs(node).items():
        reader.known_keys(screen, ("say", "choices"))
        actions = [
            (action, reader.template(label))
            for item in reader.items(screen.get("choices"))
            for action, label in reader.pairs(item).items()
            if reader.one_of(reader.key_of(item, action) or label, ACTIONS, "unknown-action", "")
        ]
        screens[name] = Screen(reader.template(screen.get("say")), tuple(actions))
    return screens


def _typed(reader: Reader, node: Node | None) -> dict[str, str]:
    typed: dict[str, str] = {}
    for command, words in reader.pairs(node).items():
        reader.one_of(reader.key_of(node or words, command), COMMANDS, "unknown-command", "")
        typed |= {reader.text(word).casefold(): command for word in reader.items(words)}
    return typed


def _commands(reader: Reader, node: Node | None) -> tuple[dict[str, str], dict[str, str]]:
    """Read what the commands do: those of a private chat, and those of a group."""
    named = dict(reader.pairs(node))
    groups = named.pop("groups", None)
    if groups:
        reader.known_keys(groups, PURPOSES)
    told = {name: reader.text(text) for name, text in named.items()}
    return told, {name: reader.text(text) for name, text in reader.pairs(groups).items()}


def _zones(reader: Reader, node: Node | None) -> dict[str, str]:
    for zone, cities in reader.pairs(node).items():
        if known_zone(zone) is None:
            where = (reader.key_of(node, zone) if node else None) or cities
            fix = "use a name such as Europe/London"
            reader.complain(where, "unknown-zone", f"there is no zone '{zone}'", fix)
    return {zone: reader.text(cities) for zone, cities in reader.pairs(node).items()}


def _numbers(reader: Reader, node: Node | None) -> tuple[HelpNumber, ...]:
    listed = reader.pairs(node).get("numbers")
    return tuple(_number(reader, each) for each in reader.items(listed))


def _number(reader: Reader, node: Node) -> HelpNumber:
    reader.pairs(node)
    for needed in ("id", "text_line"):
        if not reader.text(node.get(needed)):
            message = f"this help number has no '{needed}'"
            reader.complain(node, "incomplete-number", message, f"add  {needed}:")
    for item in reader.items(node.get("classes")):
        reader.one_of(item, CLASSES, "unknown-class", "")
    return HelpNumber(
        id=reader.text(node.get("id")),
        line=reader.text(node.get("text_line")),
        classes=frozenset(reader.text(item) for item in reader.items(node.get("classes"))),
        nations=frozenset(reader.text(item) for item in reader.items(node.get("nations"))),
        ages=reader.one_of(node.get("ages"), ("any", "adult", "under-18"), "unknown-ages", "any"),
        name=reader.text(node.get("name")),
        number=reader.text(node.get("number")),
        how=reader.text(node.get("how")),
        first=(node.get("first") or node).value is True,
        precondition=reader.text(node.get("precondition")),
    )


def _missing(
    folder: Path,
    words: Mapping[str, object],
    screens: Mapping[str, object],
    numbers: tuple[HelpNumber, ...],
) -> list[Diagnostic]:
    """Complain about what the engine can't do without, help texts and numbers first."""
    lacking = [("screens.yaml", name) for name in NEEDED_SCREENS if name not in screens]
    lacking += [("words.yaml", name) for name in NEEDED_WORDS if name not in words]
    numbered = {kind for number in numbers for kind in number.classes}
    lacking += [("safety/numbers.yaml", kind) for kind in CLASSES if kind not in numbered]
    return [
        Diagnostic(
            f"{folder.name}/{file}",
            1,
            1,
            "missing-text",
            f"'{name}' is missing",
            f"add  {name}:  with its text",
        )
        for file, name in lacking
    ]
