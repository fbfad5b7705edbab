#!/usr/bin/env python3
"""Builds the tables of style and measures what they tell, from what `score_style dump` counted.

Usage: build_style_tables.py FOLDER SCORE HITS PAIRS LANGUAGE... [--write]     (needs numpy; FOLDER holds LANGUAGE.dump; HITS of
PAIRS of strangers' applications reach SCORE: `score_style strangers`)

Every pair is scored by a table that neither hand had a part in: hands fall into five parts, and the table for two parts is
made of the packages of the other three. Pairs are of single packages, and of sides: the packages of a hand dealt into two
sets, as one person shows several repositories. The hands of one half (`fit` in style_cohort.txt) then fix threshold and
calibration, the others are reported; pairs that the detector calls too short are left out. The shipped tables are made of all
hands. `--write` writes corpora/background/style.tsv and corpora/calibration/code-style.json. The score itself:
src/features/code/style/compare.rs.
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
KEPT, LONG = 32, 2000  # files of a package whose habits are kept, and tokens from which on a file is as good as a longer one
HOLDERS = 60  # what more profiles than that have is everybody's
MOST_TOKENS = 60_000  # so much of a package counts where packages are dealt into sides
CAP = 1500  # a file counts for so many tokens at most
SHARED = 0.15  # share of a file's fingerprints that make it a shared one
COMMON = 0.2  # share of packages that have a habit of the table
FLOOR, CLIP, FACTORS = 2e-4, 2.0, 16
PARTS = 5
RATE = 0.0003  # share of strangers' pairs that may reach the reporting threshold in the fit half; 0.0005 let 0.13 % of the other half through
CEILING = 0.95  # just below the end of weak
HYPOTHESIS = 0.5
UNMEASURED = 0.3  # strength, log10, where no pair of one hand reaches the score: a choice, a factor of two
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


def halves():
    """Which half the hand of a package belongs to: style_cohort.txt."""
    lines = (line.split() for line in open(pathlib.Path(__file__).with_name("style_cohort.txt")) if not line.startswith("#"))
    return {name.split("+")[0]: words[1] for words in lines for name in words[2:]}


def trimmed(files):
    """The files whose habits a profile keeps, as features::code::style::trim does: long ones first."""
    return sorted(files, key=lambda f: -min(f[0], LONG))[:KEPT]


def packages_of(path):
    """Habits, names, and for each package that a hand may have written its files: ((hand, package), files)."""
    habits, names, files = load(path)
    by = collections.defaultdict(list)
    for hand, package, tokens, public, marks, answers, counts in files:
        if tokens >= MIN_FILE and public <= 0.2 * max(1, len(marks)):
            by[hand, package].append((tokens, marks, answers, counts))
    return habits, names, [(key, trimmed(by[key])) for key in sorted(by)]


def sides_of(packages):
    """The packages of each hand dealt into two sides of about as many tokens: two applications of one person."""
    by = collections.defaultdict(list)
    for (hand, name), files in packages:
        by[hand].append((-min(sum(f[0] for f in files), MOST_TOKENS), name, files))
    for hand, held in sorted(by.items()):
        sides, weights = ([], []), [0, 0]
        for tokens, _, files in sorted(held, key=lambda h: h[:2]):
            n = int(weights[0] > weights[1])
            sides[n].extend(files)
            weights[n] -= tokens
        yield from (((hand, f"side {n}"), side) for n, side in enumerate(sides))


class Profiles:
    """Packages, or sides of several packages each, of a language that have enough code."""

    def __init__(self, language, habits, units):
        self.num_habits = len(habits)
        enough = lambda fs: len(fs) >= MIN_FILES and sum(f[0] for f in fs) >= MIN_TOKENS  # noqa: E731
        units = [unit for unit in units if enough(unit[1])]
        self.hands = np.array([key[0] for key, _ in units])
        self.files = [files for _, files in units]
        self.tokens = [np.array([f[0] for f in fs], float) for fs in self.files]
        self.shares = np.array([self.share(n) for n in range(len(units))])
        self.answers = np.array([sum(f[2] for f in fs) for fs in self.files])
        yes, num = self.answers[:, SPACING, 0], self.answers[:, SPACING, 1]
        even = (num < 20) | (np.minimum(yes, num - yes) * 100 <= num)
        self.formatted = even.all(1) | (language in FORMATTED)
        self.without = self.left_out()

    def share(self, n, keep=None):
        """How often each habit comes, by token, long files counted in part."""
        sums, tokens = np.zeros(self.num_habits), 0.0
        for f, (num, _, _, counts) in enumerate(self.files[n]):
            if keep is None or keep[f]:
                sums[counts[:, 0]] += counts[:, 1] * (min(num, CAP) / num)
                tokens += min(num, CAP)
        return sums / max(tokens, 1.0)

    def left_out(self):
        """Of pairs of profiles that share files: the shares without them, or None where too little is left."""
        held = collections.defaultdict(list)
        for n, fs in enumerate(self.files):
            for f, (_, marks, _, _) in enumerate(fs):
                for mark in marks:
                    held[mark].append((n, f))
        shared = collections.Counter()
        for places in held.values():
            holders = {n for n, _ in places}
            if 1 < len(holders) <= HOLDERS:
                shared.update((n, other, f) for n, f in places for other in holders if other != n)
        foreign = collections.defaultdict(set)
        for (n, other, f), num in shared.items():
            if num > SHARED * max(1, len(self.files[n][f][1])):
                foreign[n, other].add(f)
        out = {}
        for pair in {tuple(sorted(pair)) for pair in foreign}:
            a, b = pair
            keep = [np.array([f not in foreign[x, y] for f in range(len(self.files[x]))]) for x, y in ((a, b), (b, a))]
            tokens = [self.tokens[n][k].sum() for n, k in zip(pair, keep)]
            left = min(k.sum() for k in keep) >= MIN_FILES and min(tokens) >= MIN_TOKENS
            out[pair] = (self.share(a, keep[0]), self.share(b, keep[1]), min(tokens)) if left else None
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


def score(packages, profiles):
    """(a, b, same hand, likeness) of every pair of profiles, by tables made of packages of other hands."""
    hands = sorted(set(packages.hands) | set(profiles.hands), key=lambda h: (h * 7919) % 1009)
    part = {hand: n % PARTS for n, hand in enumerate(hands)}
    made, parts = (np.array([part[h] for h in p.hands]) for p in (packages, profiles))
    rows = []
    for p in range(PARTS):
        for q in range(p, PARTS):
            table = Table(packages, np.flatnonzero((made != p) & (made != q)))
            members = np.flatnonzero((parts == p) | (parts == q))
            e = table.vector(profiles.shares[members])
            likeness = e @ e.T
            for i, a in enumerate(members):
                for j, b in enumerate(members[i + 1:], i + 1):
                    shared = profiles.without.get((a, b), ())
                    if (p != q and parts[a] == parts[b]) or shared is None or profiles.is_short(a, b):
                        continue
                    value = likeness[i, j]
                    if shared:
                        x, y = map(table.vector, shared[:2])
                        value = x @ y
                    rows.append((a, b, profiles.hands[a] == profiles.hands[b], value))
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


def interval(profiles, rows):
    """95 % interval of the AUC, drawing hands anew."""
    rows = rows[np.argsort(rows[:, 3], kind="stable")]
    a, b, same = profiles.hands[rows[:, 0].astype(int)], profiles.hands[rows[:, 1].astype(int)], rows[:, 2] > 0
    hands = np.unique(np.r_[a, b])
    a, b = np.searchsorted(hands, a), np.searchsorted(hands, b)
    draw, found = np.random.default_rng(7), []
    for _ in range(500):
        times = np.bincount(draw.integers(0, len(hands), len(hands)), minlength=len(hands))
        weight = np.where(same, times[a], times[a] * times[b]).astype(float)
        below = np.cumsum(np.where(same, 0, weight))
        if weight[same].sum() and below[-1]:
            found.append((weight * below)[same].sum() / weight[same].sum() / below[-1])
    return np.quantile(found, [0.025, 0.975])


class Kind:
    """The scored pairs of one language and one kind of profile, by half."""

    def __init__(self, language, name, packages, profiles, half):
        self.name, self.profiles = f"{language:10} {name:8}", profiles
        rows = score(packages, profiles)
        side = lambda n: np.array([half[h] for h in profiles.hands[rows[:, n].astype(int)]])  # noqa: E731
        a, b = side(0), side(1)
        self.rows = {"fit": rows[(a == "fit") & (b == "fit")], "check": rows[(a != "fit") & (b != "fit")],
                     "new": rows[(a == "new") & (b == "new")]}

    def scores(self, half, same):
        rows = self.rows[half]
        return rows[(rows[:, 2] > 0) == same, 3]

    def tell(self, lr):
        for half, rows in self.rows.items():
            pos, neg = self.scores(half, True), self.scores(half, False)
            if not len(pos):
                continue
            low, high = interval(self.profiles, rows)
            hands = len(set(self.profiles.hands[rows[rows[:, 2] > 0, 0].astype(int)]))
            print(f"{self.name} {half:5} {len(pos):3} pairs of one hand ({hands} hands), {len(neg):5} of two: AUC {auc(pos, neg):.3f} "
                  f"({low:.3f} to {high:.3f}) EER {eer(pos, neg):.3f} Cllr {cllr(lr(pos), lr(neg)):.3f}; highest of two {np.sort(neg)[-4:].round(2)}")


def pooled(kinds, half, same):
    return np.concatenate([k.scores(half, same) for k in kinds])


def tell(kinds):
    """Prints the figures of each language. One line maps the scores of all of them to likelihood ratios: the pairs by one hand
    of a language alone are too few for a steep line of its own."""
    lr = logistic(pooled(kinds, "fit", True), pooled(kinds, "fit", False))
    for kind in kinds:
        kind.tell(lr)


def calibrate(packages, sides, applications):
    """The reporting threshold, its rates and strength: packages and sides both have to keep the rate, in both halves, and
    strangers' applications as well, which share a subject more often (`score_style strangers` counts them)."""
    neg = np.concatenate([pooled(kinds, "fit", False) for kinds in (packages, sides)])
    of_packages = math.ceil(np.sort(neg)[-1 - int(len(neg) * RATE)] * 100 + 1e-9) / 100
    threshold, hits, num = applications
    print(f"packages alone would allow {of_packages}")
    assert threshold >= of_packages, "the packages need a higher threshold"
    rates, found = [poisson_upper(int(hits)) / num], []
    for name, kinds in (("packages", packages), ("sides", sides)):
        for half in ("fit", "check"):
            same, strangers = pooled(kinds, half, True), pooled(kinds, half, False)
            hits = int((strangers >= threshold).sum())
            rates.append(poisson_upper(hits) / len(strangers))
            found.append((same >= threshold).mean())
            print(f"at {threshold}: {name} {half:5} {hits} of {len(strangers)} pairs of two hands ({hits / len(strangers):.5f}, upper bound {rates[-1]:.5f}), "
                  f"{found[-1]:.3f} of {len(same)} pairs of one")
    rate, found = max(rates), min(found)
    hit_rate = HYPOTHESIS * found if found else 10**UNMEASURED * rate + 1e-4
    lr = min(CEILING if found else UNMEASURED, math.log10(hit_rate / rate))
    return [{"score": threshold, "log10_lr": math.floor(lr * 1000) / 1000, "rate": float(f"{rate:.3g}")}], found, hit_rate


