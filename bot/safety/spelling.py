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
iam=i am; imma=i am going to; dnt=do not; cannot=can not; carnt=can not; u=you; ur=your; alot=a lot
b=be; iv=i have; da=the; n=and
wanna=want to; gonna=going to; gunna=going to; gna=going to; gotta=got to; tryna=trying to
wana=want to; wnna=want to; wnt=want; gon=going to; finna=going to; bouta=about to
boutta=about to; hafta=have to; needa=need to; dunno=do not know; innit=is it not; goin=going
cos=because; coz=because; cuz=because; bc=because; becuz=because; becos=because; abt=about
anymore=any more; b4=before; ppl=people; noone=nobody; rn=right now; pls=please; plz=please
cnt=can not; cudnt=could not; wudnt=would not; shudnt=should not; cud=could; shud=should
wud=would; woz=was; wos=was; dat=that; dis=this; wiv=with; wif=with; thru=through
wantto=want to; gona=going to; rdy=ready; ptnr=partner; prtnr=partner; unkle=uncle; nife=knife
throte=throat; harmd=harmed; leve=leave; leav=leave; paracetamols=paracetamol
parasetamols=paracetamol; skared=scared
killin=killing; hittin=hitting; hurtin=hurting; livin=living; dyin=dying; dieing=dying
breathin=breathing; bleedin=bleeding; cuttin=cutting; cuting=cutting; beatin=beating
chokin=choking; ded=dead; mslf=myself; meself=myself; mysen=myself; mesen=myself
hisself=himself; theirself=themselves; themself=themselves
kms=kill myself; ctb=kill myself; kys=kill yourself; od=overdose; oding=overdosing
unalive=kill; unaliving=killing; unalived=killed; pillz=pills; meds=medication; pcm=paracetamol
sewerslide=suicide; sewercide=suicide; sewicide=suicide; suislide=suicide; sooicide=suicide
dv=domestic violence; csa=child sexual abuse; mam=mum; mom=mum; moms=mums; mummy=mum; mama=mum
bf=boyfriend; gf=girlfriend; hubby=husband; hubbie=husband; missus=wife; daddy=dad; papa=dad
sum1=someone; some1=someone; sm1=someone; smn=someone; somebody=someone; any1=anyone
every1=everyone; everybody=everyone; tonite=tonight; 2nite=tonight; 2night=tonight
tmrw=tomorrow; tmr=tomorrow; 2moro=tomorrow; 2morrow=tomorrow; tomoz=tomorrow; tomorow=tomorrow
selfharms=self harms; selfharmed=self harmed; selfharming=self harming
"""

_SLACK = (("", ""), ("want to", "wanna"), ("do not", "dont"))

# Also read when they are written as one word.
_TOGETHER = """
kill myself; killing myself; kill me; hang myself; drown myself; shoot myself; hurt myself
cut myself; harm myself; hate myself; end my life; take my life; end it all; want to die
i want to die; want to kill myself; i want to kill myself; do not want to live
i do not want to live; i do not want to be here; do not want to be here; self harm; help me
hits me; hit me; hurts me; beats me; scared of him; he hits me; kill him; kill her
"""

_PAIRS = """
my self=myself; him self=himself; her self=herself; them selves=themselves; no one=nobody
some one=someone; any one=anyone; every one=everyone; every body=everyone; some body=someone
over dose=overdose; over dosed=overdosed; good bye=goodbye; step dad=stepdad; step mum=stepmum
step father=stepfather; girl friend=girlfriend; boy friend=boyfriend
be kill=be dead; being kill=being dead; un alive=kill; un aliving=killing; un alived=killed
sue side=suicide; sue aside=suicide; sue icide=suicide; sui cide=suicide; suic ide=suicide
suey side=suicide; sewer side=suicide; sewer slide=suicide; commit sudoku=suicide
sue cidal=suicidal; sui cidal=suicidal; suicide al=suicidal; ki ll=kill; kil l=kill; k ill=kill
mys elf=myself; myse lf=myself; my slef=myself; self arm=self harm; self arming=self harming
self armed=self harmed; self farm=self harm; self farming=self harming; self ham=self harm
over doze=overdose; over does=overdose; over dosing=overdosing; to and=to end
own live=own life; bee alive=be alive
bet me=beat me; an overdoes=an overdose; toches me=touches me
ill be=i will be; ill do=i will do; ill kill=i will kill; ill end=i will end
hell kill=he will kill; hell hurt=he will hurt; hell find=he will find; hell hit=he will hit
hell take=he will take; hell break=he will break; shell kill=she will kill; hell do=he will do
shell hurt=she will hurt; hell get=he will get; shell find=she will find
want 2=want to; need 2=need to; going 2=going to; have 2=have to; trying 2=trying to
want too=want to; need too=need to; going too=going to; wan to=want to; want die=want to die
have bin=have been; has bin=has been; jump of=jump off; jumping of=jumping off
myself of=myself off; my rist=my wrist; my rists=my wrists
not breath=not breathe; chest pane=chest pain; chest panes=chest pains; chess pain=chest pain
chess pains=chest pains; hart attack=heart attack; heart attach=heart attack
para cetamol=paracetamol; parcel tamol=paracetamol; para seat=paracetamol
scarred of=scared of; sacred of=scared of; a frayed=afraid; a fraid=afraid; my x=my ex
boy friends=boyfriends; step dads=stepdads; step mother=stepmother; step son=stepson
step daughter=stepdaughter; grand dad=grandad; grand son=grandson; grand kids=grandkids
grand daughter=granddaughter; grand father=grandfather; grand mother=grandmother
a buse=abuse; a bused=abused; a busing=abusing; a busive=abusive; rapped me=raped me
un conscious=unconscious; an conscious=unconscious; on conscious=unconscious; see zur=seizure
see sure=seizure; amber lance=ambulance; ambu lance=ambulance; good by=goodbye
die abetic=diabetic; in hailer=inhaler; epi pen=epipen; air tag=airtag; black mail=blackmail
black mailing=blackmailing; black mailed=blackmailed; pass port=passport
"""

# Words also read behind digits and signs ("d1e"), too short to be mended when mistyped.
_MASKED = """
die=die; dead=dead; cut=cut; harm=harm; hurt=hurt; pills=pills; knife=knife; hit=hit; hits=hits
rape=rape; rpe=rape; rped=raped; sucde=suicide; selfharm=self harm; murder=murder; blood=blood
blade=blade; dying=dying; hang=hang; jump=jump; abuse=abuse; beat=beat; beats=beats
beaten=beaten; stab=stab; gun=gun; sex=sex; nudes=nudes; drugs=drugs; wrist=wrist; death=death
scars=scars; cuts=cuts; unalive=kill; want=want; wanna=want to; life=life; live=live; end=end
help=help; hate=hate; bleed=bleed; bleeding=bleeding; groped=groped; knives=knives
"""

_KEY_WORDS = """
kill killing killed suicide suicidal myself himself herself themselves overdose overdosed tablets
paracetamol breathe breathing bleeding collapsed unconscious strangled strangles strangling
choking punched punches punching slapped slapping kicked threatens threatened threatening abused
abusive abusing scared afraid terrified frightened husband boyfriend girlfriend partner hurting
cutting hitting beating forced raped stabbed stalking goodbye wrists alive living razor children
daughter hanging tonight goodbyes worthless stepdad molested groomed grooming swallowed seizure
ambulance passport bruises bruised strangle choked razors relapsed forever breathed paramedics
ibuprofen painkillers antidepressants meningitis diabetic purpose touches touched touching
existing disappear funeral stabbing
"""

# One slip away from a key word, and right as they stand.
_REAL_WORDS = """
killer killings suicides overdone overdoses overdoes tables tablet paracetamols breath breaths
breathes breathed breather breathy breaching breeding blending bleeping collapse collapses
strangle strangler straggled straggler straggling cooking chocking chowing pinched pinches
pinching puncher slipped slipping snapped snapping swapped swapping sapped sapping slopped
slopping kicker kinked threaten abuse abuses abuser amused amusing scare scares sacred shared
scored spared stared scarred seared scaled soared snared terrifies husbands boyfriends girlfriends
partners hunting hurtling hurling cuttings hinting bearing betting beaming boating beatings
bleating belting berating besting force forces formed forged forked rape rapes rapped swabbed
stubbed stabled scabbed stalling staking stacking goodbyes wrist writs waists loving liking lining
daughters handing hinging glooming gloomed groomer swallower exiting stubbing stabling slabbing
braised bruise bruiser choke chokes choker cooked coked chocked strange strangled relapse relapses
disappears funerals passports diabetics molester ambulances painkiller paramedic stepdads torches
torched purposes couching antidepressant seizures tonights seizes razored
"""


def read(entries: str) -> dict[str, str]:
    """Turn `short=long` entries, divided by semicolons or lines, into a dictionary."""
    pairs = (entry.split("=") for entry in entries.replace("\n", ";").split(";") if entry.strip())
    return {short.strip(): long.strip() for short, long in pairs}


def together(phrases: str) -> dict[str, str]:
    """Give what phrases become when their spaces are lost, also with "don't" and "wanna"."""
    spoken = [phrase.strip() for phrase in phrases.replace("\n", ";").split(";") if phrase.strip()]
    said = [(phrase.replace(*slack), phrase) for phrase in spoken for slack in _SLACK]
    return {written.replace(" ", ""): phrase for written, phrase in said if " " in written}


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
SHORT_FORMS = (
    {
        bare: spoken
        for form, spoken in CONTRACTIONS.items()
        if (bare := form.replace("'", "")) not in _AMBIGUOUS
    }
    | read(_SHORT_FORMS)
    | together(_TOGETHER)
)
_LEFT_ALONE = frozenset(_REAL_WORDS.split()) | SHORT_FORMS.keys()
CORRECTIONS = {
    slip: word for word in reversed(KEY_WORDS) for slip in slips(word) if slip not in _LEFT_ALONE
} | {word: word for word in KEY_WORDS}
MASKED = read(_MASKED) | CORRECTIONS
