#!/usr/bin/env python3
"""Measures how often one commit identity belongs to two people, and writes calibration/commit-identity.json.

Usage: measure_identities.py REPOS [--only FILE] [--write JSON]

REPOS as for measure_blobs.py. Two questions:

1. owned by both: an address that the owner of one repository commits with is also that of the owner of another; and, as
   the random-match model of an identifier that is assigned to one holder, how many addresses stand under two names that
   have no word in common, in two repositories, over the number of pairs of identities.
2. in another's history: the owner of one repository stands in the history of another as author or committer.

The owner is whoever wrote most commits. Only counts leave this program: no name, no address.
"""
import argparse
import collections
import itertools
import json
import math
import pathlib
import re
import subprocess
import unicodedata

from measure_blobs import find, poisson_upper, resampled_upper

ROBOT = re.compile(r"\[bot\]|^no-?reply@|^(git)?hub@|bot@|@users\.noreply\.gitlab|^actions?@github|example\.(com|org|net)|^$|^[^@]*$|@[^.]*$|\.local$|\(none\)")
HIT_OWNED = 0.10
HIT_OTHERS = 0.10
MODEL_RATE = 1e-5  # asked of the random-match model; see the corpus line of what was measured


def words(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return {w for w in re.split(r"[^a-z0-9]+", plain) if len(w) > 1}


def related(a, b):
    """Whether two names may be one person's: a word in common, or one run together holds a word of the other."""
    joined = ["".join(sorted_words) for sorted_words in (sorted(a), sorted(b))]
    return bool(a & b) or any(len(w) > 3 and w in joined[1] for w in a) or any(len(w) > 3 and w in joined[0] for w in b)


def identities(repo):
    """Per commit outside merge requests: author and committer (address, name)."""
    form = "%ae%x00%an%x00%ce%x00%cn"
    done = subprocess.run(["git", "-C", repo, "log", "--no-merges", "--branches", "--tags", f"--format={form}"],
                          capture_output=True, check=False)
    for row in done.stdout.decode("utf-8", "replace").splitlines():
        parts = row.split("\0")
        if len(parts) == 4:
            yield (parts[0].lower().strip(), parts[1]), (parts[2].lower().strip(), parts[3])


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("repos", type=pathlib.Path)
    ask.add_argument("--only", type=pathlib.Path)
    ask.add_argument("--write", type=pathlib.Path)
    a = ask.parse_args()
    only = set(a.only.read_text().split()) if a.only else None
    owner_of, stands, names = {}, {}, collections.defaultdict(lambda: collections.defaultdict(set))
    people = set()
    for owner, name, path in find(a.repos):
        authored, everyone = collections.Counter(), set()
        for author, committer in identities(path):
            for email, who in (author, committer):
                if not ROBOT.search(email):
                    everyone.add(email)
                    people.add(email)
                    names[email][who].add(owner)
            if not ROBOT.search(author[0]):
                authored[author[0]] += 1
        if authored and (only is None or name in only):
            owner_of[owner], stands[owner] = authored.most_common(1)[0][0], everyone
    owners = sorted(owner_of)
    shared, others = {}, {}
    for x, y in itertools.combinations(owners, 2):
        shared[x, y] = (1.0,) if owner_of[x] == owner_of[y] else None
        inside = owner_of[x] in stands[y] or owner_of[y] in stands[x]
        others[x, y] = (1.0,) if inside and owner_of[x] != owner_of[y] else None
    count = lambda pairs: sum(1 for v in pairs.values() if v)
    two = 0
    for where in names.values():
        known = [(words(n), repos) for n, repos in where.items() if words(n)]
        two += any(not related(p[0], q[0]) and p[1] != q[1] and len(p[1] | q[1]) > 1 for p, q in itertools.combinations(known, 2))
    n = len(people)
    model = poisson_upper(two) / (n * (n - 1) / 2)
    print(f"{len(owners)} owners, {len(shared)} pairs: {count(shared)} share an owner's address, {count(others)} have the owner in the other's history")
    print(f"{n} addresses of people, {two} under two names without a common word in two repositories: {model:.2e} per pair")
    rate_others = max(poisson_upper(count(others)) / len(others), resampled_upper(owners, others, 1.0))
    owned = {"score": 1.0, "log10_lr": round(math.log10(HIT_OWNED / MODEL_RATE), 3), "rate": MODEL_RATE}
    inside = {"score": 1.0, "log10_lr": round(math.log10(HIT_OTHERS / rate_others), 3), "rate": float(f"{rate_others:.3g}")}
    assert model * 9 < MODEL_RATE, "three addresses a person make nine pairs"
    if a.write:
        doc = {
            "name": "commit-identity",
            "version": "1",
            "corpus": f"{len(owners)} public repositories of as many unrelated owners, {len(shared)} pairs: {count(shared)} share an "
            f"owner's address, {count(others)} have one owner in the other's history. Random-match model for owned-by-both: of "
            f"{n} addresses of people in all repositories read, {two} stand under two names without a common word in two repositories, "
            f"at most {model:.1e} for a pair of addresses; the table asks for {MODEL_RATE:.0e} for a pair of people",
            "source": "corpora/programs/measure_identities.py REPOS --only OWNERS --write corpora/calibration/commit-identity.json",
            "hit_rate": HIT_OWNED,
            "hit_rate_source": "hypothesis: one in ten pairs of applications that one hand prepared with repositories shows a slip of the "
            "commit identity",
            "strata": {"owned-by-both": {"points": [owned]}, "in-others-history": {"points": [inside]}},
        }
        a.write.parent.mkdir(exist_ok=True)
        a.write.write_text(json.dumps(doc, indent=2) + "\n")


if __name__ == "__main__":
    main()
