"""The list of a group as HSDS 3.0, for another program: every place as a service of its own.

https://docs.openreferral.org/en/3.0/hsds/schema_reference.html
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

OUR_IDS: Final = UUID("5b7c1f4e-0d52-4c0a-9b43-2f6f3c1d8a17")
"""HSDS wants ids that are UUIDs: each is made of ours, and is the same every time."""


def hsds_of(places: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give confirmed places as one page of services; nothing tells who proposed or confirmed them.

    Each has `id`, `what`, `where`, `meets_you`, `good_for` and `assured` (ISO day). Not even the
    group that lists them is named.
    """
    count = len(places)
    return {
        "total_items": count,
        "total_pages": 1,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": not places,
        "contents": [_service(each) for each in places],
    }


def hsds_data(holds: Mapping[str, Any]) -> bytes:
    """Make JSON in UTF-8 of the `places` that something holds."""
    data = hsds_of(holds["places"])
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _service(place: Mapping[str, Any]) -> dict[str, Any]:
    own = str(place["id"])
    start = "\n".join(filter(None, (place["where"], place["meets_you"])))
    described = place["good_for"] or place["what"]
    return {
        "id": _id(own, "service"),
        "name": place["what"],
        "description": described,
        "status": "active",
        "application_process": start,
        "assured_date": place["assured"],
        "organization": {
            "id": _id(own, "organization"),
            "name": place["what"],
            "description": described,
        },
        "service_at_locations": [
            {
                "id": _id(own, "service at location"),
                "location": {
                    "id": _id(own, "location"),
                    "location_type": "physical",
                    "name": place["where"],
                },
            }
        ],
    }


def _id(own: str, what: str) -> str:
    return str(uuid5(OUR_IDS, f"{what} {own}"))
