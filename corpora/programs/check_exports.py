#!/usr/bin/env python3
"""Reads what `samehand export` writes with the programs that others use, and compares counts with the report.

Needs Python with networkx, stix2-validator 3.2.0 and pymisp (PyPI):

    python3 -m venv /tmp/check && /tmp/check/bin/pip install networkx stix2-validator==3.2.0 pymisp
    cargo run --release -- scan corpora/demo -o /tmp/masked
    cargo run --release -- scan corpora/demo -o /tmp/revealed --reveal
    /tmp/check/bin/python corpora/programs/check_exports.py target/release/samehand /tmp/masked /tmp/revealed

Prints one line for each export and stops at the first that another program does not read as the report says.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import networkx
from pymisp import MISPEvent
from stix2validator import ValidationOptions, validate_file


def fail(what):
    sys.exit(f"failed: {what}")


def export(program, report, form, out, reveal):
    command = [program, "export", str(report), "--format", form, "-o", str(out)]
    subprocess.run(command + (["--reveal"] if reveal else []), check=True, capture_output=True)
    first = out.read_bytes()
    subprocess.run(command + (["--reveal"] if reveal else []), check=True, capture_output=True)
    if out.read_bytes() != first:
        fail(f"{form}: two exports of one report differ")


def check_graph(read, path, report, reveal):
    graph = read(path)
    if graph.is_directed() or graph.is_multigraph():
        fail(f"{path}: not a simple undirected graph")
    if (graph.number_of_nodes(), graph.number_of_edges()) != (len(report["applicants"]), len(report["links"])):
        fail(f"{path}: {graph}")
    ids = {data["applicant"]: node for node, data in graph.nodes(data=True)}
    for link in report["links"]:
        if link["a"] not in ids or link["b"] not in ids:
            continue  # an id that holds an address is masked again in the export of a revealed report
        edge = graph.edges[ids[link["a"]], ids[link["b"]]]
        families = {k.removeprefix("family_"): v for k, v in edge.items() if k.startswith("family_")}
        same = (edge["log10_lr"], edge["words"], edge["expected_by_chance"], families)
        if same != (link["log10_lr"], link["words"], link["expected_by_chance"], link["families"]):
            fail(f"{path}: {link['a']} and {link['b']}: {edge}")
        if edge["explained_by"] != ";".join(link["explained_by"]) or edge["weight"] < 0:
            fail(f"{path}: {link['a']} and {link['b']}: {edge}")
    for cluster in report["clusters"]:
        members = {d["applicant"] for _, d in graph.nodes(data=True) if cluster["id"] in d["cluster"].split(";")}
        if members and members != set(cluster["members"]) and not reveal:
            fail(f"{path}: {cluster['id']}: {members}")
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def check_stix(path, report, reveal):
    # 103 wants random ids (a SHOULD); ours are name-based, so that the same report gives the same bytes.
    found = validate_file(str(path), ValidationOptions(version="2.1", strict=True, disabled="103"))
    faults = [str(e) for r in found.object_results for e in (r.errors or []) + (r.warnings or [])]
    if not found.is_valid or faults:
        fail(f"{path}: {found.fatal} {faults}")
    objects = json.loads(path.read_text())["objects"]
    kinds = [o["type"] for o in objects]
    if kinds.count("grouping") != len(report["clusters"]):
        fail(f"{path}: {kinds.count('grouping')} groupings")
    wanted = {"identity", "extension-definition", "relationship", "note", "grouping"}
    if reveal:
        wanted |= {"email-addr", "url", "observed-data", "indicator"}
    if not set(kinds) <= wanted:
        fail(f"{path}: {set(kinds) - wanted}")
    return f"{len(objects)} objects, no fault but 103"


def check_misp(path, report, reveal):
    event = MISPEvent()
    event.load_file(str(path))
    known = event.describe_types["category_type_mappings"]
    for attribute in event.attributes:
        if attribute.to_ids or attribute.type not in known[attribute.category]:
            fail(f"{path}: {attribute.to_dict()}")
    groups = [a for a in event.attributes if a.value.startswith("group ")]
    if len(groups) != len(report["clusters"]) or event.published:
        fail(f"{path}: {len(groups)} groups")
    return f"{len(event.attributes)} attributes"


def main():
    program, masked, revealed = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        for directory, reveal in [(masked, False), (revealed, False), (revealed, True)]:
            report = json.loads((directory / "report.json").read_text())
            for form, check in [
                ("graphml", lambda *a: check_graph(networkx.read_graphml, *a)),
                ("gexf", lambda *a: check_graph(lambda p: networkx.read_gexf(p), *a)),
                ("stix", check_stix),
                ("misp", check_misp),
            ]:
                out = Path(folder) / f"export.{form}"
                export(program, directory, form, out, reveal)
                print(f"{directory.name}{' --reveal' if reveal else ''}: {form}: {check(out, report, reveal)}")


if __name__ == "__main__":
    main()
