#!/usr/bin/env python3
"""Collects claims about time zones beside recorded offsets, for measure_clock.rs. Nothing it prints is to be committed.

    collect_clocks.py poms DIR            DIR holds git directories of public repositories (at any depth)
    collect_clocks.py rhythms FILE.csv.gz columns author, utc, offset_min

poms: many Java projects state <timezone> for each <developer> in pom.xml. That is a claim by an ordinary developer about
their own clock, standing beside their own commits: the same comparison the detector makes. A claim is matched to
commits by exact e-mail, or by account name at apache.org where the project's poms give that; commits by a web interface
are left out, as the detector does. Claims may be years old, so the rate is rather too high than too low. Who states two
different zones is left out.

rhythms: no claims. For each author the claim is made of the other half of their own life: the clock of most days in the
second half of the active days, tested on the first half, and the other way about. What fires are people who moved far
between the halves. Travellers and people who only commit in UTC are not in that file, so the rate is rather too low.
"""
import csv
import gzip
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

NUMBER = re.compile(r"[+-]?\d{1,2}(\.\d)?$")


def git(directory, *args):
    run = subprocess.run(["git", "--git-dir", str(directory), *args], capture_output=True)
    return run.stdout.decode("utf-8", "replace")


def claim_of(text):
    """The pom's zone as the program reads it: a bare number is an offset in hours."""
    text = text.strip()
    if NUMBER.match(text):
        minutes = round(float(text) * 60)
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return text


def claims_in(directory, claims):
    names = git(directory, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    for path in [n for n in names if n == "pom.xml" or n.endswith("/pom.xml") or n == "build.sbt"][:400]:
        text = re.sub(r"<!--.*?-->", "", git(directory, "show", f"HEAD:{path}"), flags=re.S)
        for block in re.findall(r"<(?:developer|contributor)>(.*?)</(?:developer|contributor)>", text, re.S):
            field = lambda key: (re.search(rf"<{key}>\s*(.*?)\s*</{key}>", block, re.S) or ["", ""])[1]
            zone, email, account = field("timezone"), field("email").lower(), field("id").lower()
            if not zone:
                continue
            keys = {email} if "@" in email else set()
            if re.fullmatch(r"[a-z0-9_-]+", account) and "apache" in str(directory):
                keys.add(account + "@apache.org")
            for key in keys:
                claims[key].add(claim_of(zone))


def poms(root):
    directories = sorted(p.parent for p in Path(root).rglob("HEAD") if (p.parent / "objects").is_dir())
    claims = defaultdict(set)
    for directory in directories:
        claims_in(directory, claims)
    # Two keys of one entry are one person: an address is joined to the account it stands beside only through equal stamps.
    claims = {key: next(iter(zones)) for key, zones in claims.items() if len(zones) == 1}
    seen = set()
    for directory in directories:
        for line in git(directory, "log", "--all", "--format=%H %ae %ce %at %ad", "--date=format:%z").splitlines():
            words = line.lower().split(" ")
            if len(words) != 5:
                continue
            commit, author, committer, seconds, zone = words
            if commit in seen or author not in claims or committer == "noreply@github.com":
                continue
            seen.add(commit)
            offset = (-1 if zone[0] == "-" else 1) * (int(zone[1:3]) * 60 + int(zone[3:5]))
            print(author, claims[author], int(seconds), offset, sep="\t")


def rhythms(path):
    authors = defaultdict(list)
    with gzip.open(path, "rt") as rows:
        for row in csv.DictReader(rows):
            authors[row["author"]].append((int(row["utc"]), int(row["offset_min"])))
    for author, stamps in sorted(authors.items()):
        stamps.sort()
        days = sorted({(s + o * 60) // 86400 for s, o in stamps})
        middle = days[len(days) // 2]
        halves = [[x for x in stamps if (x[0] + x[1] * 60) // 86400 < middle], [x for x in stamps if (x[0] + x[1] * 60) // 86400 >= middle]]
        for number, (claimed, tested) in enumerate([(halves[1], halves[0]), (halves[0], halves[1])]):
            by_offset = Counter(o for _, o in {((s + o * 60) // 86400, o) for s, o in claimed})
            minutes = min(by_offset, key=lambda o: (-by_offset[o], o)) if by_offset else 0
            for s, o in tested:
                print(f"{author}/{number}", f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}", s, o, sep="\t")


if __name__ == "__main__":
    {"poms": poms, "rhythms": rhythms}[sys.argv[1]](sys.argv[2])
