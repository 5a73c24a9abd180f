"""A score as people read it, and as a program does. It holds no text and names no person."""

from typing import Final

from bot.measuring.labelled import OTHER
from bot.measuring.scoring import Score, Tally, percentile, together, wilson
from bot.safety.concern import CLASSES

_SHARES: Final = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "longest": 1.0}
CAVEAT: Final = "Labels are one reader's view, not a clinician's. No figure is about a person.\n"


def as_rows(found: Score, unsure: int) -> dict[str, object]:
    """Give the score as plain data: recall per class, false alarms per 1,000, milliseconds."""
    return {
        "classes": {
            name: {
                "rows": tally.rows,
                "explicit": tally.explicit,
                "unclear": tally.unclear,
                "right_class": tally.right_class,
                "plain": tally.plain,
                "plain_missed": tally.plain_missed,
                "recall": round(tally.noticed / tally.rows, 4),
                "interval": [round(end, 4) for end in wilson(tally.noticed, tally.rows)],
            }
            for name, tally in _crises(found).items()
        },
        "ordinary": _ordinary(found.tallies.get(None, Tally())),
        "unsure_left_out": unsure,
        "milliseconds": {
            name: round(1000 * percentile(found.seconds, share), 3)
            for name, share in _SHARES.items()
        },
    }


def as_table(found: Score, unsure: int) -> str:
    """Write the score as a table."""
    crises = _crises(found)
    lines = []
    if crises:
        lines.append(f"{'class':<16}{'rows':>6}{'noticed':>9}{'recall':>8}  {'95 %':<16}")
        lines[0] += f"{'explicit':>9}{'asked':>7}{'right class':>13}{'plain missed':>14}"
    for name, tally in crises.items():
        low, high = wilson(tally.noticed, tally.rows)
        between = f"{low:.3f} to {high:.3f}"
        lines.append(
            f"{name:<16}{tally.rows:>6}{tally.noticed:>9}{tally.noticed / tally.rows:>8.3f}  "
            f"{between:<16}{tally.explicit:>9}{tally.unclear:>7}{tally.right_class:>13}"
            f"{f'{tally.plain_missed} of {tally.plain}':>14}"
        )
    ordinary = found.tallies.get(None)
    if ordinary:
        lines += ["", f"no crisis: {ordinary.rows} rows; false alarms per 1,000 (95 %)"]
        for name, hits in (("explicit", ordinary.explicit), ("either tier", ordinary.noticed)):
            low, high = wilson(hits, ordinary.rows)
            lines.append(
                f"  {name:<12}{hits:>5}{1000 * hits / ordinary.rows:>8.1f}  "
                f"({1000 * low:.1f} to {1000 * high:.1f})"
            )
        lines += [f"    {count:>3} by {rule}" for rule, count in found.rules.most_common()]
    if unsure:
        lines += ["", f"{unsure} rows left out, of which the reader was unsure"]
    times = ", ".join(
        f"{name} {1000 * percentile(found.seconds, share):.2f}" for name, share in _SHARES.items()
    )
    return "\n".join([*lines, "", f"milliseconds a message: {times}", ""]) + CAVEAT


def _crises(found: Score) -> dict[str, Tally]:
    """Give the tallies of all crises by class, and where there are several, all together."""
    names: tuple[str, ...] = (*CLASSES, OTHER)
    named = {name: found.tallies[name] for name in names if name in found.tallies}
    return {**named, "all": together(named.values())} if len(named) > 1 else named


def _ordinary(tally: Tally) -> dict[str, object]:
    return {
        "rows": tally.rows,
        **{
            f"{name}_per_1000": round(1000 * hits / tally.rows, 2) if tally.rows else None
            for name, hits in (("explicit", tally.explicit), ("either", tally.noticed))
        },
    }
