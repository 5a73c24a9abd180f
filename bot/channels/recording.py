"""Writing a conversation down as a chat that people can read and a test can run."""

from pathlib import Path

from bot.engine.effects import Say

INDENT = "      "


class Recorder:
    """Writes each line at once, so that nothing is lost when the conversation breaks off."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._file.write_text("", encoding="utf-8")

    def kith(self, effect: Say) -> None:
        """Write what Kith said."""
        self._add(kith_lines(effect))

    def you(self, words: str) -> None:
        """Write what the person said."""
        self._add([f"you:  {words}", ""])

    def _add(self, lines: list[str]) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


def kith_lines(effect: Say) -> list[str]:
    """Give an effect as the lines of a chat: the text, then what can be picked in brackets."""
    text = effect.text.split("\n")
    lines = [f"kith: {text[0]}", *(f"{INDENT}{line}".rstrip() for line in text[1:])]
    lines += [f"{INDENT}[{option.label}]" for option in effect.options]
    return [*lines, ""]
