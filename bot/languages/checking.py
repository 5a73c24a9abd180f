"""What is wrong with translations, and what keeps a language from being offered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from bot.engine.compile import compile_all
from bot.engine.diagnostics import Diagnostic, at, errors_in
from bot.engine.reading import Reader
from bot.engine.rounds import sources_of
from bot.engine.source import Node
from bot.languages.catalogues import NotACatalogue, read_catalogue
from bot.languages.faithful import faults
from bot.languages.manner import manner_of
from bot.languages.progress import Progress, progress_of
from bot.languages.ready import FILE, Ready, listed_in
from bot.languages.texts import Text, texts_in
from bot.languages.translating import translated


def check_languages(named: Mapping[str, Node], catalogues: Mapping[str, str]) -> list[Diagnostic]:
    """Give every complaint about the languages of a folder; `catalogues` are texts by their names.

    Missing and outdated texts are told a step at a time, for languages that are listed as ready;
    the others are in the making, and `kith translate` says how far they are.
    """
    reader = Reader()
    ready = {each.code: each for each in listed_in(named, reader)}
    texts = texts_in(named) if catalogues or ready else []
    found = reader.found
    for name, written in catalogues.items():
        code = code_of(name)
        wanted = code in ready
        found += _of_language(named, texts, name, written, wanted=wanted)
    files = {code_of(name): name for name in catalogues}
    for each in ready.values():
        broken = [one for one in errors_in(found) if one.file == files.get(each.code)]
        found += _not_ready(each, texts, catalogues.get(files.get(each.code, "")), broken)
    return found


def code_of(name: str) -> str:
    """Give the language that a catalogue is for: `dialogues/languages/cy.po` is for `cy`."""
    return name.rpartition("/")[2].removesuffix(".po")


def not_a_catalogue(name: str, error: NotACatalogue) -> Diagnostic:
    """Say that a catalogue can't be read, and where."""
    fix = "mend that line, or take the file from Weblate again"
    return Diagnostic(name, error.line, 1, "not-a-catalogue", str(error), fix)


def complaints(texts: Iterable[Text], progress: Progress, name: str) -> list[Diagnostic]:
    """Give what is wrong with each translation, where it stands in its catalogue."""
    return [
        Diagnostic(name, progress.entries[text.context].line, 1, *fault)
        for text in texts
        if text.context in progress.said
        for fault in faults(text, progress.said[text.context])
    ]


def _of_language(
    named: Mapping[str, Node], texts: Sequence[Text], name: str, written: str, *, wanted: bool
) -> Iterator[Diagnostic]:
    try:
        progress = progress_of(texts, read_catalogue(written))
    except NotACatalogue as error:
        yield not_a_catalogue(name, error)
        return
    wrong = complaints(texts, progress, name)
    yield from wrong
    yield from _told(texts, progress.outdated, code_of(name), "outdated-translation")
    if wanted:
        yield from _told(texts, progress.missing, code_of(name), "untranslated")
    if progress.whole and not wrong:
        yield from _together(named, texts, progress, name)


def _told(
    texts: Sequence[Text], some: Sequence[Text], code: str, kind: str
) -> Iterator[Diagnostic]:
    """Tell once a step or entry how many of its texts are missing or outdated, at the first."""
    whole: dict[str, int] = {}
    for text in texts:
        whole[text.place] = whole.get(text.place, 0) + 1
    what = "not translated" if kind == "untranslated" else "changed since it was translated"
    fix = f"translate it in {code}.po, after  kith translate {code}"
    for place, group in groupby(some, key=lambda text: text.place):
        each = list(group)
        message = f"'{place}' ({code}): {len(each)} of {whole[place]} texts {what}"
        node = each[0].node
        yield Diagnostic(node.file, each[0].line, node.column, kind, message, fix)


def _together(
    named: Mapping[str, Node], texts: Sequence[Text], progress: Progress, name: str
) -> Iterator[Diagnostic]:
    """Compile the scripts as they are in that language; what fails is told in its catalogue."""
    manner = manner_of(code_of(name))
    if manner is None:
        return
    spoken = translated(named, texts, progress.said, manner)
    _, before = compile_all(sources_of(named))
    _, after = compile_all(sources_of(spoken))
    known = {(each.file, each.line, each.code) for each in before}
    for each in errors_in(after):
        if (each.file, each.line, each.code) not in known:
            near = [t for t in texts if t.node.file == each.file and t.line <= each.line]
            line = progress.entries[near[-1].context].line if near else 1
            yield Diagnostic(name, line, 1, each.code, each.message, each.fix)


def _not_ready(
    each: Ready, texts: Sequence[Text], written: str | None, broken: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """Say why a language that is listed as ready is not offered all the same."""
    if manner_of(each.code) is None:
        yield _told_at(each, f"'{each.code}' is no language code", "use one such as cy or pt_BR")
    elif written is None:
        fix = f"kith translate {each.code}"
        yield _told_at(each, f"there is no {each.code}.po beside {FILE}", fix)
    elif broken:
        fix = "mend the complaints about its catalogue"
        yield _told_at(each, f"'{each.code}' is not offered: {len(broken)} to mend", fix)
    else:
        progress = progress_of(texts, read_catalogue(written))
        if not progress.whole:
            fix = f"kith translate {each.code}  lists them"
            yield _told_at(each, f"'{each.code}' is not offered: {progress}", fix)
    if each.lacks:
        message = f"'{each.code}' is not offered without {', '.join(each.lacks)}"
        yield _told_at(each, message, "write down who did it and when, once it is done")


def _told_at(each: Ready, message: str, fix: str) -> Diagnostic:
    return at(each.node, "language-not-ready", message, fix)
