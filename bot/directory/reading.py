"""All documents of a file, a folder or a zip into entries: each service once."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.directory.documents import Documents
from bot.directory.entries import Intake, instead, miscounted, no_record, passed_over, said_twice
from bot.directory.given import identity
from bot.directory.kinds import SERVICE, Document, kind_of_record, opened
from bot.directory.record import Doubt, Entry, Refused, SourceUnusable
from bot.directory.survey import Survey, surveyed


def read_documents(documents: Documents, name: str, intake: Intake) -> Iterator[Entry]:
    """Give the entries of all documents; raises SourceUnusable if no service is among them.

    Of several records with one id the fullest sound one is taken.
    """
    survey, kinds = surveyed(documents), set[str]()
    for document in documents():
        if isinstance(document, Refused):
            yield document
            continue
        file, root = document
        page = opened(root)
        kinds |= {kind_of_record(each) for each in page.records if isinstance(each, Mapping)}
        yield from _entries(file, page, survey, intake)
    if SERVICE not in kinds:
        raise SourceUnusable(f"{name} holds no services{instead(kinds)}")


def _entries(file: str, page: Document, survey: Survey, intake: Intake) -> Iterator[Entry]:
    others, copies, ids = Counter[str](), 0, set[str]()
    for index, record in enumerate(page.records):
        where = f"{file}, record {index + 1}" if page.paged else file
        if not isinstance(record, Mapping):
            yield no_record(record, where)
            continue
        own = identity(record.get("id"))
        ids.add(own or where)
        if (kind := kind_of_record(record)) != SERVICE:
            others[kind] += 1
        elif own and not survey.counts(own, record, (file, index)):
            copies += 1
        else:
            yield from intake.take(survey.completed(record), where)
    for kind, count in others.items():
        yield Doubt(file, passed_over(kind, count))
    if copies:
        yield Doubt(file, said_twice(copies))
    if page.says is not None and page.says != len(ids):
        yield Doubt(file, miscounted(page.says, len(ids)))
