#!/usr/bin/env python3
"""Makes corpora/file-clocks: résumés written by pdfTeX and Chromium on machines with different clocks.

Everybody claims Lyon, France (manifest.csv). The clock of the machine is set by TZ: far from the claim (f1), as claimed
(f2), a browser that writes UTC (f3), the default clock of virtual machines (f4), an office file, which records UTC (f5),
one of each (f6). The files that pdfTeX makes in one run are also a creation burst: one run, one program, one minute.
Texts are those of invented people of corpora/programs/demo. Creation times are those of the run, so the files change
with each run. Needs pdflatex, chromium and the PyPI package python-docx.
"""
import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "demo"))
import documents  # noqa: E402

OUT = HERE.parent / "file-clocks"

#: Applicant -> (invented text, documents as (name, writer, style, zone of the machine)).
POOL = {
    "f1": ("a02", [("resume.pdf", documents.latex_pdf, "", "Asia/Tokyo")]),
    "f2": ("a04", [("resume.pdf", documents.latex_pdf, r"\usepackage{helvet}", "Europe/Paris")]),
    "f3": ("a05", [("resume.pdf", documents.chromium_pdf, "wide", "Asia/Tokyo")]),
    "f4": ("a07", [("resume.pdf", documents.latex_pdf, r"\linespread{1.2}", "America/Los_Angeles")]),
    "f5": ("a09", [("resume.docx", documents.word_file, "Calibri", "Asia/Tokyo")]),
    "f6": ("a10", [("resume.pdf", documents.latex_pdf, r"\linespread{1.1}", "Europe/Paris"),
                   ("other.pdf", documents.latex_pdf, r"\linespread{1.1}", "Asia/Tokyo")]),
}


def on_clock(zone):
    """A `run` for the writers on a machine in `zone`, without a fixed epoch: that would turn every clock into UTC."""

    def run(command, folder, _zone="UTC"):
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "TZ": zone}
        done = documents.subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{command[0]} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")

    return run


def main():
    rows = ["id,location,resume"]
    for who, (text, files) in POOL.items():
        body = (HERE / "demo" / "resumes" / f"{text}.md").read_text(encoding="utf-8")
        folder = OUT / who
        folder.mkdir(parents=True, exist_ok=True)
        for name, write, style, zone in files:
            documents.run = on_clock(zone)
            write(body, folder / name, style)
        paths = ";".join(f"{who}/{name}" for name, *_ in files)
        rows.append(f'{who},"Lyon, France",{paths}')
    (OUT / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
