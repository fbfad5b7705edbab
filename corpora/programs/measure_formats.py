"""Word F1 of every office format against the text that it was made from.

    cargo build --release --example read_text
    python3 corpora/programs/measure_formats.py TEXTS.jsonl.gz [COUNT] > table.md

TEXTS holds one JSON object with a field "text" a line: real résumé texts, which are not part of this repository. Each is made into a DOCX by
python-docx (a table, a header and a text in columns among the paragraphs, so that these are measured, too) and into ODT, RTF, HTML and DOC
by LibreOffice; samehand reads them all. F1 counts words with their repetitions, lower case, letters and digits only.
"""

import collections
import gzip
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import docx

READER = Path(__file__).resolve().parents[2] / "target" / "release" / "examples" / "read_text"
FILTERS = {"odt": "odt", "rtf": "rtf:Rich Text Format", "html": "html:HTML (StarWriter)", "doc": "doc:MS Word 97"}


def words(text):
    return collections.Counter(re.findall(r"[^\W_]+", text.lower()))


def f1(reference, found):
    both = sum((reference & found).values())
    return 2 * both / max(1, sum(reference.values()) + sum(found.values()))


def printable(line):
    return "".join(c for c in line if c == "\t" or c.isprintable())


def write(text, target):
    """The first line in the header, every seventh line in a table, the rest as paragraphs."""
    document = docx.Document()
    lines = [printable(line) for line in text.splitlines()]
    document.sections[0].header.paragraphs[0].text = lines[0]
    for number, line in enumerate(lines[1:]):
        if number % 7 == 3 and " " in line:
            left, right = line.split(" ", 1)
            row = document.add_table(1, 2).rows[0]
            row.cells[0].text, row.cells[1].text = left, right
        else:
            document.add_paragraph(line, style="List Bullet" if number % 5 == 2 else None)
    document.save(target)


def read(path):
    done = subprocess.run([READER, path], capture_output=True)
    if done.returncode:
        return None
    return done.stdout.decode("utf-8", "replace").split("\n", 1)[1]


def main():
    source, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(count))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts):
            write(text, folder / f"{number:04}.docx")
        files = [path.name for path in sorted(folder.glob("*.docx"))]
        for to in FILTERS.values():
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to, *files],
                           cwd=folder, check=True, capture_output=True)
        print("| format | files | read | mean word F1 | median | worst |")
        print("|---|---|---|---|---|---|")
        for kind in ["docx", *FILTERS]:
            scores = []
            for number, text in enumerate(texts):
                found = read(folder / f"{number:04}.{kind}")
                if found is not None:
                    scores.append(f1(words("\n".join(map(printable, text.splitlines()))), words(found)))
            scores.sort()
            mean = sum(scores) / max(1, len(scores))
            print(f"| {kind} | {len(texts)} | {len(scores)} | {mean:.4f} | {scores[len(scores) // 2]:.4f} | {scores[0]:.4f} |")


if __name__ == "__main__":
    main()
