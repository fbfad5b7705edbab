#!/usr/bin/env python3
"""How often ordinary documents show what the detectors of kept traces look for. Prints figures only, nothing of a document.

  measure_documents.py texts SAMEHAND TEXTS.jsonl.gz      findings among real résumé texts (one JSON object with `text` a line)
  measure_documents.py files SAMEHAND FOLDER...           findings and evidence among files, one pool a folder
  measure_documents.py ids FOLDER                         editing ids and names that DOCX files of unrelated owners share

SAMEHAND is the built program. For `ids`, FOLDER holds one folder for each project whose files were fetched; projects of one
hand are named in SAME_HAND. Files of one owner that share two editing ids are one family, so that one hand's copies do not
count as many; only families of different owners are compared. The figures stand in corpora/calibration/.
"""
import collections
import gzip
import itertools
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
BACKGROUND = HERE.parent / "background"
KEPT = ["file-lineage", "earlier-revision", "metadata-author", "hidden-link", "hidden-text", "template-residue"]

# Projects that share contributors, under the name of the first.
SAME_HAND = {"apache+tika": "apache+poi", "dotnet+Open-XML-SDK": "OpenXmlDev+Open-Xml-PowerTools"}


def wilson(hits, n):
    z, p = 1.96, hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), middle + half


def poisson_upper(hits):
    """Upper 95 % bound of a Poisson mean, one-sided."""
    low, high = 0.0, 10.0 + 3 * hits
    for _ in range(80):
        mean = (low + high) / 2
        below = sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(hits + 1))
        low, high = (mean, high) if below > 0.05 else (low, mean)
    return high


def scan(program, pool):
    ids = re.findall(r"^([a-z-]+)  ", subprocess.run([program, "explain"], capture_output=True, text=True, check=True).stdout, re.M)
    off = [a for i in ids if i not in KEPT for a in ("--detector", f"{i}=off")]
    done = subprocess.run([program, "scan", str(pool), "--format", "json", "--reveal", *off], capture_output=True)
    return json.loads(done.stdout)


def report(found):
    applicants = found["applicants"]
    print(f"{len(applicants)} applicants")
    for detector in KEPT:
        states = collections.Counter(l["state"] for a in applicants for l in a["looked"] if l["detector"] == detector)
        print(f"{detector}: {dict(sorted(states.items()))}")
    kinds = collections.Counter()
    for f in found["findings"]:
        kinds[f["detector"], kind_of(f)] += 1
    for (detector, kind), hits in sorted(kinds.items()):
        low, high = wilson(hits, len(applicants))
        print(f"finding {detector} ({kind}): {hits} of {len(applicants)}, {hits / len(applicants):.4f} [{low:.4f}, {high:.4f}]")
    pairs = len(applicants) * (len(applicants) - 1) // 2
    tables = collections.Counter((e["detector"], round(e["log10_lr"], 2)) for e in found["evidence"])
    for (detector, lr), hits in sorted(tables.items()):
        print(f"evidence {detector} (log10 LR {lr}): {hits} rows, at most {poisson_upper(min(hits, 100)) / pairs:.2e} of {pairs} pairs")


def kind_of(finding):
    """The kind of a finding: the letters that are hidden, or the first words of its sentence."""
    text = finding["explanation"]
    hidden = re.search(r"eye: (.*)\.$", text)
    return hidden.group(1) if hidden else " ".join(text.split()[:5])


def texts(program, path):
    with tempfile.TemporaryDirectory() as pool:
        for n, line in enumerate(gzip.open(path, "rt")):
            (pathlib.Path(pool) / f"t{n:04}.txt").write_text(json.loads(line)["text"])
        report(scan(program, pool))


def listed(name, section):
    """Values of a section of template_marks.txt, or of a plain list."""
    current, values = "", set()
    for line in (BACKGROUND / name).read_text().splitlines():
        if line.startswith("[") or line.startswith("#") or not line.strip():
            current = line if line.startswith("[") else current
        elif section is None or current == section:
            values.add(line.split(" | ")[0].strip())
    return values


class File:
    def __init__(self, owner, path, template, nobody):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            part = lambda name: archive.read(name).decode("utf8", "replace") if name in names else ""
            settings, properties = part("word/settings.xml"), part("docProps/core.xml") + part("docProps/app.xml")
        rsids = set(re.findall(r"<w:rsid(?:Root)? w:val=\"([0-9A-Fa-f]+)\"", settings))
        self.owner = owner
        self.rsids = frozenset(int(r, 16) for r in rsids) - template - {0}
        folded = (" ".join(n.split()).lower() for n in re.findall(r"<(?:dc:creator|cp:lastModifiedBy|Company)>([^<]+)<", properties))
        self.names = {n for n in folded if n not in nobody and sum(c.isalpha() for c in n) > 1}


def families(files):
    parent = list(range(len(files)))

    def root(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for i, j in itertools.combinations(range(len(files)), 2):
        if files[i].owner == files[j].owner and len(files[i].rsids & files[j].rsids) >= 2:
            parent[root(i)] = root(j)
    grouped = collections.defaultdict(list)
    for i, file in enumerate(files):
        grouped[root(i)].append(file)
    return list(grouped.values())


def ids(folder):
    template = {int(r, 16) for r in listed("template_marks.txt", "[rsid]")}
    nobody = listed("common_authors.txt", None) | {n.lower() for n in listed("template_marks.txt", "[author]")}
    files, seen = [], set()
    for path in sorted(pathlib.Path(folder).glob("*/*.docx")):
        owner = SAME_HAND.get(path.parent.name, path.parent.name)
        if path.name in seen:
            continue
        try:
            files.append(File(owner, path, template, nobody))
            seen.add(path.name)
        except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
            continue
    files = [f for f in files if f.rsids]
    all_families = families(files)
    print(f"{len(files)} files with editing ids in {len(all_families)} families of {len({f.owner for f in files})} owners")
    shared, names, pairs = collections.Counter(), 0, 0
    for a, b in itertools.combinations(all_families, 2):
        if a[0].owner != b[0].owner:
            pairs += 1
            shared[max(len(x.rsids & y.rsids) for x in a for y in b)] += 1
            names += bool(set().union(*(x.names for x in a)) & set().union(*(y.names for y in b)))
    print(f"{pairs} pairs of families of different owners; most editing ids in common: {dict(sorted(shared.items()))}")
    for least in (1, 2, 3, 4):
        hits = sum(n for k, n in shared.items() if k >= least)
        print(f"  at least {least}: {hits}, upper 95 % bound {poisson_upper(hits) / pairs:.2e}")
    print(f"  a name in common: {names}, upper 95 % bound {poisson_upper(names) / pairs:.2e}")


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command == "texts":
        texts(*rest)
    elif command == "files":
        for pool in rest[1:]:
            print(f"== {pathlib.Path(pool).name}")
            report(scan(rest[0], pool))
    else:
        ids(*rest)
