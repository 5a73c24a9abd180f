import pytest

from bot.safety.notice import notice
from tests.safety.phrases import FAMILIES

ORDINARY = """
My boss shouts at me in front of everyone and I go home and cry
She threw my report in the bin
My boss is a bully and I'm afraid of her
my manager threatened to put me on a performance plan
they slammed me in the review and threw me under the bus
I dread Mondays
my boss will kill me if I'm late again
this job is suicide
the deadline is killing me
I'm drowning in paperwork
I can't breathe in this office
I wanted the ground to swallow me, I could have died of embarrassment
He never listens
he shouts when he is stressed and then says sorry
I feel trapped in my marriage
I want to end it with him but I still love him
my mother in law is controlling about Christmas
he looks after the money, I'm hopeless with it
my ex is difficult about the kids' weekends
I can't live without him
I'm scared of losing him
I'm afraid my husband has dementia
My husband died in March
losing him hit me like a train
I want to be with my husband again, I miss him every day
my brother took his own life last year and nobody at work knows
my best friend died by suicide in May
the redundancy hit me hard
I feel so alone I could scream
nobody cares what I think
I feel hopeless
I'm at the end of my tether
what's the point
I hate my life at the moment
I can't cope with the bills
my landlord threatened to evict us
I'm dying to see you
that film had me killing myself laughing
I could murder a curry
I would kill for a day off
I could have killed him when he forgot our anniversary
I snapped at the kids this morning and felt awful
I'm worried about my son, he's gone quiet
my toddler hits me when he's tired
I cut my sister out of my life
I beat myself up about it
I took two paracetamol and went to bed
I take 20 tablets a day for my heart
my mum had a stroke in 2019 and I care for her
I need to get this off my chest
my head is killing me
I passed out on the sofa after a double shift
I'm 52 and I have never felt so lonely
I am 15 years into this job
I'm not suicidal, just exhausted
I never wanted to hurt anyone
""".strip().splitlines()


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_hardship_raises_nothing(text: str):
    """Hard bosses, hard partners, grief, money and figures of speech are this bot's daily talk."""
    assert notice(FAMILIES, text) is None
