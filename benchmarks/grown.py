"""Dialogues of any size, made from a seed, that look like those that people write."""

from random import Random

PHASES = ("arrive", "self", "other", "situation", "together", "supports", "close")
VALUES = ("always", "often", "seldom", "never")
NEAR = 20
"""Conditions speak of answers that were given at most so many steps before, or of the first one."""


def grown(steps: int, seed: int = 1) -> str:
    """Give a script of so many steps as YAML: questions, texts, conditions and ways ahead."""
    random = Random(seed)
    lines = ["id: grown", "title: A grown dialogue", "steps:"]
    asked: list[str] = []
    for number in range(steps - 1):
        phase = PHASES[number * len(PHASES) // steps]
        opens = not asked or PHASES[(number - 1) * len(PHASES) // steps] != phase
        lines += _step(random, number, steps, phase, asked, opens=opens)
    lines += [
        f"  - id: s{steps - 1}",
        "    phase: close",
        "    say: You could tell a neighbour how it was.",
        "    ending: yes",
    ]
    return "\n".join(lines) + "\n"


def _step(
    random: Random, number: int, steps: int, phase: str, asked: list[str], *, opens: bool
) -> list[str]:
    name = f"s{number}"
    lines = [f"  - id: {name}", f"    phase: {phase}"]
    if asked and not opens and random.random() < 0.4:
        lines.append(f"    only if: {_condition(random, asked)}")
    kind = (
        "choice"
        if opens
        else random.choices(("choice", "yes/no", "words", "several", ""), (40, 15, 20, 10, 15))[0]
    )
    lines.append(f"    say: {_text(random, number, asked)}")
    if not kind:
        return lines
    lines.append(f"    ask: {kind}")
    if kind in ("choice", "several"):
        lines.append("    choices:")
        lines += [f"      - {value}: {value.capitalize()}" for value in VALUES]
        asked.append(name)
    if kind == "choice" and not opens and random.random() < 0.2:
        ahead = min(number + random.randint(2, 4), steps - 1)
        lines += ["    next:", f'      - if: {name} == "never"', f"        go: s{ahead}"]
        lines.append(f"      - go: s{number + 1}")
    return lines


def _condition(random: Random, asked: list[str]) -> str:
    parts = []
    for _ in range(2 if random.random() < 0.3 else 1):
        name = asked[0] if random.random() < 0.2 else random.choice(asked[-NEAR:])
        some = ", ".join(f'"{value}"' for value in random.sample(VALUES, 2))
        parts.append(f"{name} in [{some}]")
    return " and ".join(parts)


def _text(random: Random, number: int, asked: list[str]) -> str:
    if asked and random.random() < 0.3:
        name = random.choice(asked[-NEAR:])
        shown = f"{{% if {name} %}}You said {{{{ {name} | listed }}}}. {{% endif %}}"
        return f'"{shown}How is it with number {number}?"'
    return f"How is it with number {number}?"
