#!/usr/bin/env python3
"""Builds the tables of style and measures what they tell, from what `score_style dump` counted.

Usage: build_style_tables.py FOLDER LANGUAGE... [--write]     (needs numpy; FOLDER holds LANGUAGE.dump)

Every pair of packages is scored by a table that neither hand had a part in: hands fall into five parts, and the table for
two parts is made of the other three. The pairs of one half of the hands then fix the points of the calibration table,
those of the other half are reported; pairs that the detector calls too short are left out. The shipped tables are made of all hands. `--write` writes
corpora/background/style.tsv and corpora/calibration/code-style.json. The score itself: src/features/code/style/compare.rs.
"""
import collections
import json
import math
import pathlib
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
MIN_FILES, MIN_TOKENS, MIN_FILE = 5, 3000, 60  # what a side needs, and a file
FORMATTED_TOKENS = 2 * MIN_TOKENS  # what both need where a formatter set both, as `detect::code_style` asks
FORMATTED = {"rust", "go"}  # where a formatter sets everybody's code
SPACING = [0, 1, 2, 3, 4, 5, 7, 8, 9, 13]  # questions that tell whether one did: features::code::style::layout
CAP = 1500  # a file counts for so many tokens at most
SHARED = 0.15  # share of a file's fingerprints that make it a shared one
COMMON = 0.3  # share of packages that have a habit of the table
FLOOR, CLIP, FACTORS = 2e-4, 3.0, 16
PARTS = 5
RATE = 0.0003  # share of strangers' pairs that may reach the reporting threshold in the fit half; 0.0005 let 0.13 % of the other half through
CEILING = 0.95  # just below the end of weak
HYPOTHESIS = 0.5
HEAD = "# Habits of code: how common they are among many hands. Made by corpora/programs/build_style_tables.py; see style.md."


def load(path):
    habits, names, files = [], [], []
    for line in open(path, encoding="latin1"):
        cells = line.rstrip("\n").split("\t")
        if cells[0] == "W":
            names.append(cells[-1])
        elif cells[0] == "H":
            habits.append((cells[-2], int(cells[-1])))
        else:
            pairs = lambda cell: np.array([p.split(":") for p in cell.split()], int).reshape(-1, 2)  # noqa: E731
            files.append((int(cells[1]), cells[2], int(cells[4]), int(cells[5]), set(map(int, cells[6].split())),
                          pairs(cells[7]), pairs(cells[8])))
    return habits, names, files


