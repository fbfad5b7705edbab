#!/usr/bin/env python3
"""Scores pairs of source files with samehand, copydetect and dolos-lib in one run, and prints how well each tells copies.

Usage: compare_code_peers.py ir-plag FOLDER | progpedia FOLDER    --program SCORE_CODE --dolos NODE_MODULES

FOLDER is an unpacked public data set, which stays outside this repository (docs/code.md says where they are):
  ir-plag    `case-*/original`, `case-*/plagiarized/L*/…`, `case-*/non-plagiarized/…`; every copy (by level) and every
             independent solution beside its task's original
  progpedia  `ACCEPTED/*/*.java` and `plagiarism.csv` (`left;right` as the JPlag project keeps it): every pair of the task
Needs copydetect (PyPI) and dolos-lib (npm). Settings of the peers: their defaults, and finer ones that suit short files.
For IR-Plag, where samehand's measure for short files was chosen with all tasks in sight, the even and the odd tasks are
printed apart too.
"""
import argparse
import collections
import itertools
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def auc(scored):
    """ROC-AUC of (score, is a copy); ties count half."""
    ranked = sorted(s for s, _ in scored)
    first, last = {}, {}
    for i, s in enumerate(ranked):
        first.setdefault(s, i)
        last[s] = i
    copies = [(first[s] + last[s]) / 2 + 1 for s, c in scored if c]
    n = len(scored) - len(copies)
    return (sum(copies) - len(copies) * (len(copies) + 1) / 2) / (len(copies) * n)


def precision(scored):
    """Average precision; pairs of one score are taken together."""
    total, hits, seen, out = sum(c for _, c in scored), 0, 0, 0.0
    for _, tie in itertools.groupby(sorted(scored, key=lambda x: -x[0]), key=lambda x: x[0]):
        tie = list(tie)
        right = sum(c for _, c in tie)
        hits, seen = hits + right, seen + len(tie)
        out += right * hits / seen
    return out / total


def ir_plag(folder):
    """(left, right, is a copy, level, task)"""
    for case in sorted(folder.rglob("case-*")):
        original = next((case / "original").rglob("*.java"))
        for path in sorted(case.rglob("*.java")):
            level = re.search(r"/L(\d)/", str(path))
            if path != original:
                yield original, path, bool(level), level and f"L{level[1]}", case.name


def progpedia(folder):
    """All pairs of the task; those of plagiarism.csv are copies."""
    of = {p.parent.name: p for p in sorted((folder / "ACCEPTED").rglob("*.java"))}
    rows = [re.split(r"[;,]", line.strip())[:2] for line in open(folder / "plagiarism.csv")]
    copies = {frozenset(r) for r in rows if all(x in of for x in r)}
    for a, b in itertools.combinations(sorted(of), 2):
        yield of[a], of[b], frozenset([a, b]) in copies, None, "task"


def samehand(program, pairs, measure):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{a}\t{b}\t{int(c)}\n" for a, b, c, *_ in pairs)
        file.flush()
        done = subprocess.run([program, file.name, "--measure", measure, "--print"], capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [float(r[3]) for r in rows if len(r) == 4 and r[2] in "01"]


def copydetect(pairs, k, window):
    import copydetect as cd
    prints = {p: cd.CodeFingerprint(str(p), k, window) for p in {x for a, b, *_ in pairs for x in (a, b)}}
    return [max(cd.compare_files(prints[a], prints[b])[1]) for a, b, *_ in pairs]


def dolos(pairs, modules, k, window):
    """Files of one task are analysed together, as its command line does."""
    tasks = collections.defaultdict(set)
    for a, b, _, _, task in pairs:
        tasks[task] |= {str(a), str(b)}
    found = {}
    for files in tasks.values():
        command = ["node", HERE.parent.parent / "benches/dolos.mjs", modules, "java", str(k), str(window)]
        out = subprocess.run(command, input="\n".join(sorted(files)), capture_output=True, text=True, check=True).stdout
        for left, right, similarity in (line.split("\t") for line in out.splitlines()):
            found[frozenset([left, right])] = float(similarity)
    return [found.get(frozenset([str(a), str(b)]), 0.0) for a, b, *_ in pairs]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["ir-plag", "progpedia"])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", required=True)
    parser.add_argument("--dolos", required=True)
    args = parser.parse_args()
    pairs = list({"ir-plag": ir_plag, "progpedia": progpedia}[args.kind](args.folder.resolve()))
    measured = {f"samehand {m}": samehand(args.program, pairs, m) for m in ("likeness", "overlap")}
    for k, window in ((25, 1), (12, 1)):
        measured[f"copydetect k={k}"] = copydetect(pairs, k, window)
    for k, window in ((23, 17), (23, 1), (12, 1), (8, 1)):
        measured[f"dolos k={k} w={window}"] = dolos(pairs, args.dolos, k, window)
    print(len(pairs), "pairs,", sum(p[2] for p in pairs), "copies")
    levels = sorted({p[3] for p in pairs if p[3]})
    odd = lambda task: int(re.sub(r"\D", "", task) or 0) % 2  # noqa: E731
    halves = [("all tasks", lambda p: True)]
    if levels:
        halves += [("even tasks", lambda p: not odd(p[4])), ("odd tasks", lambda p: odd(p[4]))]
    for title, within in halves:
        print(f"\n{title:<18}", *(f"{level:>6}" for level in levels or ["AUC", "AP"]))
        for name, scores in measured.items():
            rows = [(s, p) for s, p in zip(scores, pairs) if within(p)]
            of = lambda level: [(s, p[2]) for s, p in rows if p[3] in (level, None)]  # noqa: E731
            figures = [auc(of(level)) for level in levels] or [auc(of(None)), precision(of(None))]
            print(f"{name:<18}", *(f"{f:6.3f}" for f in figures))


if __name__ == "__main__":
    main()
