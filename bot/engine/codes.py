"""Every complaint that an author can meet, by its code; `docs/diagnostics/` explains each.

An error keeps dialogues from being used. A warning is for the author to weigh.
"""

from typing import Final

ERRORS: Final = frozenset(
    {
        # files and their form
        *(
            "no-dialogues",
            "not-yaml",
            "not-text",
            "double-key",
            "unknown-key",
            "missing-key",
            "unused-key",
        ),
        *("not-a-text", "not-a-number", "not-a-mapping", "not-a-flag"),
        # scripts
        *("empty-script", "double-script", "no-id", "double-id", "reserved-id", "bad-id"),
        *("unknown-phase", "unknown-kind", "unknown-keep", "unknown-place", "unknown-script"),
        *("missing-input", "unknown-input", "no-choices", "no-label", "double-value", "limits"),
        *(
            "says-nothing",
            "shares-more",
            "no-way-on",
            "unknown-answer",
            "not-in-the-language",
            "maybe-missing",
        ),
        # rounds of groups
        *("not-a-round", "unshareable", "tells-the-group", "we-lacks", "reserved-call"),
        "sharing-lacks",
        # what can be proven
        *("never-true", "nothing-to-pick", "unreachable", "no-ending", "silent-circle"),
        *("part-missing", "ending-points-nowhere", "no-pointing-ending", "calls-itself"),
        *(
            "joins-unsafely",
            "stale-safety",
            "draft-names-other",
            "missing-freedom",
            "hides-freedom",
            "joins-unmarked",
        ),
        *("reads-unwritten", "words-before-consent", "double-consent", "unclear-consent"),
        # the files beside them
        *(
            "missing-text",
            "plan-lacks",
            "unknown-action",
            "unknown-command",
            "unknown-class",
            "unknown-ages",
        ),
        *("incomplete-number", "phrase-rule", "incomplete-rule", "unknown-part"),
        *("unknown-source", "unknown-carrier", "no-start", "unknown-zone"),
        *("unknown-side", "both-sides", "word-alone", "unknown-way", "unknown-topic"),
        "uncountable",
        # translations
        *("translation-reads", "not-a-catalogue"),
        # how Kith speaks
        *("unrendered", "formula", "diagnostic-word", "blaming-word"),
        # what was published
        *("lost-id", "retired-id", "notices-less"),
    }
)
WARNINGS: Final = frozenset(
    {
        *("not-proven", "always-true", "shadowed", "too-long"),
        *("untranslated", "outdated-translation", "language-not-ready"),
        *("long-sentence", "hard-to-read", "two-questions", "questionnaire", "praise"),
        *("commanding-word", "own-words-often", "emoji-alone"),
        *("many-buttons", "long-button", "long-message", "notices-too-much"),
    }
)
