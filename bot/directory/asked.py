"""What somebody asks for: the needs in a sentence, the words that are left, and for whom."""

from dataclasses import dataclass

from bot.directory.said import Ear, Heard, sentence_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is in a sentence."""

    needs: tuple[Heard, ...]
    words: tuple[str, ...]
    rows: tuple[int, ...]
    side: str


def ask(ear: Ear, text: str) -> Asked:
    v = ear.vocabulary
    s = sentence_of(text, v)
    heard = ear.hear(s)
    covered = {i for h in heard if len(h.held) > 1 for i in h.held}
    rows, inrow = [], set()
    for b, e, row in v.rows.within(s.stems):
        if not set(range(b, e)) <= covered and not (e - b == 1 and (s.stems[b] in ear.dull or s.words[b] in v.kin)):
            rows.append(row)
            inrow |= set(range(b, e))
    left = tuple(dict.fromkeys(w for i, w in enumerate(s.stems) if i not in covered and i not in inrow and w not in ear.dull and w not in v.kin))
    return Asked(tuple(heard), left, tuple(dict.fromkeys(rows)), s.about)