class Packages:
    """The packages of a language that have enough code of their own."""

    def __init__(self, path):
        self.habits, self.names, files = load(path)
        by = collections.defaultdict(list)
        for hand, package, tokens, public, marks, answers, counts in files:
            if tokens >= MIN_FILE and public <= 0.2 * max(1, len(marks)):
                by[hand, package].append((tokens, marks, answers, counts))
        enough = lambda fs: len(fs) >= MIN_FILES and sum(f[0] for f in fs) >= MIN_TOKENS  # noqa: E731
        self.keys = [k for k in sorted(by) if enough(by[k])]
        self.files = [by[k] for k in self.keys]
        self.hands = np.array([k[0] for k in self.keys])
        self.tokens = [np.array([f[0] for f in fs], float) for fs in self.files]
        self.counts = []
        for fs in self.files:
            rows = np.zeros((len(fs), len(self.habits)), np.float32)
            for n, (_, _, _, counts) in enumerate(fs):
                rows[n, counts[:, 0]] = counts[:, 1]
            self.counts.append(rows)
        self.shares = np.array([self.share(n) for n in range(len(self.keys))])
        self.answers = np.array([sum(f[2] for f in fs) for fs in self.files])
        yes, num = self.answers[:, SPACING, 0], self.answers[:, SPACING, 1]
        even = (num < 20) | (np.minimum(yes, num - yes) * 100 <= num)
        self.formatted = even.all(1) | (pathlib.Path(path).stem in FORMATTED)
        self.without = self.left_out()

    def share(self, n, keep=slice(None)):
        """How often each habit comes, by token, long files counted in part."""
        counts, tokens = self.counts[n][keep], self.tokens[n][keep]
        part = np.minimum(tokens, CAP) / tokens
        return (counts * part[:, None]).sum(0) / (tokens * part).sum()

    def left_out(self):
        """Of pairs of packages that share files: the shares without them, or None where too little is left."""
        held = collections.defaultdict(set)
        for n, fs in enumerate(self.files):
            for mark in set().union(*(f[1] for f in fs)):
                held[mark].add(n)
        shared = collections.Counter()
        for packages in held.values():
            if 1 < len(packages) <= 30:
                order = sorted(packages)
                shared.update((a, b) for i, a in enumerate(order) for b in order[i + 1:])
        every = [set().union(*(f[1] for f in fs)) for fs in self.files]
        own = lambda n, other: np.array([len(f[1] & every[other]) <= SHARED * max(1, len(f[1])) for f in self.files[n]])  # noqa: E731
        out = {}
        for (a, b), num in shared.items():
            keep = (own(a, b), own(b, a)) if num >= 2 else None
            if keep is None or all(map(np.all, keep)):
                continue
            tokens = [self.tokens[n][k].sum() for n, k in zip((a, b), keep)]
            left = min(k.sum() for k in keep) >= MIN_FILES and min(tokens) >= MIN_TOKENS
            out[a, b] = (self.share(a, keep[0]), self.share(b, keep[1]), min(tokens)) if left else None
        return out

    def is_short(self, a, b):
        """Whether a formatter set both and one has too little for that."""
        if not (self.formatted[a] and self.formatted[b]):
            return False
        shared = self.without.get((a, b))
        least = shared[2] if shared else min(self.tokens[a].sum(), self.tokens[b].sum())
        return least < FORMATTED_TOKENS


class Table:
    """What is known of a language's habits from some packages."""

    def __init__(self, packages, among):
        self.habits = np.flatnonzero((packages.shares[among] > 0).mean(0) >= COMMON)
        logs = np.log(packages.shares[np.ix_(among, self.habits)] + FLOOR)
        self.mean, self.sd = logs.mean(0), logs.std(0) + 1e-6
        z = np.clip((logs - self.mean) / self.sd, -CLIP, CLIP)
        hands = packages.hands[among]
        within, free = np.zeros(len(self.habits)), 0
        for hand in set(hands):
            rows = z[hands == hand]
            if len(rows) > 1:
                within += ((rows - rows.mean(0)) ** 2).sum(0)
                free += len(rows) - 1
        kept = np.clip(1 - within / max(free, 1) / (z.var(0) + 1e-9), 0, 1)
        self.weight = np.sqrt((kept + kept.mean()) / 2)
        rows = z * self.weight
        _, size, axes = np.linalg.svd(rows - rows.mean(0), full_matrices=False)
        power = size**2 / len(among)
        self.axes, self.damp = axes[:FACTORS], 1 - np.sqrt(power[FACTORS] / power[:FACTORS])

    def vector(self, shares):
        z = np.clip((np.log(shares[..., self.habits] + FLOOR) - self.mean) / self.sd, -CLIP, CLIP) * self.weight
        on = z @ self.axes.T
        z = z - (on * self.damp) @ self.axes
        return z / np.linalg.norm(z, axis=-1, keepdims=True)


def score(packages):
    """(a, b, same hand, likeness) of every pair, by tables without their hands."""
    hands = sorted(set(packages.hands), key=lambda h: (h * 7919) % 1009)
    part = {hand: n % PARTS for n, hand in enumerate(hands)}
    parts = np.array([part[h] for h in packages.hands])
    rows, seen = [], set()
    for p in range(PARTS):
        for q in range(p, PARTS):
            table = Table(packages, np.flatnonzero((parts != p) & (parts != q)))
            members = np.flatnonzero((parts == p) | (parts == q))
            e = table.vector(packages.shares)
            likeness = e @ e.T
            for i, a in enumerate(members):
                for b in members[i + 1:]:
                    if (a, b) in seen or (p != q and parts[a] == parts[b]) or packages.is_short(a, b):
                        continue
                    seen.add((a, b))
                    value = likeness[a, b]
                    if (a, b) in packages.without:
                        if packages.without[a, b] is None:
                            continue
                        x, y = map(table.vector, packages.without[a, b][:2])
                        value = x @ y
                    rows.append((a, b, packages.hands[a] == packages.hands[b], value))
    return np.array(rows)


