"""What is wrong with the wording of one text, in any of the ways in which it could read."""

from collections.abc import Iterator, Sequence

from bot.engine.diagnostics import Diagnostic, at
from bot.wording.emoji import emoji_alone
from bot.wording.marks import unmarked
from bot.wording.places import Raw, placed, stands_in
from bot.wording.rules import PhraseList, Wording
from bot.wording.sentences import is_question, sentences_in, words_in
from bot.wording.texts import Written


def message_findings(wording: Wording, text: Written, raw: Raw) -> Iterator[Diagnostic]:
    """Give the findings of one text: its sentences, its words, its length, what stands on it."""
    sentences = list(dict.fromkeys(each for reading in text.own for each in sentences_in(reading)))
    yield from _unrendered(text, raw)
    yield from _phrases(wording.lists, text, sentences, raw)
    yield from _emoji(wording, text, raw)
    if text.kind == "button":
        yield from _long_button(wording, text, raw)
        return
    yield from _long_sentences(wording, text, sentences, raw)
    if text.kind == "message":
        yield from _questions(wording, text, raw)
        yield from _long_message(wording, text, raw)


def _unrendered(text: Written, raw: Raw) -> Iterator[Diagnostic]:
    for reading in text.readings:
        for sign in ("{{", "{%", "{#"):
            if sign in reading:
                after = reading.partition(sign)[2]
                message = f"'{sign}' would be shown to the person as it is"
                fix = "take it out, or write the answer as {{ answer }}"
                yield at(placed(text.node, raw, after[:40]), "unrendered", message, fix)
                return


def _phrases(
    lists: Sequence[PhraseList], text: Written, sentences: Sequence[str], raw: Raw
) -> Iterator[Diagnostic]:
    small = "\n".join(sentences).lower()
    for each in lists:
        for phrase in [phrase for phrase in each.phrases if phrase.core in small]:
            for sentence in sentences:
                for match in phrase.pattern.finditer(sentence):
                    said = " ".join(match[0].split())
                    excepted = _excepted(each, sentence, match.span())
                    if not excepted and stands_in(text.node, said):
                        near = sentence[match.start() :]
                        message = _MESSAGES[each.code].format(said)
                        fix = phrase.instead or "say it another way, or leave it out"
                        yield at(placed(text.node, raw, said, near), each.code, message, fix)


_MESSAGES = {
    "praise": "'{}' praises; the person is not being marked",
    "formula": "'{}' is a formula or a promise that Kith can't stand by",
    "diagnostic-word": "'{}' is the language of diagnoses",
    "blaming-word": "'{}' can be heard as blame",
    "commanding-word": "'{}' tells the person what to do",
}


def _excepted(each: PhraseList, sentence: str, span: tuple[int, int]) -> bool:
    return any(
        match.start() < span[1] and span[0] < match.end()
        for exception in each.exceptions
        for match in exception.finditer(sentence)
    )


def _emoji(wording: Wording, text: Written, raw: Raw) -> Iterator[Diagnostic]:
    for reading in text.own:
        found = emoji_alone(reading, wording.little)
        if found:
            message = f"without '{found}' this says nothing"
            fix = "say in words what it means; the emoji may stay beside them"
            yield at(placed(text.node, raw), "emoji-alone", message, fix)
            return


def _long_button(wording: Wording, text: Written, raw: Raw) -> Iterator[Diagnostic]:
    most = wording.limit("longest button")
    longest = max(map(unmarked, text.readings), key=len)
    if len(longest) > most:
        message = f"this button has {len(longest)} letters, more than {most:.0f}: '{longest}'"
        yield at(
            placed(text.node, raw), "long-button", message, "say it shorter; a phone cuts it off"
        )


def _long_message(wording: Wording, text: Written, raw: Raw) -> Iterator[Diagnostic]:
    most = wording.limit("longest message")
    longest = max(map(len, map(unmarked, text.readings)))
    if longest > most:
        message = f"this message can have {longest} letters, more than {most:.0f}"
        fix = "cut it, or make two items under  say:  so that it comes as two messages"
        yield at(placed(text.node, raw), "long-message", message, fix)


def _long_sentences(
    wording: Wording, text: Written, sentences: Sequence[str], raw: Raw
) -> Iterator[Diagnostic]:
    most = wording.limit("longest sentence")
    counted = {sentence: len(words_in(sentence)) for sentence in sentences}
    for sentence in sorted(counted, key=lambda each: -counted[each]):
        if counted[sentence] > most:
            message = f"this sentence has {counted[sentence]} words, more than {most:.0f}"
            fix = "make two sentences of it"
            yield at(placed(text.node, raw, sentence), "long-sentence", message, fix)


def _questions(wording: Wording, text: Written, raw: Raw) -> Iterator[Diagnostic]:
    most = wording.limit("questions in a message")
    for reading in text.own:
        asked = [sentence for sentence in sentences_in(reading) if is_question(sentence)]
        if asked and len(asked) > most:
            message = f"this message asks {len(asked)} questions: {' '.join(asked)}"
            fix = "keep one; ask the other in a step of its own, or make it a statement"
            # The first question too many is where an author would begin to cut.
            last = asked[-1] if most < 1 else asked[int(most)]
            yield at(placed(text.node, raw, last), "two-questions", message, fix)
            return
