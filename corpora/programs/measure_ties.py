#!/usr/bin/env python3
"""Measures how often unrelated owners of public repositories are tied by identities, and writes the tables of those detectors.

Usage: measure_ties.py report REPORT.json          counts of evidence by detector in a report over unrelated owners
       measure_ties.py pool MIRRORS FOLDER [--most N] [--commits N]   makes such a pool: one applicant for each owner
       measure_ties.py tables [REPORT.json]        writes corpora/calibration/<detector>.json

MIRRORS holds bare repositories as OWNER+NAME/repo. Each owner is an applicant, with the name and address of whoever wrote
most commits. Only counts leave this program. A rate in a table is never below the upper 95 % bound of what was counted,
unless the value is assigned to one holder: then a model stands for it, and the table says so.
"""
import argparse
import collections
import csv
import json
import math
import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent.parent / "calibration"

# Rates asked of the random-match model of an assigned value: no two people have one, so what remains is a borrowed, mistyped
# or misread one. As in shared-contact.json, rounded up to the next power of ten.
ASSIGNED = 1e-6

# detector: (hit rate, why, {stratum: (share of the hit rate, rate or None for the measured one, note)})
TABLES = {
    "renamed-account": (0.05, {
        "claimed": (0.8, ASSIGNED, "Both own the identity by a claim, by closure or by their name. An account number is given to one account and never again."),
        "supposed": (0.2, None, "One side holds it only because its holder wrote nearly all of a repository."),
    }),
    "shared-key": (0.05, {
        "own": (0.5, ASSIGNED, "The key signs the own commits of both, or one claims it. A key id of 64 bits or a SHA-256 fingerprint agrees by chance less than once in 1e12 pairs; the rate allows for a borrowed machine."),
        "supposed": (0.2, None, "One side holds it only because its holder wrote nearly all of a repository."),
        "let-in": (0.2, None, "One's own key stands in a file of the other's."),
        "in-files": (0.1, None, "One public key stands in files of both."),
    }),
    "shared-machine": (0.05, {
        "given": (0.3, 1e-5, "A name that an operating system made of random letters and digits (DESKTOP- and seven, LAPTOP- and eight, WIN- and eleven signs): 36^7 and more. The rate allows for copied system images."),
        "named": (0.5, None, "A name that somebody chose or that was made of a person's name."),
        "home": (0.2, None, "The user name in a home directory: two people may well have one."),
    }),
    "shared-secret": (0.05, {
        "": (1.0, None, "Measured only: tutorials and courses hand out keys, so the model of an assigned value does not hold."),
    }),
    "shared-service": (0.05, {
        "account": (0.5, None, "An account of a measuring, storing or error-reporting service."),
        "host": (0.5, None, "A host name that a deployment service gave out."),
    }),
    "shared-reference": (0.1, {
        "same": (0.5, 1e-3, "One referee's contact under two names. Contacts of referees are not in the public texts that could be measured: a model of three teams of ten former colleagues in a pool of three hundred, each of whom names the manager."),
        "applicant": (0.5, 1e-3, "The referee of one is another applicant. The same model."),
    }),
    "persona-leftover": (0.1, {
        "head": (0.4, 3e-5, "Where a document says whose it is. Full names of two people agree in at most 5.7 of a million pairs (metadata-author.json); two such places a document, looked at from both sides, give 2.3e-5, rounded up."),
        "file": (0.3, None, "A name or contact in a file of a repository."),
        "contact": (0.3, None, "An own address, number or account in a file of the other's repository."),
    }),
    "licence-holder": (0.05, {
        "licence": (0.5, None, "Holder of a licence or copyright line."),
        "package": (0.5, None, "Author of a package manifest."),
    }),
}
# The measured rate of each detector with the strata that take it: (counted, pairs, resampled), filled from a report.
LEAST_PAIRS = 18_528


def poisson_upper(k):
    """Upper 95 % bound of a Poisson count (one-sided)."""
    if k == 0:
        return 3.0
    low, high = float(k), k + 10 * math.sqrt(k) + 10
    for _ in range(80):
        mid = (low + high) / 2
        tail = sum(math.exp(-mid + i * math.log(mid) - math.lgamma(i + 1)) for i in range(k + 1))
        low, high = (mid, high) if tail > 0.05 else (low, mid)
    return high


def counts(report):
    """Pairs with evidence, by detector, and the number of pairs."""
    doc = json.loads(report.read_text())
    n = len(doc["applicants"])
    pairs = collections.defaultdict(set)
    words = collections.defaultdict(collections.Counter)
    for e in doc["evidence"]:
        who = e["subjects"]
        for i, a in enumerate(who):
            for b in who[i + 1:]:
                pairs[e["detector"]].add((a, b))
        words[e["detector"]][e["words"], tuple(e["explained_by"])] += 1
    return n, n * (n - 1) // 2, pairs, words, doc


