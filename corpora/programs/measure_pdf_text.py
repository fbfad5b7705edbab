#!/usr/bin/env python3
"""Measures the text of PDFs against two independent readers, and what became of every file.

Usage: measure_pdf_text.py FOLDER [--target DIR] [--worst N] [--json FILE]

FOLDER holds PDFs that somebody else wrote, at any depth. DIR (default: target/release) holds `samehand` and
`examples/read_text`, both built with `cargo build --release --example read_text --bin samehand`.

References: `pdftotext` (Poppler) and `mutool draw -F txt` (MuPDF); without mutool, pdfium by pypdfium2. A file counts
for the words where both read at least five and agree on them (word F1 of at least .98); there the F1 of samehand
against the two is averaged. Words are runs of letters and digits after NFKC in small letters, counted with repetition.

What became of a file is told by one `samehand scan` over all of them, each an applicant: text, no text, encrypted, or a
named problem. A file without text and without a reason is LOST; there must be none. Nothing of the files, not
even their names, goes into the table; `--worst` lists names on the terminal only.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unicodedata

AGREE = 0.98
MIN_WORDS = 5
SECONDS = 60


def words(text):
    text = unicodedata.normalize("NFKC", text).lower()
    return collections.Counter(re.findall(r"[^\W_]+", text))


def f1(a, b):
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 1.0


def output(command):
    """Standard output, or None where the command failed or hung."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def poppler(path):
    return output(["pdftotext", "-q", "-enc", "UTF-8", "-l", "200", str(path), "-"])


def mupdf(path):
    return output(["mutool", "draw", "-q", "-F", "txt", str(path), "1-200"])


def pdfium(path):
    code = (
        "import sys, pypdfium2\n"
        "d = pypdfium2.PdfDocument(sys.argv[1])\n"
        "sys.stdout.buffer.write('\\n'.join(d[i].get_textpage().get_text_range() for i in range(min(len(d), 200)))"
        ".encode('utf-8', 'replace'))"
    )
    return output(["python3", "-c", code, str(path)])


def own(reader, path):
    """Engine and text; a second attempt as after a worker that died. The reason where it cannot be read."""
    for attempt in ("0", "1"):
        try:
            done = subprocess.run([reader, path, attempt], capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            continue
        if done.returncode == 0:
            engine, _, text = done.stdout.decode("utf-8", "replace").partition("\n")
            return engine, text
        if done.returncode == 3:
            return None, done.stderr.decode("utf-8", "replace").strip()
    return None, "the reader died"


def outcomes(binary, files):
    """What one scan says of every file."""
    with tempfile.TemporaryDirectory() as folder:
        pool = pathlib.Path(folder, "pool")
        pool.mkdir()
        for number, path in enumerate(files):
            shutil.copyfile(path, pool / f"a{number:05}.pdf")
        done = subprocess.run(
            [binary, "scan", pool, "--format", "json", "--progress", "never"], capture_output=True
        )
        report = json.loads(done.stdout)
    read, seen = set(), set()
    for applicant in report["applicants"]:
        for source in applicant["sources"]:
            seen.add(source["path"])
            if source["engine"]:
                read.add(source["path"])
    why = collections.defaultdict(list)
    for problem in report["problems"]:
        why[problem["source"]].append(problem["message"])
    told = {}
    for number, path in enumerate(files):
        name = f"a{number:05}.pdf"
        if name in read:
            told[path] = "text"
        elif name not in seen or not why[name]:
            told[path] = "LOST"
        elif any(m.startswith("no text") for m in why[name]):
            told[path] = "no text"
        elif any(m.startswith("encrypted") for m in why[name]):
            told[path] = "encrypted"
        else:
            told[path] = "named problem"
    return told, why


def compare(reader, path):
    second = mupdf if shutil.which("mutool") else pdfium
    a, b = poppler(path), second(path)
    engine, text = own(reader, path)
    row = {"engine": engine, "why": None if engine else text, "agree": None, "f1": None, "peers": None}
    if a is None or b is None:
        return row
    a, b = words(a), words(b)
    if min(sum(a.values()), sum(b.values())) < MIN_WORDS:
        return row
    row["agree"] = f1(a, b)
    mine = words(text if engine else "")
    row["f1"] = (f1(mine, a) + f1(mine, b)) / 2
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--target", type=pathlib.Path, default=pathlib.Path("target/release"))
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()
    files = sorted(p for p in args.folder.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
    told, why = outcomes(args.target / "samehand", files)
    reader = args.target / "examples" / "read_text"
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        rows = dict(zip(files, pool.map(lambda path: compare(reader, path), files)))
    counted = collections.Counter(told.values())
    both = [p for p in files if rows[p]["agree"] is not None and rows[p]["agree"] >= AGREE]
    scores = sorted(rows[p]["f1"] for p in both)
    print("| files | text | no text | encrypted | named problem | LOST | both references agree | mean F1 | median F1 | below .9 |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    kinds = ["text", "no text", "encrypted", "named problem", "LOST"]
    mean = sum(scores) / len(scores) if scores else float("nan")
    median = scores[len(scores) // 2] if scores else float("nan")
    low = sum(s < 0.9 for s in scores)
    cells = [len(files), *(counted[k] for k in kinds), len(both), f"{mean:.4f}", f"{median:.4f}", low]
    print("| " + " | ".join(str(c) for c in cells) + " |")
    engines = collections.Counter(rows[p]["engine"] for p in files if rows[p]["engine"])
    print("engines:", ", ".join(f"{name} {n}" for name, n in engines.most_common()))
    reasons = collections.Counter(re.sub(r"[0-9]+", "N", m) for all_of in why.values() for m in all_of)
    for reason, number in reasons.most_common(args.worst):
        print(f"{number:5} {reason}")
    for path in sorted(both, key=lambda p: rows[p]["f1"])[: args.worst]:
        row = rows[path]
        print(f"{row['f1']:.4f} {row['engine'] or row['why']} {path}")
    if args.json:
        args.json.write_text(json.dumps({str(p): dict(rows[p], told=told[p]) for p in files}, indent=1))


if __name__ == "__main__":
    main()
