"""What the proofs say about scripts that are given as text."""

from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent

from bot.engine.compile import compile_all
from bot.engine.diagnostics import Diagnostic, by_seriousness
from bot.engine.reading import Reader
from bot.files import read_file
from bot.proofs.explore import Model
from bot.proofs.prove import prove
from bot.supports.rules import read_rules

END = "  - {id: bye, say: You could tell a neighbour., ending: yes}"


def proven(*scripts: str, rules: str = "") -> list[Diagnostic]:
    """Give what the proofs find in these scripts and suggestion rules, worst first."""
    with TemporaryDirectory() as folder:
        nodes = {}
        for number, text in enumerate(scripts):
            path = Path(folder) / f"{number}.yaml"
            path.write_text(dedent(text), encoding="utf-8")
            nodes[path.name] = read_file(path, path.name, [])
        path = Path(folder) / "suggestions.yaml"
        path.write_text(dedent(rules), encoding="utf-8")
        listed = read_file(path, path.name, [])
    compiled, complaints = compile_all(nodes)
    assert not complaints, complaints
    return by_seriousness(prove(compiled, read_rules(Reader(), listed), listed))


def codes(*scripts: str, rules: str = "") -> list[str]:
    """Give only the codes."""
    return [each.code for each in proven(*scripts, rules=rules)]


def talk(steps: str, head: str = "") -> str:
    """Give a script called `talk` that ends by pointing at somebody."""
    body = indent(dedent(steps).strip("\n"), "  ")
    return f"id: talk\n{head}steps:\n{body}\n{END}\n"


def model_of(script: str) -> Model:
    """Give a script as the proofs look at it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "talk.yaml"
        path.write_text(dedent(script), encoding="utf-8")
        compiled, complaints = compile_all({"talk": read_file(path, "talk.yaml", [])})
    assert not complaints, complaints
    return Model(next(iter(compiled.values())).script)
