"""Just enough of an HSDS 1.1 tabular package to search in it."""

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.directory.service import Service

_MARKS = re.compile(r"#+[A-Z]{3}#+|\\n")


def services_of(package: Path) -> list[Service]:
    """Read the services of a zipped package, with their organisations and terms."""
    with zipfile.ZipFile(package) as held:
        organisations = {row["id"]: row["name"] for row in _rows(held, "organizations.csv")}
        names = {row["id"]: row["name"] for row in _rows(held, "taxonomy.csv")}
        terms: dict[str, list[str]] = defaultdict(list)
        for row in _rows(held, "services_taxonomy.csv"):
            name = names.get(row["taxonomy_id"])
            if name and name not in terms[row["service_id"]]:
                terms[row["service_id"]].append(name)
        return [
            Service(
                source="package",
                id=row["id"],
                name=row["name"],
                organisation=organisations.get(row["organization_id"], ""),
                also=row["alternate_name"],
                what=_MARKS.sub(" ", row["description"]).strip(),
                url=row["url"],
                start=row["application_process"],
                terms=tuple(terms[row["id"]]),
            )
            for row in _rows(held, "services.csv")
        ]


def _rows(held: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    file = next(each for each in held.namelist() if each.endswith(f"/{name}") or each == name)
    with held.open(file) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="")
        yield from csv.DictReader(text)
