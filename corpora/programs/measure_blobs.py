#!/usr/bin/env python3
"""Measures how often repositories of unrelated owners share source files, and writes calibration/shared-blobs.json.

Usage: measure_blobs.py REPOS [--scaffold BIN] [--write JSON]

REPOS is a folder with one folder per owner and repository, named `owner+name`, each a git repository (bare or not;
`repo` or `repo/.git` inside is found too). Only ids, sizes and paths are read. The repositories are used for measuring
and stay where they are: nothing of them, not even their names, goes into the table.

What a file counts follows src/detect/shared_blobs.rs (class Source, not in the scaffold table, weight by size, three
files in two directories or half of the smaller side). The classes follow its prose, not its code: an extension list,
path parts of vendored code, names of generated files, and a size under which nothing counts.
"""
import argparse
import collections
import itertools
import json
import math
import pathlib
import random
import subprocess

SOURCE = set(
    "c cc cpp cs css cxx dart ex exs go h hpp hs html java js jsx kt kts less lua m mjs cjs php pl py r rb rs sass "
    "scala scss sh sol sql svelte swift ts tsx vue vy".split()
)
VENDORED = {"vendor", "vendors", "vendored", "third_party", "third-party", "thirdparty", "node_modules", "external",
            "bower_components", "deps", "lib", "libs", "plugins", "dist", "build", "out", "target", "generated",
            "__generated__", "typechain", "typechain-types", "artifacts", "migrations", ".yarn", "static", "wwwroot",
            "site-packages", "venv", ".venv", "__snapshots__", "pods", "gradle"}
KEEP = {"lib", "libs", "plugins", "static", "target", "out", "build", "external", "deps"}  # also names of own code
TINY = 200  # bytes; src/detect/shared_blobs.rs
CAP = 6.0  # src/detect/shared_blobs.rs
HIT_RATE = 0.15
POINTS = [0.1, 1.0, 2.0, 4.0, 8.0, 16.0]
TAIL = 8.0


def is_source(path: str, size: int) -> bool:
    parts = path.lower().split("/")
    name = parts[-1]
    if size < TINY or size > 512 * 1024 or "." not in name or name.rsplit(".", 1)[1] not in SOURCE:
        return False
    if any(p in VENDORED - KEEP for p in parts[:-1]):
        return False
    return ".min." not in name and ".generated." not in name and ".g." not in name and not name.startswith("yarn-")


