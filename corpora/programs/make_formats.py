"""Makes `corpora/office-formats` and `corpora/zip-export` anew. Everybody and everything in them is invented.

    python3 corpora/programs/make_formats.py

Needs soffice and the PyPI package python-docx. The résumé is that of `four-formats`. LibreOffice writes the time of the run into its files;
the rest comes out byte for byte the same.
"""

import csv
import io
import json
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parent
CORPORA = PROGRAMS.parent
sys.path.insert(0, str(PROGRAMS / "demo"))

from documents import DATE, blocks, office, word_file  # noqa: E402

#: id, format, name, place, e-mail; the last is a colleague with a résumé of his own.
PEOPLE = [
    ("o1", "odt", "Halvard Pennington", "Bergen, Norway", "halvard.pennington@example.com"),
    ("o2", "rtf", "Mirela Ashgrove", "Leeds, United Kingdom", "mirela.ashgrove@example.org"),
    ("o3", "html", "Tancred Lovisen", "Aarhus, Denmark", "tancred.lovisen@example.com"),
    ("o4", "json", "Severine Oakhurst", "Geneva, Switzerland", "severine.oakhurst@example.org"),
    ("o5", "docx", "Ignace Verwood", "Liège, Belgium", "ignace.verwood@example.com"),
    ("o6", "odt", "Merrick Solvane", "Lucerne, Switzerland", "merrick.solvane@example.org"),
]
FILTERS = {"odt": "odt", "rtf": "rtf:Rich Text Format", "html": "html:HTML (StarWriter)"}


def resume(kind, name, place, email):
    text = (PROGRAMS / "demo" / "resumes" / f"{kind}.md").read_text(encoding="utf-8")
    if "{NAME}" in text:
        return text.replace("{NAME}", name).replace("{CONTACT}", f"{place} | {email}")
    return "\n".join([f"# {name}", f"{place} | {email}", *text.strip().splitlines()[2:]])


def json_resume(text, target):
    """The fields of the schema, from the same blocks."""
    out = {"$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json", "basics": {}, "work": []}
    section = ""
    for kind, body in blocks(text):
        if kind == "name":
            out["basics"]["name"] = body
        elif kind == "contact":
            place, email = body.split(" | ")
            out["basics"].update(email=email, location={"city": place.split(", ")[0], "region": place.split(", ")[1]})
        elif kind == "section":
            section = body
        elif kind == "post":
            what, when = body.split(" | ")
            position, name = what.split(", ", 1)
            start, end = when.split(" – ")
            out["work"].append({"position": position, "name": name, "startDate": start, "endDate": end, "highlights": []})
        elif kind == "bullet" and section == "Experience":
            out["work"][-1]["highlights"].append(body)
        elif kind == "bullet":
            out["education"] = [{"studyType": body.split(",")[0], "endDate": "2014", "score": "first class"}]
        elif section == "Profile":
            out["basics"]["summary"] = body
        else:
            out["skills"] = [{"name": "Tools", "keywords": body.split(", ")}]
    target.write_text(json.dumps(out, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write(text, kind, target):
    if kind == "json":
        return json_resume(text, target)
    with tempfile.TemporaryDirectory() as folder:
        word_file(text, Path(folder, "resume.docx"), "Carlito")
        if kind != "docx":
            office("resume.docx", FILTERS[kind], folder, "UTC")
        shutil.copyfile(Path(folder, f"resume.{kind}"), target)


def make_office():
    folder = CORPORA / "office-formats"
    folder.mkdir(exist_ok=True)
    with open(folder / "manifest.csv", "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["id", "name", "email", "location", "resume"])
        for who, kind, name, place, email in PEOPLE:
            write(resume("four-colleague" if who == "o6" else "four", name, place, email), kind, folder / f"{who}.{kind}")
            rows.writerow([who, name, email, place, f"{who}.{kind}"])


def make_zip():
    """An export: one folder per applicant, a manifest, and entries that must not be read."""
    source, folder = CORPORA / "office-formats", CORPORA / "zip-export"
    folder.mkdir(exist_ok=True)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(zipfile.ZipInfo("certificate.txt", DATE.timetuple()[:6]), "A certificate.\n")
    manifest = "id,name,email\n" + "".join(f"{who},{name},{email}\n" for who, kind, name, _, email in PEOPLE if who in ("o1", "o5", "o6"))
    files = [("export/manifest.csv", manifest.encode())]
    files += [(f"export/{who}/resume.{kind}", (source / f"{who}.{kind}").read_bytes()) for who, kind, *_ in PEOPLE if who in ("o1", "o5", "o6")]
    files += [("export/o6/certificates.zip", inner.getvalue()), ("../outside.txt", b"Outside of the archive.\n")]
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files:
            entry = zipfile.ZipInfo(name, DATE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)


if __name__ == "__main__":
    make_office()
    make_zip()
