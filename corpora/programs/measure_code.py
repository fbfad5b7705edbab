#!/usr/bin/env python3
"""Measures how often repositories of unrelated owners share code, and writes calibration/code-copy.json.

Usage: measure_code.py REPOS SCORE_CODE [--write JSON]

REPOS is a folder with one folder per owner and repository, named `owner+name`, each a git repository (or `repo` inside).
SCORE_CODE is the built example `score_code`. One repository of each owner counts. The repositories are used for measuring
and stay where they are: nothing of them, not even their names, goes into the table.

Control pairs: all pairs of different owners; the pool's counts are those of all these repositories. Planted copies: all,
half, a quarter or a tenth of a repository's files, put beside another's files of the rest. Half of the owners (every
second by name) give the table, the other half the check that is printed.
"""
import argparse
import json
import math
import pathlib
import random
import re
import subprocess
import tempfile

HIT_RATE = 0.15  # as in shared-blobs.json
POINTS = [20.0, 40.0, 80.0, 160.0, 320.0, 640.0]
CODE = re.compile(r"\.(c|cc|cpp|cs|go|h|hpp|java|js|jsx|kt|mjs|php|py|rb|rs|sh|sol|swift|ts|tsx|vue)$")


def poisson_upper(hits):
    """Upper 95 % bound of a Poisson mean."""
    low, high = float(hits), hits + 20 + 5 * math.sqrt(hits + 1)
    for _ in range(80):
        middle = (low + high) / 2
        tail = math.exp(-middle) * sum(middle**k / math.factorial(k) for k in range(min(hits, 150) + 1))
        low, high = (middle, high) if tail > 0.05 else (low, middle)
    return high


def owners(folder):
    seen = {}
    for path in sorted(pathlib.Path(folder).iterdir()):
        repo = path / "repo" if (path / "repo").is_dir() else path
        if (repo / "objects").is_dir() or (repo / ".git").is_dir():
            seen.setdefault(path.name.split("+")[0], repo.resolve())
    return seen


def run(program, rows, folder, *more):
    manifest = pathlib.Path(folder) / "manifest.tsv"
    manifest.write_text("".join("\t".join(map(str, r)) + "\n" for r in rows))
    done = subprocess.run([program, manifest, "--measure", "score", "--public", "--print", *more],
                          capture_output=True, text=True, check=True)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return [(r[0], r[1], r[2] == "1", float(r[3])) for r in lines if len(r) == 4]


def files_of(repo, into, keep):
    """Lays out the code files of HEAD for which `keep` says so."""
    names = subprocess.run(["git", "-C", repo, "ls-tree", "-r", "--name-only", "-z", "HEAD"], capture_output=True).stdout
    for name in names.decode("utf-8", "replace").split("\0"):
        if CODE.search(name) and ".." not in name and keep():
            data = subprocess.run(["git", "-C", repo, "cat-file", "blob", f"HEAD:{name}"], capture_output=True).stdout
            to = into / name
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(data)


def planted(program, repos, rng, folder):
    """Scores of copies of parts of repositories: [(share, score)]."""
    folder = pathlib.Path(folder)
    rows = []
    for n, repo in enumerate(repos):
        other = repos[(n + 1) % len(repos)]
        for share in (1.0, 0.5, 0.25, 0.1):
            copy = folder / f"{n}-{share}"
            files_of(repo, copy, lambda: rng.random() < share)
            if share < 1.0:
                files_of(other, copy / "own", lambda: rng.random() > share)
            if copy.exists():
                rows.append((repo, copy, 1, share))
    return [(float(rows[i][3]), s) for i, (_, _, _, s) in enumerate(run(program, rows, folder))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("repos")
    parser.add_argument("program")
    parser.add_argument("--write")
    parser.add_argument("--copies", type=int, default=40)
    args = parser.parse_args()
    rng = random.Random(7)
    repos = owners(args.repos)
    names = sorted(repos)
    half = {str(repos[name]): n % 2 for n, name in enumerate(names)}
    with tempfile.TemporaryDirectory() as folder:
        control = run(args.program, [(repos[n], "-", n) for n in names], folder, "--pool")
        copies = planted(args.program, rng.sample([str(repos[n]) for n in names], args.copies), rng, folder)
    own = [s for a, b, _, s in control if half[a] == half[b] == 0]
    check = [s for a, b, _, s in control if half[a] == half[b] == 1]
    cross = [s for a, b, _, s in control if half[a] != half[b]]
    points = []
    for score in POINTS:
        hits = sum(s >= score for s in own + cross)
        rate = poisson_upper(hits) / len(own + cross)
        reach = sum(s >= score for _, s in copies) / len(copies)
        points.append({"score": score, "log10_lr": round(math.log10(max(HIT_RATE * reach / rate, 1e-3)), 3), "rate": float(f"{rate:.3g}")})
        held = sum(s >= score for s in check)
        print(f"{score:6.0f}: {hits} of {len(own + cross)}, held back {held} of {len(check)} "
              f"(bound {poisson_upper(held) / len(check):.2g}), copies {reach:.2f}, {points[-1]}")
    print("highest:", sorted((s for *_, s in control), reverse=True)[:12])
    for share in (1.0, 0.5, 0.25, 0.1):
        of = [s for sh, s in copies if sh == share]
        print(f"copies of {share}: {sum(s >= POINTS[0] for s in of)} of {len(of)} found")
    table = {
        "name": "code-copy", "version": "1",
        "corpus": f"{len(names)} public repositories of as many unrelated owners, {len(own + cross)} of their {len(control)} pairs; "
                  f"{len(check)} pairs of every second owner were held back for the check; the pool's counts are those of all",
        "source": "corpora/programs/measure_code.py REPOS target/release/examples/score_code --write corpora/calibration/code-copy.json",
        "hit_rate": HIT_RATE,
        "hit_rate_source": "hypothesis, as in shared-blobs: of pairs of applications that one hand prepared with repositories, 15 % contain "
                           "copied code; multiplied by the share of planted copies (whole, half, a quarter and a tenth of a repository's files) that reach the score",
        "strata": {"": {"points": points}},
    }
    if args.write:
        pathlib.Path(args.write).write_text(json.dumps(table, indent=2) + "\n")


if __name__ == "__main__":
    main()
