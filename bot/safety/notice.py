"""The one question asked of every text: which concern, if any, is in it."""

from bot.safety.concern import Concern
from bot.safety.families import Families
from bot.safety.pattern import read_message


def notice(families: Families, text: str) -> Concern | None:
    """Give the most pressing concern in a text, or nothing; the text itself is not kept.

    What is said plainly comes before what is unclear, harm under way before what may come, then
    the order of the classes, then the order in which the rules were written.
    """
    message = read_message(text)
    return next((rule.concern for rule in families.rules if rule.fires(message)), None)
