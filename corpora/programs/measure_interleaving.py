#!/usr/bin/env python3
"""Measures whether two histories whose commits interleave tell one hand from two people. Answer: no (docs/histories.md).

Usage: measure_interleaving.py REPOS RHYTHMS.csv.gz [PAIRS]

REPOS as for measure_blobs.py, RHYTHMS as for build_rhythms.rs; needs numpy. For two series of author times four statistics
are compared with the same statistics when one series is moved by 1 to 28 whole days either way, which keeps both people's
hours: commits within half an hour of one of the other's, within three hours, days on which both work, and how seldom one
commits within three minutes of the other although within half an hour (somebody who changes between two names). Sets:

- unrelated: main authors of different owners' repositories, and authors of RHYTHMS; half sets the threshold, half tests it
- colleagues: two authors of one repository
- one person: one address in repositories of two owners, and one author's commits dealt out by session, by day, by commit

Only shares leave this program.
"""
import collections
import csv
import gzip
import itertools
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
from measure_blobs import find
from measure_identities import ROBOT

DAY, SESSION = 86_400, 7_200
SHIFTS = [n for n in range(-28, 29) if n]
MOST, LEAST, AUTHORS, COLLEAGUES = 3000, 30, 60, 6


def read(repos):
    """(owner, repository, address, times, whether it wrote most) of authors with at least 50 commits."""
    for owner, name, path in find(repos):
        log = subprocess.run(["git", "-C", path, "log", "--all", "--no-merges", "--format=%ae%x09%at"], capture_output=True, check=False)
        times = collections.defaultdict(set)
        for row in log.stdout.decode("utf-8", "replace").splitlines():
            email, _, seconds = row.partition("\t")
            if seconds.isdigit() and not ROBOT.search(email.lower()):
                times[email.lower().strip()].add(int(seconds))
        ranked = sorted(times, key=lambda e: (-len(times[e]), e))[:AUTHORS]
        for place, email in enumerate(ranked):
            if len(times[email]) >= 50:
                yield owner, name, email, np.array(sorted(times[email])), place == 0


def near(a, b, seconds):
    """Moments of b with one of a within so many seconds."""
    return int((np.searchsorted(a, b + seconds, side="right") > np.searchsorted(a, b - seconds)).sum())


def same_days(a, b):
    return len(np.intersect1d(np.unique(a // DAY), np.unique(b // DAY)))


def excess(count, a, b):
    """Standard deviations by which a count exceeds that of the moved series."""
    moved = np.array([count(a, b + n * DAY) for n in SHIFTS], float)
    return (count(a, b) - moved.mean()) / np.sqrt(max(moved.var(), moved.mean(), 1.0))


def change(a, b):
    """How seldom one commits right after the other, given how often within half an hour."""
    ratio = lambda s: (near(a, b + s, 180), near(a, b + s, 1800))
    moved = np.array([ratio(n * DAY) for n in SHIFTS], float).mean(axis=0)
    few, all_ = ratio(0)
    expected = moved[0] * (all_ + 1) / (moved[1] + 1)
    return (expected - few) / np.sqrt(max(expected, 1.0))


STATISTICS = {
    "within half an hour": lambda a, b: excess(lambda x, y: near(x, y, 1800), a, b),
    "within three hours": lambda a, b: excess(lambda x, y: near(x, y, 10_800), a, b),
    "days of both": lambda a, b: excess(same_days, a, b),
    "changes of name": change,
}


def measured(a, b):
    low, high = max(a[0], b[0]) - 7 * DAY, min(a[-1], b[-1]) + 7 * DAY
    a, b = (t[(t >= low) & (t <= high)][-MOST:] for t in (a, b))
    if min(len(a), len(b)) < LEAST:
        return None
    return {name: statistic(a, b) for name, statistic in STATISTICS.items()}


def some(pairs, most, rng):
    pairs = list(pairs)
    rng.shuffle(pairs)
    found = (measured(a, b) for a, b in pairs)
    return list(itertools.islice((m for m in found if m), most))


def dealt(times, how, rng):
    """One author's commits under two names."""
    if how == "by session":
        session = np.concatenate([[0], np.cumsum(np.diff(times) > SESSION)])
        left = rng.random(session[-1] + 1)[session] < 0.5
    elif how == "by day":
        left = np.array([zlib.crc32(str(day).encode()) % 2 == 0 for day in times // DAY])
    else:
        left = rng.random(len(times)) < 0.5
    return (times[left], times[~left]) if left.any() and not left.all() else None


def main():
    rng, most = np.random.default_rng(5), int(sys.argv[3]) if len(sys.argv) > 3 else 4000
    authors = list(read(Path(sys.argv[1])))
    people = {email: (owner, times) for owner, _, email, times, is_main in reversed(authors) if is_main}
    rhythms = collections.defaultdict(list)
    with gzip.open(sys.argv[2], "rt") as rows:
        for row in csv.DictReader(rows):
            rhythms[row["author"]].append(int(row["utc"]))
    rhythms = [np.unique(times) for times in rhythms.values()]
    unrelated = some(((x[1], y[1]) for x, y in itertools.combinations(people.values(), 2) if x[0] != y[0]), most, rng)
    unrelated += some(itertools.combinations(rhythms, 2), most, rng)
    groups = {"colleagues": [], "one person, two repositories": []}
    by_repository, by_email = collections.defaultdict(list), collections.defaultdict(list)
    for owner, name, email, times, _ in authors:
        by_repository[name].append(times)
        by_email[email].append((owner, times))
    for all_ in by_repository.values():
        groups["colleagues"] += some(itertools.combinations(all_[:COLLEAGUES], 2), most, rng)
    apart = lambda a, b: len(np.intersect1d(a, b)) <= 0.05 * min(len(a), len(b))
    for all_ in by_email.values():
        pairs = ((x[1], y[1]) for x, y in itertools.combinations(all_, 2) if x[0] != y[0] and apart(x[1], y[1]))
        groups["one person, two repositories"] += some(pairs, most, rng)
    for how in ("by session", "by day", "by commit"):
        pairs = (dealt(times[-1000:], how, rng) for _, times in people.values())
        groups[f"one author dealt out {how}"] = some((p for p in pairs if p), most, rng)
    order = rng.permutation(len(unrelated))
    half = len(order) // 2
    print(f"{len(people)} + {len(rhythms)} authors, {len(unrelated)} unrelated pairs")
    for name in STATISTICS:
        values = lambda rows: np.array([row[name] for row in rows])
        first, second = values([unrelated[n] for n in order[:half]]), values([unrelated[n] for n in order[half:]])
        for share in (0.01, 0.001):
            border = np.quantile(first, 1 - share)
            told = [f"{group} {100 * np.mean(values(rows) >= border):.1f} % of {len(rows)}" for group, rows in groups.items()]
            print(f"{name}: above {border:.2f} stand {100 * np.mean(second >= border):.2f} % of unrelated pairs; " + "; ".join(told))


if __name__ == "__main__":
    main()