def auc(pos, neg):
    order = np.argsort(np.argsort(np.concatenate([pos, neg]))) + 1
    return (order[:len(pos)].sum() - len(pos) * (len(pos) + 1) / 2) / len(pos) / len(neg)


def eer(pos, neg):
    at = np.sort(np.concatenate([pos, neg]))[:: max(1, len(neg) // 1000)]
    rates = [((neg >= t).mean(), (pos < t).mean()) for t in at]
    return sum(min(rates, key=lambda r: abs(r[0] - r[1]))) / 2


def logistic(pos, neg):
    """Log likelihood ratio (natural) as a line of the score, both kinds weighing the same."""
    x, y = np.concatenate([pos, neg]), np.r_[np.ones(len(pos)), np.zeros(len(neg))]
    w = np.r_[np.full(len(pos), 0.5 / len(pos)), np.full(len(neg), 0.5 / len(neg))]
    a, b, m, s = 1.0, 0.0, x.mean(), x.std()
    x = (x - m) / s
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(a * x + b, -30, 30)))
        g = np.array([(w * (p - y) * x).sum() + 1e-4 * a, (w * (p - y)).sum()])
        h = w * p * (1 - p) + 1e-12
        d = np.linalg.solve([[(h * x * x).sum() + 1e-4, (h * x).sum()], [(h * x).sum(), h.sum()]], g)
        a, b = a - d[0], b - d[1]
    return lambda v: np.clip(a * (v - m) / s + b, -30, 30)


def cllr(pos, neg):
    return (np.log2(1 + np.exp(-pos)).mean() + np.log2(1 + np.exp(neg)).mean()) / 2


def poisson_upper(hits):
    """Upper 95 % bound of the mean of a Poisson variable seen `hits` times."""
    low, high = 0.0, 60.0 + 3 * hits
    for _ in range(80):
        mid = (low + high) / 2
        tail = sum(math.exp(-mid + k * math.log(mid) - math.lgamma(k + 1)) for k in range(hits + 1)) if mid > 0 else 1
        low, high = (mid, high) if tail > 0.05 else (low, mid)
    return high


def measure(language, packages):
    """Prints how well pairs are told apart; gives the scores (fit: one hand, two; report: one hand, two)."""
    rows = score(packages)
    hands = sorted(set(packages.hands), key=lambda h: (h * 104729) % 2003)
    first = set(hands[::2])
    half = np.array([h in first for h in packages.hands])
    a, b, same = rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2] > 0
    count = collections.Counter(packages.hands)
    print(f"{language}: {len(packages.keys)} packages, {len(count)} hands, {sum(c > 1 for c in count.values())} of two or more; "
          f"{len(packages.without)} pairs share files")
    fit, told = half[a] & half[b], ~half[a] & ~half[b]
    for which, half in (("fit", fit), ("report", told)):
        num = len(set(packages.hands[a[half & same]]))
        print(f"  {which:6} {num} hands with pairs of one, {len(set(packages.hands[a[half]]) | set(packages.hands[b[half]]))} in all")
    return [rows[fit & same, 3], rows[fit & ~same, 3], rows[told & same, 3], rows[told & ~same, 3]]


def tell(languages, scores):
    """Prints the figures of each language. One line maps scores of all of them to likelihood ratios: the pairs by one hand of
    a language alone are too few for a steep line of its own."""
    lr = logistic(*(np.concatenate([s[n] for s in scores]) for n in (0, 1)))
    for language, out in zip(languages, scores):
        for which, (pos, neg) in (("fit", out[:2]), ("report", out[2:])):
            print(f"{language:10} {which:6} {len(pos)} pairs of one hand, {len(neg)} of two: AUC {auc(pos, neg):.3f} EER {eer(pos, neg):.3f} "
                  f"Cllr {cllr(lr(pos), lr(neg)):.3f}; highest of two {np.sort(neg)[-4:].round(3)}")


