"""Extracts what our connectors use of Google's discovery documents.

    python tests/tools/extract_discovery.py google_api_python_client-2.202.0-py3-none-any.whl

Writes tests/fixtures/{youtube,google_business}/discovery.json: methods, their parameters, and every
schema these lead to, without the descriptions. The documents lie in the wheel of
google-api-python-client (PyPI, Apache-2.0); there is none for the reviews of Google Business (v4).
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[1] / "fixtures"
WANTED = {
    "youtube": {
        "youtube.v3": (
            "commentThreads.list commentThreads.insert comments.list comments.insert "
            "comments.update comments.delete channels.list videos.list search.list"
        ).split()
    },
    "google_business": {
        "mybusinessaccountmanagement.v1": ["accounts.list"],
        "mybusinessbusinessinformation.v1": ["accounts.locations.list", "locations.get"],
    },
}
# Of these only what our `part` and `readMask` ask for.
PARTS = {
    "Video": "kind etag id snippet statistics".split(),
    "Channel": "kind etag id snippet statistics".split(),
    "Location": "name title storeCode storefrontAddress metadata languageCode".split(),
}
DROPPED = ("description", "enumDescriptions", "parameterOrder", "id", "path", "default")


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for network, documents in WANTED.items():
            found = [
                _extract(json.loads(archive.read(_path(name))), methods)
                for name, methods in documents.items()
            ]
            source = {
                "_source": f"{Path(wheel).name}, PyPI, Apache-2.0; no descriptions",
                "documents": found,
            }
            text = json.dumps(source, indent=1, sort_keys=True)
            (FIXTURES / network / "discovery.json").write_text(text + "\n", encoding="utf-8")


def _path(name: str) -> str:
    return f"googleapiclient/discovery_cache/documents/{name}.json"


def _extract(document: dict[str, Any], names: list[str]) -> dict[str, Any]:
    methods = {name: _method(document, name) for name in names}
    schemas: dict[str, Any] = {}
    waiting = list(_refs(methods))
    while waiting:
        name = waiting.pop()
        if name not in schemas:
            schemas[name] = _part(name, document["schemas"][name])
            waiting += _refs(schemas[name])
    return {
        "name": document["id"],
        "revision": document["revision"],
        "rootUrl": document["rootUrl"],
        "methods": _bare(methods),
        "schemas": _bare(schemas),
    }


def _method(document: dict[str, Any], name: str) -> Any:
    *resources, last = name.split(".")
    node = document
    for resource in resources:
        node = node["resources"][resource]
    return node["methods"][last]


def _part(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    kept = PARTS.get(name, schema.get("properties", {}))
    return {**schema, "properties": {key: schema["properties"][key] for key in kept}}


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _refs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _refs(inner)


def _bare(value: Any, *, is_names: bool = False) -> Any:
    """Without DROPPED; a property may be called "id", so names are left alone."""
    if isinstance(value, dict):
        return {
            key: _bare(inner, is_names=key in ("properties", "parameters", "methods"))
            for key, inner in value.items()
            if is_names or key not in DROPPED or isinstance(inner, dict)
        }
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main(sys.argv[1])
