"""The made dialogue that the people of a storm walk through: small, so that Kith starts fast."""

from pathlib import Path

from tests.fakes import write_dialogues

REFLECTION = """
id: reflection
title: A small made dialogue
steps:
  - id: hello
    phase: arrive
    say:
      - Hello. These are twelve made questions.
      - Take your time with them.
  - {id: ready, phase: arrive, say: Shall we begin?, ask: choice, choices: [
      {go: Let us begin}, {look: I want to look first}, {later: Not sure yet}]}
  - {id: look, phase: arrive, only if: ready == "look", say: Then look around a little.}
  - {id: brings, phase: self, say: What brings you here?, ask: words}
  - id: touches
    phase: self
    say: "{% if brings %}You said {{ brings | quote }}. {% endif %}How near is that?"
    ask: choice
    choices: [{near: Very near}, {some: Somewhat near}, {far: Far off}]
  - {id: nights, phase: self, only if: touches == "near", say: How many nights?, ask: number,
     least: 0, most: 30}
  - {id: told, phase: other, say: Does the other one know?, ask: yes/no}
  - {id: safe, phase: other, say: How is it to meet them?, ask: choice, fresh: yes, exact: yes,
     choices: [{safe: Easy}, {unsafe: Hard}, {unsure: It depends}],
     next: [{if: safe == "unsafe", go: careful}, {go: weighs}]}
  - {id: careful, phase: other, say: Then we go carefully.}
  - id: weighs
    phase: situation
    say: What weighs on you there?
    ask: several
    choices: [{work: My work}, {home: My home}, {money: My money},
      {value: none, label: None of it, only: yes}]
  - {id: since, phase: situation, only if: '"money" in weighs', say: Since how many months?,
     ask: number, least: 1, most: 99}
  - {id: around, phase: supports, say: Who is around you?, ask: person, most: 3}
  - id: people
    phase: supports
    answer: people
    call: someone
    for each: around
    as: who
    with: {who: who}
  - {id: thing, phase: together, say: What could be a small thing?, ask: words}
  - id: bye
    phase: close
    ending: yes
    say: >-
      That was all. {% for each in people %}{{ each.name }} could be asked. {% endfor %}
      There are people and places near you.
"""
SOMEONE = """
id: someone
title: Somebody around
inputs: [who]
result: {name: who.name, ask: 'ask if ask else "no"'}
steps:
  - {id: good, phase: supports, say: "What is {{ who.name }} good for?", ask: several, choices: [
      {listen: Listening}, {hand: Lending a hand}, {walk: A walk}]}
  - {id: ask, phase: supports, say: "Could you ask {{ who.name }}?", ask: choice, choices: [
      {value: "yes", label: I could}, {value: "no", label: Better not}]}
"""


def laid_out(folder: Path) -> Path:
    """Lay out the dialogues for a storm; give the folder."""
    return write_dialogues(folder, REFLECTION, SOMEONE)