def letters(values):
    """One printable character a number, in steps of 0.003 around P; the few beyond are drawn in."""
    return "".join(chr(min(126, max(33, 80 + int(round(v / 0.003))))) for v in values)


def table_lines(language, habits, names, packages):
    """The shipped table of a language, of all hands."""
    table = Table(packages, np.arange(len(packages.hands)))
    yes = (packages.answers[:, :, 0] + 0.5) / (packages.answers[:, :, 1] + 1) > 0.5
    yield f"LANGUAGE\t{language}"
    yield "NAMES\t" + " ".join(sorted(n for n in names if "\\" not in n))
    yield "DAMP\t" + " ".join(f"{d:.3f}" for d in table.damp)
    yield "LAYOUT\t" + " ".join(f"{d:.2f}" for d in yes.mean(0))
    for n, habit in enumerate(table.habits):
        cells = [int(round(v[n] * 100)) for v in (table.mean, table.sd, table.weight)]
        yield "\t".join(["H", habits[habit][0], *map(str, cells), letters(table.axes[:, n])])


def main():
    folder, languages = pathlib.Path(sys.argv[1]), [a for a in sys.argv[5:] if not a.startswith("-")]
    applications = tuple(map(float, sys.argv[2:5]))
    packages, sides, lines, sizes, half_of = [], [], [HEAD], [], halves()
    for language in languages:
        habits, names, units = packages_of(folder / f"{language}.dump")
        half = {hand: half_of[name] for (hand, name), _ in units}
        whole = Profiles(language, habits, units)
        packages.append(Kind(language, "packages", whole, whole, half))
        sides.append(Kind(language, "sides", whole, Profiles(language, habits, sides_of(units)), half))
        lines += table_lines(language, habits, names, whole)
        sizes.append(f"{len(set(whole.hands))} hands and {len(whole.hands)} packages of {language}")
        print(sizes[-1], flush=True)
    tell(packages)
    tell(sides)
    points, found, hit_rate = calibrate(packages, sides, applications)
    neg, pos, strangers, told = (len(pooled(packages + sides, half, same)) for half in ("fit", "check") for same in (False, True))
    if "--write" not in sys.argv:
        return
    (ROOT / "background/style.tsv").write_text("\n".join(lines) + "\n", encoding="latin1")
    recent = [dict(p, log10_lr=round(p["log10_lr"] / 2, 3)) for p in points]
    table = {
        "name": "code-style", "version": "1",
        "corpus": f"packages of registries by their hands ({'; '.join(sizes)}): {neg} pairs of two hands and {pos} of one; {strangers} and {told} of "
                  f"other hands were held back for the check; {applications[1]:.0f} of {applications[2]:.0f} pairs of strangers' applications reach the score",
        "source": f"corpora/programs/build_style_tables.py FOLDER {' '.join(sys.argv[2:])}",
        "hit_rate": round(hit_rate, 4),
        "hit_rate_source": "hypothesis: of pairs of applications that one hand prepared with code in one language, half hold code of that hand on both "
                           "sides; times the share of one hand's pairs that reach the score. Capped at weak: a subject in common or work that builds on "
                           "another's can reach any score" if found else
                           "no pair of one hand of the packages reaches the score that strangers' applications make necessary, so this is a choice: twice "
                           "the rate of strangers",
        "strata": {
            "": {"points": points},
            "recent": {"note": "most of the work is dated after November 2022, or says that an assistant took part: half the weight, a choice", "points": recent},
        },
    }
    (ROOT / "calibration/code-style.json").write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
