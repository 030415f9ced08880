"""The JSON-LD, read by two processors that know nothing of each other and may fetch nothing."""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from rdflib import RDF, BNode, Graph, Literal, URIRef

from backdata import linked, schemas
from backdata.exporters.json import application_document, write_json
from backdata.model import Dataset

SCHEMA, SKOS, TERM = "https://schema.org/", "http://www.w3.org/2004/02/skos/core#", "urn:backdata:term:"
UBERON, FMA = "http://purl.obolibrary.org/obo/UBERON_", "http://purl.org/sig/ont/fma/fma"


def refuse(url: str, options: object = None) -> None:
    raise AssertionError(f"{url} was asked for")


@pytest.fixture(scope="module")
def files(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("json")
    write_json.write(dataset, folder, None)
    return folder


@pytest.fixture(scope="module")
def document(files: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files / "backdata.jsonld").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def graph(files: Path) -> Graph:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", refuse)
        return Graph().parse(files / "backdata.jsonld", format="json-ld")


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def one(graph: Graph, muscle: str, predicate: str) -> set[str]:
    return {str(each) for each in graph.objects(URIRef(f"urn:backdata:muscle:{muscle}"), URIRef(predicate))}


def test_every_key_means_something_and_nothing_is_fetched(document: dict[str, Any]) -> None:
    dropped: list[object] = []
    expanded = jsonld.expand(
        document, {"documentLoader": refuse}, on_property_dropped=lambda *what: dropped.append(what)
    )
    assert dropped == []
    keys = {key for node in nodes(expanded) for key in node}
    assert [key for key in keys if not key.startswith(("@", "http", "urn:backdata:term:"))] == []


def test_two_processors_read_the_same_statements(document: dict[str, Any], graph: Graph) -> None:
    quads = jsonld.to_rdf(document, {"documentLoader": refuse, "format": "application/n-quads"})
    other = Graph().parse(data=quads, format="nt")
    assert len(graph) == len(other) > 20_000
    assert Counter(graph.predicates()) == Counter(other.predicates())
    assert without_blanks(graph) == without_blanks(other)


def without_blanks(graph: Graph) -> set[object]:
    return {triple for triple in graph if not any(isinstance(each, BNode) for each in triple)}


def test_every_iri_is_absolute_and_of_a_scheme_that_we_use(graph: Graph) -> None:
    iris = {str(each) for triple in graph for each in triple if isinstance(each, URIRef)}
    ours = ("urn:backdata:", "http://", "https://")
    assert [iri for iri in iris if not iri.startswith(ours) or any(sign in iri for sign in ' <>"{}|^`')] == []


def test_every_muscle_is_a_named_muscle_of_schema_org(graph: Graph, dataset: Dataset) -> None:
    muscles = {str(each) for each in graph.subjects(RDF.type, URIRef(f"{SCHEMA}Muscle"))}
    assert muscles == {f"urn:backdata:muscle:{id}" for id in dataset.muscles}
    for id, muscle in dataset.muscles.items():
        assert (URIRef(f"urn:backdata:muscle:{id}"), URIRef(f"{SCHEMA}name"), Literal(muscle.name, lang="en")) in graph
        assert one(graph, id, f"{SCHEMA}identifier") == {id}


def test_counterparts_in_uberon_and_fma_are_those_of_the_sheets(graph: Graph, dataset: Dataset) -> None:
    kinds = {"muscles": "muscle", "groups": "group", "structures": "structure", "nerves": "nerve", "vessels": "vessel"}
    expected = set()
    for table, kind in kinds.items():
        for row in dataset.tables[table]:
            iri = f"urn:backdata:{kind}:{row['id']}"
            expected |= {(iri, f"{UBERON}{row['uberon'].removeprefix('UBERON:')}")} if row["uberon"] else set()
            expected |= {(iri, f"{FMA}{row['fma'].removeprefix('FMA:')}")} if row["fma"] else set()
    assert len(expected) > 100
    for predicate in (f"{SKOS}exactMatch", f"{SCHEMA}sameAs"):
        assert {(str(s), str(o)) for s, o in graph.subject_objects(URIRef(predicate))} == expected


def test_every_reading_stands_once_with_its_sources(document: dict[str, Any], graph: Graph, dataset: Dataset) -> None:
    ids = Counter(node["@id"] for node in nodes(document) if "@id" in node and node is not document["@context"])
    assert [id for id, times in ids.items() if times > 1 and id.startswith("bd:")] == []
    stated = sum(len(dataset.tables[name]) for name in ("attachments", "actions", "innervations", "blood_supply"))
    vessels = len(dataset.tables["vessel_links"]) + len(dataset.tables["territories"])
    readings = set(graph.subjects(RDF.type, URIRef(f"{TERM}Reading")))
    assert len(readings) == stated + vessels
    assert {each for each in readings if not list(graph.objects(each, URIRef(f"{SCHEMA}citation")))} == set()


def test_whatever_is_pointed_to_is_there(graph: Graph) -> None:
    described = set(graph.subjects(RDF.type))
    named = {each for each in graph.objects() if isinstance(each, URIRef) and str(each).startswith("urn:backdata:")}
    assert {each for each in named - described if not str(each).startswith(TERM)} == set()


def test_what_sources_dispute_is_not_told_as_settled(graph: Graph, dataset: Dataset) -> None:
    for id, muscle in dataset.muscles.items():
        told = one(graph, id, f"{SCHEMA}insertion")
        assert told == one(graph, id, "http://purl.obolibrary.org/obo/RO_0002373")
        taught = {
            f"urn:backdata:structure:{fact.structure}" for fact in muscle.insertions if fact.reading == "preferred"
        }
        undisputed = {
            f"urn:backdata:structure:{fact.structure}"
            for fact in muscle.insertions
            if fact.reading == "preferred" and not fact.contested and fact.constancy != "inconstant"
        }
        assert undisputed <= told <= taught, id
    assert "urn:backdata:structure:spinous-process" in one(
        graph, "splenius-capitis", "http://purl.obolibrary.org/obo/RO_0002372"
    )
    assert one(graph, "splenius-capitis", f"{SCHEMA}nerve") == set(), "its nerve is contested"
    assert one(graph, "rhomboid-major", f"{SCHEMA}nerve") == {"urn:backdata:nerve:dorsal-scapular-nerve"}


def test_the_data_set_says_whose_it_is(graph: Graph) -> None:
    us = URIRef("urn:backdata:dataset")
    assert (us, RDF.type, URIRef(f"{SCHEMA}Dataset")) in graph
    assert (us, URIRef(f"{SCHEMA}license"), URIRef("https://creativecommons.org/licenses/by/4.0/")) in graph
    assert list(graph.objects(us, URIRef(f"{SCHEMA}version")))


def test_the_context_alone_is_the_one_in_the_document(files: Path, document: dict[str, Any]) -> None:
    alone = json.loads((files / "context.jsonld").read_text("utf-8"))
    assert document["@context"] == alone["@context"]
    muscle = {"@type": "Muscle", "@id": "bd:muscle:x", "name": "x", "exactMatch": ["obo:UBERON_0000711", "fma:22653"]}
    (expanded,) = jsonld.expand({**alone, **muscle}, {"documentLoader": refuse})
    assert expanded["@type"] == [f"{SCHEMA}Muscle"]
    assert expanded[f"{SKOS}exactMatch"] == [{"@id": f"{UBERON}0000711"}, {"@id": f"{FMA}22653"}]


def test_the_context_makes_links_of_all_columns_that_refer() -> None:
    meant = linked.context()["@context"]
    tables = (
        "groups",
        "muscles",
        "attachments",
        "actions",
        "innervations",
        "blood_supply",
        "vessel_links",
        "territories",
        "movements",
        "nerves",
    )
    for table in tables:
        for column in schemas.tables()[table].columns.values():
            if column.refers_to and column.name not in ("muscle", "parent", "source", "also"):
                assert meant[column.name]["@type"] == "@id", f"{table}.{column.name}"


def test_nothing_of_a_record_is_left_out(mini: Dataset) -> None:
    application = application_document(mini)
    told = {node["id"]: node for node in nodes(linked.document(application)) if "id" in node}
    for muscle in application["muscles"]:
        kept = {key for key, value in muscle.items() if value not in (None, [])} - {"identifiers"}
        assert kept <= told[muscle["id"]].keys(), muscle["id"]
