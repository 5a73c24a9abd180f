"""What is open right now, a question of a script or a screen beside it, and how it reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.engine.apart import SCRIPTS, along, reflection_of
from bot.engine.around import supporter_of
from bot.engine.catalogue import Catalogue
from bot.engine.classes import days_of
from bot.engine.consent import asked_anew, is_other, put_anew
from bot.engine.effects import Effect, Option, Say
from bot.engine.enclosing import Told, saying
from bot.engine.group_screens import group_facts, group_options, is_offered_in_group
from bot.engine.labels import asked_at, label_of, short, word
from bot.engine.listed import listed
from bot.engine.picked import so_far
from bot.engine.picks import paged, to_change, to_forget
from bot.engine.place_screens import buttons, facts
from bot.engine.plan import is_offered, text_of_kept
from bot.engine.question import digest_of, fits, options_of, texts_of
from bot.engine.replay import open_step
from bot.engine.scope import FIRST, globals_of, key_of, nation_of, scope_of
from bot.engine.script import CONSENT, Ask, Step
from bot.engine.session import Session
from bot.engine.values import UNASKED, Scope

DONE: Final = ":done"
AFRESH: Final = ":afresh"
KEEP_IT: Final = ":keep"
DOUBTS: Final = ("doubt keep", "doubt look", "doubt clear", "doubt keep all")
OWN_SUPPORTER: Final = frozenset({"concern suicide", "concern self-harm"})
"""The only screens on which Kith names whom the person named for bad days."""
REFLECTING: Final = ("self", "other", "situation", "together")
"""Where people's own words come back to them; later come what they may want to pass on."""
ANY_TIME: Final = ("help", "menu")


@dataclass(frozen=True, slots=True)
class Open:
    """What waits for the person: texts to show, what can be picked, and the step behind it.

    `ask` is None on a screen beside the script; its options are then actions. `scope` is what the
    words of a question can read. `anew` is the consent, asked once more. `further` are actions on
    another page of the same screen.
    """

    texts: tuple[str, ...]
    options: tuple[Option, ...]
    step: Step | None = None
    ask: Ask | None = None
    key: str = ""
    scope: Scope = field(default_factory=dict)
    anew: bool = False
    further: frozenset[str] = frozenset()

    @property
    def asks(self) -> str | None:
        """Name the kind of answer that is awaited; None where nothing is."""
        if self.ask:
            return self.ask.kind
        return "choice" if self.options else None


def opened(catalogue: Catalogue, session: Session) -> Open:
    """Say what is open: a screen beside the script, a doubt about an answer, or a question."""
    catalogue = along(catalogue, session)
    if session.detour:
        return _screen(catalogue, session, session.detour.name, session.detour.about)
    if consent := asked_anew(catalogue, session):
        said, picks, inside = put_anew(catalogue, session, consent)
        return Open(said, picks, consent, consent.ask, CONSENT, inside, anew=True)
    step = open_step(catalogue, session)
    if step is None or step.ask is None:
        return _screen(catalogue, session, "welcome back" if session.begun else "not begun", "")
    key = key_of(session.place, step)
    if key in session.doubts:
        return _doubt(catalogue, session, key)
    scope = scope_of(catalogue, session, session.place)
    texts, options = texts_of(step, scope) or [""], list(options_of(step.ask, scope))
    if step.consent and is_other(session, step) and any(session.apart):
        texts = [word(catalogue, "consent_changed"), *texts]
    if step.ask.kind == "yes/no":
        options = [Option("yes", word(catalogue, "yes")), Option("no", word(catalogue, "no"))]
    before = _before(catalogue, session, step, key, scope)
    if before:
        texts = [*texts[:-1], f"{texts[-1]}\n\n{before}".strip()]
        options.append(Option(KEEP_IT, word(catalogue, "keep_it")))
    return Open(tuple(texts), tuple(options), step, step.ask, key, scope)


def shown(
    catalogue: Catalogue,
    session: Session,
    said: tuple[Told, ...] = (),
    *,
    replacing: bool = False,
    brief: bool = False,
) -> tuple[Session, tuple[Effect, ...]]:
    """Put what is open to the person under a new revision, after what else is to be said.

    `brief` puts only the question itself again, under what is said, as one message.
    """
    now_open = opened(catalogue, session)
    if brief and now_open.ask:
        short = now_open.texts[-1].split("\n\n")[-1]
        before = [saying(each).text for each in said]
        now_open, said = replace(now_open, texts=("\n\n".join([*before, short]),)), ()
    digest = digest_of(now_open.step) if now_open.step else session.digest
    tells = session.news and now_open.ask and not now_open.anew
    told = (word(catalogue, session.news),) if tells else ()
    put = replace(
        session,
        revision=session.revision + 1,
        digest=digest,
        release=catalogue.release,
        news="" if told else session.news,
    )
    *first, last = now_open.texts
    before_it = (*told, *said, *first)
    protect = now_open.step is not None and now_open.step.phase in REFLECTING
    texts: list[Effect] = [saying(each, protect=protect) for each in before_it]
    picked = so_far(catalogue, put, now_open.ask, now_open.options) if now_open.ask else ""
    question = Say(
        "\n\n".join(each for each in (last, picked) if each),
        options_shown(catalogue, put, now_open),
        freedoms_of(catalogue, put, now_open),
        now_open.asks,
        put.revision,
        replace=replacing and not before_it,
        step=now_open.step.id if now_open.step else "",
        protect=protect,
    )
    return put, (*texts, question)