def calibrate(scores):
    """The reporting threshold, its rates and strength, from the fit half of all languages together."""
    pos, neg, told, strangers = (np.concatenate(s) for s in zip(*scores))
    threshold = math.ceil(np.sort(neg)[-1 - int(len(neg) * RATE)] * 100 + 1e-9) / 100
    points = []
    for at in [threshold]:
        bound = lambda scores: poisson_upper(int((scores >= at).sum())) / len(scores)  # noqa: E731
        rate = max(bound(neg), bound(strangers))
        found = (pos >= at).mean()
        lr = min(CEILING, math.log10(HYPOTHESIS * found / rate))
        points.append({"score": at, "log10_lr": math.floor(lr * 1000) / 1000, "rate": float(f"{rate:.3g}")})
        print(f"at {at}: fit {(neg >= at).sum()} of {len(neg)} pairs of two hands (upper bound {rate:.5f}), found {found:.2f} of {len(pos)}; "
              f"report {(strangers >= at).sum()} of {len(strangers)}, found {(told >= at).mean():.2f} of {len(told)}; log10 LR {lr:.2f}")
    return points, found, (len(pos), len(neg), len(told), len(strangers))


def escaped(values, unit):
    return " ".join(str(int(round(v * unit))) for v in values)


def table_lines(language, packages):
    """The shipped table of a language, of all hands."""
    table = Table(packages, np.arange(len(packages.keys)))
    yes = (packages.answers[:, :, 0] + 0.5) / (packages.answers[:, :, 1] + 1) > 0.5
    yield f"LANGUAGE\t{language}"
    yield "NAMES\t" + " ".join(sorted(n for n in packages.names if "\\" not in n))
    yield "DAMP\t" + " ".join(f"{d:.3f}" for d in table.damp)
    yield "LAYOUT\t" + " ".join(f"{d:.2f}" for d in yes.mean(0))
    for n, habit in enumerate(table.habits):
        cells = [int(round(v[n] * 100)) for v in (table.mean, table.sd, table.weight)]
        yield "\t".join(["H", packages.habits[habit][0], *map(str, cells), escaped(table.axes[:, n], 1000)])


def main():
    folder, languages = pathlib.Path(sys.argv[1]), [a for a in sys.argv[2:] if not a.startswith("-")]
    scores, lines, sizes = [], [HEAD], []
    for language in languages:
        packages = Packages(folder / f"{language}.dump")
        scores.append(measure(language, packages))
        lines += table_lines(language, packages)
        sizes.append(f"{len(set(packages.hands))} hands and {len(packages.keys)} packages of {language}")
    tell(languages, scores)
    points, found, (pos, neg, told, strangers) = calibrate(scores)
    if "--write" not in sys.argv:
        return
    (ROOT / "background/style.tsv").write_text("\n".join(lines) + "\n", encoding="latin1")
    recent = [dict(p, log10_lr=round(p["log10_lr"] / 2, 3)) for p in points]
    table = {
        "name": "code-style", "version": "1",
        "corpus": f"packages of registries by their hands ({'; '.join(sizes)}): {neg} pairs of two hands and {pos} of one; {strangers} and {told} of "
                  "other hands were held back for the check",
        "source": "corpora/programs/build_style_tables.py FOLDER python javascript rust go --write",
        "hit_rate": round(HYPOTHESIS * found, 4),
        "hit_rate_source": "hypothesis: of pairs of applications that one hand prepared with code in one language, half hold code of that hand on both "
                           "sides; times the share of one hand's pairs that reach the score. Capped at weak: a subject in common or work that builds on "
                           "another's can reach any score",
        "strata": {
            "": {"points": points},
            "recent": {"note": "most of the work is dated after November 2022, or says that an assistant took part: half the weight, a choice", "points": recent},
        },
    }
    (ROOT / "calibration/code-style.json").write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
