"""All findings about the wording of the dialogues, in one language."""

from collections.abc import Mapping, Sequence

from bot.engine.catalogue import Compiled
from bot.engine.diagnostics import Diagnostic, by_seriousness
from bot.engine.source import Node
from bot.supports.rules import Rule
from bot.wording.choices import crowded_screens, crowded_steps
from bot.wording.joining import unmarked_joining, unsafe_together
from bot.wording.messages import message_findings
from bot.wording.places import Raw
from bot.wording.questionnaire import questionnaires
from bot.wording.rules import Wording
from bot.wording.samples import Samples
from bot.wording.stretches import hard_stretches, repeated_words
from bot.wording.texts import all_texts


def check_wording(
    wording: Wording,
    scripts: Mapping[str, Compiled],
    named: Mapping[str, Node],
    rules: Sequence[Rule],
    raw: Raw | None = None,
) -> list[Diagnostic]:
    """Give what breaks the wording rules, worst first, one finding a rule and place.

    Scripts, suggestions, screens and Kith's own words are read over sample answers. `raw` holds
    the files as they are stored, by the names that their nodes give; with it lines and columns are
    exact, without it those of folded texts are where the text begins.
    """
    stored = raw or {}
    samples = Samples(scripts, rules)
    texts = list(all_texts(samples, scripts, named, rules))
    found = [each for text in texts for each in message_findings(wording, text, stored)]
    found += crowded_screens(wording, named, stored)
    found += unmarked_joining(wording, scripts, rules, named, stored)
    found += unsafe_together(wording, named, stored)
    for compiled in scripts.values():
        script = compiled.script
        own = [text for text in texts if text.script is script]
        found += hard_stretches(wording, own, stored)
        found += repeated_words(wording, own, stored)
        found += crowded_steps(wording, samples, script, stored)
        found += questionnaires(wording, samples, script, own, stored)
    first: dict[tuple[str, int, int, str], Diagnostic] = {}
    for each in found:
        first.setdefault((each.file, each.line, each.column, each.code), each)
    return by_seriousness(first.values())