def freedoms_of(catalogue: Catalogue, session: Session, now_open: Open) -> tuple[Option, ...]:
    """Give the freedoms that are offered as buttons: back and skip at questions, help always."""
    buttons = []
    if now_open.ask and not now_open.anew:
        if session.path:
            buttons.append(Option("back", word(catalogue, "back")))
        buttons.append(Option("skip", skip_label(catalogue, now_open)))
    here = {option.value for option in now_open.options}
    buttons += [Option(name, word(catalogue, name)) for name in ANY_TIME if name not in here]
    return tuple(buttons)


def skip_label(catalogue: Catalogue, now_open: Open) -> str:
    """Give the words of the button that leaves the open question out."""
    own = now_open.ask.skip if now_open.ask else None
    return own.render(now_open.scope) if own else word(catalogue, "skip")


def _screen(catalogue: Catalogue, session: Session, name: str, about: str) -> Open:
    screen = catalogue.screens[name]
    scope = {**globals_of(catalogue, session), **_facts(catalogue, session, name, about)}
    options = [
        Option(action, label.render(scope))
        for action, label in screen.actions
        if is_offered(catalogue, session, action)
        and is_offered_in_group(catalogue, session, action)
    ]
    extra = group_options(catalogue, name)
    extra = to_change(catalogue, session) if name == "change" else extra
    further = to_forget(catalogue, session) if name == "forget one" else []
    further = further or buttons(catalogue, session)
    if name == "rounds":
        further, extra = extra, []
    if further:
        extra = list(paged(catalogue, further, session.detour.of if session.detour else ""))
    if name == "language":
        extra = [Option(f"language:{code}", own) for code, own in catalogue.languages.items()]
    if name == "places":
        there = listed(session).items()
        extra = [Option(f"place:{key}", short(str(item["name"]))) for key, item in there]
    if name == "clock":
        extra = [Option(f"zone:{zone}", cities) for zone, cities in catalogue.zones.items()]
    elsewhere = frozenset(option.value for option in further)
    return Open((screen.say.render(scope),), (*extra, *options), further=elsewhere)


def _facts(catalogue: Catalogue, session: Session, screen: str, about: str) -> Mapping[str, object]:
    nation = nation_of(session)
    adult = reflection_of(session).answers.get("adult")
    own = screen in OWN_SUPPORTER
    about = "suicide" if screen == "help" else about
    lines = catalogue.lines(about or "suicide", nation)
    if adult is None or adult.value is not True:
        young = catalogue.lines(about or "suicide", nation, under_age=True)
        lines = [*lines, *(line for line in young if line not in lines)]
    return {
        "lines": lines,
        "first_lines": lines[:FIRST],
        "notes": _notes(catalogue, nation) if screen == "numbers" else [],
        **group_facts(catalogue, session),
        "begun": session.begun,
        "days": days_of(catalogue, session),
        **{
            f"own_{name}": text_of_kept(catalogue, session, script) if screen == name else ""
            for name, script in SCRIPTS.items()
        },
        "supporter": (supporter_of(session) if own else None) or UNASKED,
        "languages": list(catalogue.languages),
        **facts(catalogue, session, screen),
        "place_name": _place_name(session) if screen == "place" else "",
    }


def _place_name(session: Session) -> str:
    """Give what the place is called that a screen is about."""
    item = listed(session).get(session.detour.of) if session.detour else None
    return str(item["name"]) if item else ""


def _notes(catalogue: Catalogue, nation: str) -> list[str]:
    """Say what has to be known before some of the lines work, each after the line's name."""
    known = {
        each.id: f"{each.name}: {each.precondition}"
        for kind in ("suicide", "abuse")
        for each in catalogue.fitting(kind, nation)
        if each.precondition
    }
    return list(known.values())


def _doubt(catalogue: Catalogue, session: Session, key: str) -> Open:
    asked = asked_at(catalogue, session, key, session.place)
    text = word(catalogue, "doubt", asked=asked, words=label_of(catalogue, session, key))
    actions = DOUBTS if len(session.doubts) > 1 else DOUBTS[:-1]
    names = (name.replace(" ", "_") for name in actions)
    options = [
        Option(action, word(catalogue, name)) for action, name in zip(actions, names, strict=True)
    ]
    return Open((text,), tuple(options))


def _before(catalogue: Catalogue, session: Session, now_step: Step, key: str, scope: Scope) -> str:
    """Remind of the answer that was given before, where it still answers the question."""
    answer = session.answers.get(key)
    if answer is None or not fits(now_step, answer, scope):
        return ""
    return word(catalogue, "you_said", words=label_of(catalogue, session, key))


def options_shown(catalogue: Catalogue, session: Session, now_open: Open) -> tuple[Option, ...]:
    """Give the buttons as they are put: what is picked so far marked, and a way to be done."""
    if not now_open.ask or now_open.ask.kind not in ("several", "stones"):
        return now_open.options
    options = [
        replace(option, label=f"✓ {option.label}") if _ticked(session, now_open, option) else option
        for option in now_open.options
    ]
    if session.draft:
        options.append(Option(DONE, word(catalogue, "done")))
    if session.draft and now_open.ask.kind == "stones":
        options.append(Option(AFRESH, word(catalogue, "afresh")))
    return tuple(options)


def _ticked(session: Session, now_open: Open, option: Option) -> bool:
    several = now_open.ask is not None and now_open.ask.kind == "several"
    return several and option.value in session.draft
