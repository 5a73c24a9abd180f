"""What a language is called in English."""

from babel import Locale


def english_name(code: str) -> str:
    """Name the language of a code like "ur" or "zh-Hant"; one that is not known stays its code."""
    return str(Locale("en").languages.get(code.lower().replace("-", "_"), code))
