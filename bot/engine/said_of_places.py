"""What somebody said of places that were suggested to them, put into words."""

from collections.abc import Mapping

from bot.engine.catalogue import Catalogue
from bot.engine.labels import word


def told_of(catalogue: Catalogue, said: str, names: Mapping[str, str]) -> str:
    """Write what was said of a place, as its button reads; `names` are the places by their ids."""
    verdict, _, key = said.partition(":")
    labels = dict(catalogue.screens["place"].actions)
    told = labels[verdict].render({}) if verdict in labels else verdict
    return f"{names.get(key) or word(catalogue, 'holds_offer')}: {told}"
