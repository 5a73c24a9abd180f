"""One made-up dialogue with a bit of everything, for the property tests."""

RICH = """
id: talk
title: A bit of everything
steps:
  - {id: hello, phase: arrive, say: Hello.}
  - {id: brings, phase: arrive, say: What brings you?, ask: words}
  - id: safe
    phase: other
    say: Is it safe?
    ask: choice
    fresh: yes
    choices: [{safe: It is safe}, {unsafe: It is not}, {unsure: Not sure}]
    next:
      - {if: safe == "safe", go: did}
      - {go: careful}
  - id: did
    phase: other
    say: "{% if brings %}{{ brings | quote }} {% endif %}What was it like?"
    ask: words
    keep: until the end
    next: weighs
  - {id: careful, phase: other, say: Then carefully.}
  - {id: secret, phase: other, say: May I ask?, ask: yes/no, keep: never written, next: [
      {if: secret == true, go: weighs}, {go: calm}]}
  - {id: calm, phase: other, say: That is fine.}
  - id: weighs
    phase: situation
    say: What weighs?
    ask: several
    choices: [{money: Money}, {home: Home}, {value: none, label: None of it, only: yes}]
  - id: rent
    phase: situation
    only if: '"money" in weighs'
    say: How much rent?
    ask: number
    least: 1
    most: 9
  - {id: around, phase: supports, say: Who is there?, ask: person, most: 3}
  - id: people
    phase: supports
    answer: people
    call: someone
    for each: around
    as: who
    with: {who: who, careful: safe != "safe"}
  - id: stones
    phase: together
    say: Where?
    ask: stones
    most: 3
    choices: [{self: Me}, {other: Them}]
  - id: about
    phase: together
    only if: people
    answer: about
    call: summing
    with: {names: people | pluck("name"), why: brings}
  - id: bye
    phase: close
    say: >-
      Bye{% if about.best %}, {{ about.best }}{% endif %}.
      {% for p in people %}{{ p.name }} {% endfor %}
"""
SOMEONE = """
id: someone
title: Someone
inputs: [who, careful]
result: {name: who.name, ask: 'ask if ask else "no"'}
steps:
  - {id: good, say: "What is {{ who }} good for?", ask: several, choices: [
      {listen: Listening}, {hand: A hand}]}
  - {id: ask, only if: good is answered, say: "Could you ask {{ who }}?", ask: choice, choices: [
      {value: "yes", label: "Yes"}, {value: "no", label: "No"},
      {value: tells, label: They tell, if: careful}]}
"""
SUMMING = """
id: summing
title: Summing up
inputs: [names, why]
result: {best: best}
steps:
  - {id: best, say: "Of {{ names | listed }}, who first?", ask: words}
  - {id: day, only if: best, say: When?, ask: date}
"""
SCRIPTS = (RICH, SOMEONE, SUMMING)
