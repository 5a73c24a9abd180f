"""The closed lists behind `normalise`: contractions, short forms, and key words people mistype."""

from collections.abc import Iterator

_ENDINGS = {
    "m": ("am", "i"),
    "ve": ("have", "i you we they"),
    "re": ("are", "you we they"),
    "ll": ("will", "i you he she it we they that"),
    "d": ("would", "i you he she we they"),
    "s": ("is", "he she it that there what who here where everyone"),
}
# Words up to this length turn into other real words by most slips.
_SHORT = 5

_VERBS = "do does did is are was were have has had would could should might must need"
_ODD_FORMS = {
    "can't": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "od'd": "overdosed",
}

# Without their apostrophe these are words of their own.
_AMBIGUOUS = frozenset({"ill", "odd", "well", "were", "hell", "shell", "wed", "shed"})

_SHORT_FORMS = """
iam=i am; imma=i am going to; dnt=do not; cannot=can not; u=you; ur=your; alot=a lot
wanna=want to; gonna=going to; gunna=going to; gna=going to; gotta=got to; tryna=trying to
cos=because; coz=because; cuz=because; anymore=any more; b4=before; ppl=people; noone=nobody
kms=kill myself; killmyself=kill myself; wanttodie=want to die; iwanttodie=i want to die
unalive=kill; unaliving=killing; od=overdose; oding=overdosing; killin=killing
hittin=hitting; hurtin=hurting
selfharm=self harm; selfharms=self harms; selfharmed=self harmed; selfharming=self harming
bf=boyfriend; gf=girlfriend; hubby=husband; mam=mum; mom=mum; mummy=mum; daddy=dad
sum1=someone; some1=someone; somebody=someone; any1=anyone; every1=everyone; everybody=everyone
tonite=tonight; 2nite=tonight; 2night=tonight; tmrw=tomorrow; 2moro=tomorrow
"""

_PAIRS = """
my self=myself; him self=himself; her self=herself; them selves=themselves; no one=nobody
some one=someone; any one=anyone; every one=everyone; every body=everyone; some body=someone
over dose=overdose; over dosed=overdosed; good bye=goodbye; step dad=stepdad; step mum=stepmum
step father=stepfather; girl friend=girlfriend; boy friend=boyfriend
"""

# Words also read behind digits and signs ("d1e"), too short to be mended when mistyped.
_MASKED = """
die=die; dead=dead; cut=cut; harm=harm; hurt=hurt; pills=pills; knife=knife; hit=hit; hits=hits
rape=rape; rpe=rape; rped=raped; sucde=suicide; selfharm=self harm
murder=murder; blood=blood
"""

_KEY_WORDS = """
kill killing killed suicide suicidal myself himself herself themselves overdose overdosed
tablets paracetamol breathe breathing bleeding collapsed unconscious strangled strangles
strangling choking punched punches punching slapped slapping kicked threatens threatened
threatening abused abusive abusing scared afraid terrified frightened husband boyfriend
girlfriend partner hurting cutting hitting beating forced raped stabbed stalking goodbye wrists
alive living razor children daughter
"""

# One slip away from a key word, and right as they stand.
_REAL_WORDS = """
killer killings suicides overdone overdoses overdoes tables tablet paracetamols breath breaths
breathes breathed breather breathy breaching breeding blending bleeping collapse collapses
strangle strangler straggled straggler straggling cooking chocking chowing pinched pinches
pinching puncher slipped slipping snapped snapping swapped swapping sapped sapping slopped
slopping kicker kinked threaten abuse abuses abuser amused amusing scare scares sacred shared
scored spared stared scarred seared scaled soared snared terrifies husbands boyfriends
girlfriends partners hunting hurtling hurling cuttings hinting bearing betting beaming boating
beatings bleating belting berating besting force forces formed forged forked rape rapes rapped
swabbed stubbed stabled scabbed stalling staking stacking goodbyes wrist writs waists loving
liking lining daughters
"""


def read(entries: str) -> dict[str, str]:
    """Turn `short=long` entries, divided by semicolons or lines, into a dictionary."""
    pairs = (entry.split("=") for entry in entries.replace("\n", ";").split(";") if entry.strip())
    return {short.strip(): long.strip() for short, long in pairs}


def contractions() -> dict[str, str]:
    """Give every contraction with its apostrophe, and the words it stands for."""
    found = {f"{verb}n't": f"{verb} not" for verb in _VERBS.split()} | _ODD_FORMS
    for ending, (spoken, pronouns) in _ENDINGS.items():
        found |= {f"{who}'{ending}": f"{who} {spoken}" for who in pronouns.split()}
    return found


def slips(word: str) -> Iterator[str]:
    """Give what one slip of the thumb makes of a word; its first letter is always right.

    Short words only lose, double or swap letters: other slips make real words of them.
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield head + head[-1] + tail
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        if len(word) > _SHORT:
            yield from (head + letter + tail for letter in letters)
            yield from (head + letter + tail[1:] for letter in letters)


KEY_WORDS = tuple(_KEY_WORDS.split())
CONTRACTIONS = contractions()
PAIRS = read(_PAIRS)
SHORT_FORMS = {
    bare: spoken
    for form, spoken in CONTRACTIONS.items()
    if (bare := form.replace("'", "")) not in _AMBIGUOUS
} | read(_SHORT_FORMS)
_LEFT_ALONE = frozenset(_REAL_WORDS.split()) | SHORT_FORMS.keys()
CORRECTIONS = {
    slip: word for word in reversed(KEY_WORDS) for slip in slips(word) if slip not in _LEFT_ALONE
} | {word: word for word in KEY_WORDS}
MASKED = read(_MASKED) | CORRECTIONS