def say(report):
    n, total, pairs, words, doc = counts(report)
    print(f"{n} applicants, {total} pairs, {len(doc['links'])} linked, {len(doc['clusters'])} clusters, {len(doc['problems'])} problems")
    for detector in sorted(pairs):
        print(f"  {detector}: {len(pairs[detector])} pairs; {dict(words[detector])}")
    aside = collections.Counter(s["detector"] for s in doc["set_aside"])
    print("  set aside:", dict(aside))
    found = collections.Counter(f["detector"] for f in doc["findings"])
    print("  findings:", dict(found))


def tables(report):
    measured = {}
    total = LEAST_PAIRS
    if report:
        _, total, pairs, _, _ = counts(report)
        measured = {d: len(p) for d, p in pairs.items()}
    for name, (hit, strata) in TABLES.items():
        k = measured.get(name, 0)
        upper = poisson_upper(k) / total
        out = {
            "name": name,
            "version": "1",
            "corpus": f"{total} pairs of unrelated owners of public repositories, {k} tied by it; and, where a note says so, a random-match model"
            if report or name not in ("shared-reference",) else "a model",
            "source": "python3 corpora/programs/measure_ties.py pool MIRRORS FOLDER; samehand scan FOLDER -o OUT; python3 corpora/programs/measure_ties.py tables OUT/report.json",
            "hit_rate": hit,
            "hit_rate_source": f"A hypothesis, not a measurement: {hit:.0%} of the pairs of applications that one hand prepared show it. Shares by kind, which add up to 1: "
            + ", ".join(f"{s or 'all'} {share}" for s, (share, _, _) in strata.items()) + ". log10_lr = log10(hit_rate x share / rate).",
            "strata": {},
        }
        for stratum, (share, rate, note) in strata.items():
            asked = rate if rate is not None else float(f"{max(upper, 1e-4):.2g}")
            lr = math.floor(100 * math.log10(hit * share / asked)) / 100
            out["strata"][stratum] = {"points": [{"score": 1.0, "log10_lr": lr, "rate": asked}], "note": note}
        (HERE / f"{name}.json").write_text(json.dumps(out, indent=2, ensure_ascii=False) + "\n")
        print(name, {s: v["points"][0]["log10_lr"] for s, v in out["strata"].items()})


def git(repo, *words):
    done = subprocess.run(["git", "-C", repo, *words], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def pool(mirrors, folder, most, commits):
    by_owner = collections.defaultdict(list)
    for repo in sorted(mirrors.glob("*+*/repo")):
        by_owner[repo.parent.name.split("+")[0].lower()].append(repo)
    folder.mkdir(parents=True)
    rows, taken = [], set()
    for number, (owner, repos) in enumerate(sorted(by_owner.items())):
        authored = collections.Counter()
        kept = []
        for repo in repos:
            lines = git(str(repo), "log", "--branches", "--tags", "--no-merges", "--format=%an%x00%ae").splitlines()
            if 0 < len(lines) <= commits:
                kept.append(repo)
                authored.update(lines)
        if not kept:
            continue
        name, email = authored.most_common(1)[0][0].split("\0")
        if email.lower() in taken:  # one person who leads two projects is not two unrelated owners
            continue
        taken.add(email.lower())
        place = folder / f"o{number:03}"
        place.mkdir()
        for i, repo in enumerate(kept):
            shutil.copytree(repo, place / f"r{i}.git", copy_function=os.link, symlinks=True)
        rows.append([place.name, name, email, ";".join(f"{place.name}/r{i}.git" for i in range(len(kept)))])
        if len(rows) == most:
            break
    with open(folder / "manifest.csv", "w", newline="", encoding="utf8") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "name", "email", "repos"])
        writer.writerows(rows)
    print(len(rows), "owners")


def main():
    ask = argparse.ArgumentParser()
    sub = ask.add_subparsers(dest="what", required=True)
    make = sub.add_parser("pool")
    make.add_argument("mirrors", type=pathlib.Path)
    make.add_argument("folder", type=pathlib.Path)
    make.add_argument("--most", type=int, default=10_000)
    make.add_argument("--commits", type=int, default=3000)
    one = sub.add_parser("report")
    one.add_argument("report", type=pathlib.Path)
    two = sub.add_parser("tables")
    two.add_argument("report", type=pathlib.Path, nargs="?")
    a = ask.parse_args()
    if a.what == "pool":
        pool(a.mirrors, a.folder, a.most, a.commits)
    elif a.what == "report":
        say(a.report)
    else:
        tables(a.report)


if __name__ == "__main__":
    main()