def git(repo, *args):
    done = subprocess.run(["git", "-C", repo, *args], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def read(repo: str):
    """Source files at the branch tips (the first 12), and the ids of all commits."""
    tips = ["HEAD", *git(repo, "for-each-ref", "--format=%(refname)", "refs/heads").split("\n")]
    files = {}
    for tip in [t for t in tips if t][:13]:
        for row in git(repo, "ls-tree", "-r", "-l", "-z", tip).split("\0"):
            if "\t" not in row:
                continue
            meta, path = row.split("\t", 1)
            kind, blob, size = meta.split()[1:]
            if kind == "blob" and size.isdigit() and is_source(path, int(size)):
                files.setdefault(blob, (path, int(size)))
    return files, set(git(repo, "rev-list", "--all").split())


def languages(files):
    count = collections.Counter(path.rsplit(".", 1)[1].lower() for path, _ in files.values())
    same = {"tsx": "ts", "jsx": "js", "mjs": "js", "cjs": "js", "ts": "js", "scss": "css", "sass": "css", "kts": "kt"}
    grouped = collections.Counter()
    for ext, n in count.items():
        grouped[same.get(ext, ext)] += n
    return {ext for ext, n in grouped.items() if n >= 3 and ext not in {"css", "html", "sh", "sql"}}


def weight(size: int) -> float:
    return min(CAP, max(0.0, math.log2(size / 100)))


def score(a, b):
    """Score and the two shares, or None where the detector would not speak."""
    shared = a.keys() & b.keys()
    small, large = sorted((len(a), len(b)))
    if len(shared) < 3:
        return None
    dirs = min(len({s[x][0].rpartition("/")[0] for x in shared}) for s in (a, b))
    if dirs < 2 and len(shared) / small < 0.5:
        return None
    mass = sum(weight(a[x][1]) for x in shared)
    return mass * len(shared) / small, mass, len(shared) / small, len(shared) / large, len(shared)


def planted(kept, part, rng):
    """Scores of copies: a random part of each repository put into another unrelated one of similar size."""
    scores = []
    ordered = sorted(kept, key=lambda k: len(k[2]))
    for x, y in zip(ordered, ordered[1:]):
        names = sorted(x[2])
        taken = set(names if part == 1 else rng.sample(names, max(1, round(part * len(names)))))
        copy = {b: x[2][b] for b in taken}
        if part < 1:
            copy |= {b: f for b, f in list(sorted(y[2].items()))[: len(names)]}
        s = score(x[2], copy)
        scores.append(s[0] if s else 0.0)
    return scores


def table(owners, pairs, kept):
    """The points of the calibration table: score, bound of the rate at that score or more, log10 LR.

    Below TAIL a score is weighed by how often copies fall between it and the next point, not by how often they reach it:
    nearly every copy lies far above, so that a low score speaks of a starter rather than of a copy.
    """
    rng = random.Random(11)
    copies = [s for part in (1, 0.5, 0.25, 0.1) for s in planted(kept, part, rng)]
    points, best = [], -9.0
    for at, after in zip(POINTS, POINTS[1:] + [math.inf]):
        hits = sum(1 for s in pairs.values() if s and s[0] >= at)
        rate = max(poisson_upper(hits) / len(pairs), resampled_upper(owners, pairs, at))
        reach = sum(s >= at and (at >= TAIL or s < after) for s in copies) / len(copies)
        best = max(best, math.log10(HIT_RATE * reach / rate)) if reach else best
        points.append({"score": at, "log10_lr": round(max(best, 0.0), 3), "rate": float(f"{rate:.3g}")})
        print(f"score >= {at}: {hits} of {len(pairs)}, rate <= {rate:.2e}, copies {reach:.3f}, log10 LR {best:.2f}")
    return points


def write(path, kept, owners, pairs, forks):
    points = table(owners, pairs, kept)
    seen = [s for s in pairs.values() if s]
    doc = {
        "name": "shared-blobs",
        "version": "1",
        "corpus": f"{len(kept)} public repositories of as many unrelated owners (portfolios, chat and shop applications, blogs, "
        f"bots, smart contracts, libraries), {len(pairs)} pairs with a language in common, {forks} pairs with common commits left out; "
        f"{len(seen)} pairs shared three files or more, the highest score was {max((s[0] for s in seen), default=0):.2f}; "
        "the packages of the scaffold table were chosen partly on the same repositories",
        "source": "corpora/programs/measure_blobs.py REPOS --scaffold corpora/background/scaffold_blobs.bin --write corpora/calibration/shared-blobs.json",
        "hit_rate": HIT_RATE,
        "hit_rate_source": "hypothesis: of pairs of applications that one hand prepared with repositories, 15 % contain a copied "
        "repository; multiplied by the share of planted copies (whole, half, a quarter and a tenth of a repository) that reach the score; below 8 by those between two points",
        "strata": {"": {"points": points}},
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(doc, indent=2) + "\n")


def poisson_upper(k: int) -> float:
    """Upper end of the one-sided 95 % interval of a Poisson mean after k events (bisection on the tail)."""
    low, high = 0.0, 10.0 + 4.0 * k
    for _ in range(80):
        mid = (low + high) / 2
        tail = sum(math.exp(-mid + i * math.log(mid) - math.lgamma(i + 1)) for i in range(k + 1)) if mid else 1.0
        low, high = (mid, high) if tail > 0.05 else (low, mid)
    return high


def resampled_upper(owners, pairs, at, rounds=400):
    """95th percentile of the rate when owners, not pairs, are drawn again with replacement (fixed seed)."""
    rng = random.Random(7)
    hits = [(a, b) for (a, b), s in pairs.items() if s is not None and s[0] >= at]
    if not hits:
        return 0.0
    rates = []
    for _ in range(rounds):
        times = collections.Counter(rng.choices(owners, k=len(owners)))
        total = sum(times[a] * times[b] for a, b in pairs)
        rates.append(sum(times[a] * times[b] for a, b in hits) / max(total, 1))
    return sorted(rates)[int(0.95 * rounds)]


def find(root: pathlib.Path):
    for folder in sorted(p for p in root.iterdir() if p.is_dir() and "+" in p.name):
        inner = next((p for p in (folder / "repo" / ".git", folder / "repo", folder / ".git", folder) if (p / "objects").is_dir()), None)
        if inner:
            yield folder.name.split("+")[0].lower(), folder.name, str(inner)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("repos", type=pathlib.Path)
    ask.add_argument("--scaffold", type=pathlib.Path)
    ask.add_argument("--write", type=pathlib.Path)
    ask.add_argument("--verbose", action="store_true")
    ask.add_argument("--cache", type=pathlib.Path, help="keeps what was read, for a second run")
    ask.add_argument("--only", type=pathlib.Path, help="a file with one folder name a line; others are left out")
    a = ask.parse_args()
    scaffold = set()
    if a.scaffold:
        raw = a.scaffold.read_bytes()
        scaffold = {raw[i : i + 8].hex() for i in range(0, len(raw), 8)}
    if a.cache and a.cache.exists():
        repos = [(o, n, f, set(c)) for o, n, f, c in json.loads(a.cache.read_text())]
    else:
        only = set(a.only.read_text().split()) if a.only else None
        repos = [(o, n, *read(path)) for o, n, path in find(a.repos) if only is None or n in only]
        if a.cache:
            a.cache.write_text(json.dumps([(o, n, f, sorted(c)) for o, n, f, c in repos]))
    kept = []
    for owner, name, files, commits in repos:
        files = {b: x for b, x in files.items() if b[:16] not in scaffold}
        if len(files) >= 3:
            kept.append((owner, name, files, commits, languages(files)))
    owners = sorted({k[0] for k in kept})
    pairs, forks = {}, 0
    for x, y in itertools.combinations(kept, 2):
        if x[0] == y[0] or not x[4] & y[4]:
            continue
        if x[3] & y[3]:
            forks += 1
            continue
        key = tuple(sorted((x[0], y[0])))
        s = score(x[2], y[2])
        best = pairs.get(key)
        pairs[key] = max((v for v in (best, s) if v is not None), default=None)
        if a.verbose and s:
            print(x[1], y[1], s, [x[2][b] for b in list(x[2].keys() & y[2].keys())[:12]])
    print(f"{len(kept)} repositories, {len(owners)} owners, {len(pairs)} comparable pairs, {forks} pairs share commits")
    print("scores", sorted((tuple(round(v, 2) for v in s) for s in pairs.values() if s), reverse=True)[:40])
    if a.write:
        write(a.write, kept, owners, pairs, forks)


if __name__ == "__main__":
    main()
