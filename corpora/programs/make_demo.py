"""Makes `corpora/demo` and `corpora/four-formats` anew. Everybody and everything in them is invented.

    python3 corpora/programs/make_demo.py

Needs git, pdflatex, chromium, soffice and the PyPI packages typst and python-docx; only to remake the folders. Repositories, text, Typst,
LaTeX and python-docx files come out byte for byte the same; Chromium and LibreOffice write the time of the run into theirs.
What was planted, and which innocent twin stands beside it, is listed with its reason in `corpora/demo/case.toml`.
"""

import csv
import hashlib
import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

PROGRAMS = Path(__file__).resolve().parent
CORPORA = PROGRAMS.parent
sys.path.insert(0, str(PROGRAMS / "demo"))

from documents import WRITERS  # noqa: E402
from histories import GITHUB, Person, Plan, grow, write  # noqa: E402

COLUMNS = ["id", "name", "email", "phone", "location", "timezone", "github", "resume", "repos", "applied_at", "source"]


@dataclass
class Applicant:
    """A row of the manifest and the format of the résumé; name, e-mail and so on are read from the résumé's head."""

    id: str
    format: str
    style: object
    applied_at: str
    source: str
    location: str
    repos: tuple = ()
    timezone: str = ""
    phone: str = ""


def wallet():
    """A Bitcoin address whose checksum holds, of a key that nobody has: its hash is that of a sentence."""
    payload = b"\x00" + hashlib.sha256(b"samehand demo: no key belongs to this address").digest()[:20]
    payload += hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    alphabet, number, out = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", int.from_bytes(payload, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        out = alphabet[rest] + out
    return "1" * (len(payload) - len(payload.lstrip(b"\0"))) + out


CAST = [
    Applicant("a01", "markdown", None, "2024-11-04", "job board", "Gdańsk, Poland"),
    Applicant("a02", "latex", "", "2025-09-02", "careers page", "Rotterdam, Netherlands", ("brineql",)),
    Applicant("a03", "typst", "plain", "2025-10-02", "job board", "Bristol, United Kingdom", phone="+44 7700 900417"),
    Applicant("a04", "chromium", "wide", "2025-09-18", "referral", "Toronto, Ontario, Canada", ("valvesim",), phone="+1 416 555 0172"),
    Applicant("a05", "latex", r"\usepackage{parskip}", "2025-09-29", "job board", "London, United Kingdom", phone="+44 20 7946 0958"),
    Applicant("a06", "chromium", "serif", "2025-08-21", "careers page", "Nairobi, Kenya", ("silofeed",), "Africa/Nairobi"),
    Applicant("a07", "office-pdf", ("Liberation Serif", "America/Halifax"), "2025-09-10", "careers page",
              "Halifax, Nova Scotia, Canada", ("tidebook",), phone="+1 902 555 0119"),
    Applicant("a08", "office-pdf", ("Liberation Sans", "Pacific/Auckland"), "2025-09-15", "job board", "Auckland, New Zealand"),
    Applicant("a09", "text", None, "2025-10-06", "job board", "Ljubljana, Slovenia", ("sledtrack",)),
    Applicant("a10", "typst", "lines", "2025-10-01", "job board", "New York, NY, USA", ("gridseat",), phone="+1 212 555 0163"),
    Applicant("a11", "chromium", "narrow", "2025-09-08", "referral", "Gothenburg, Sweden", phone="+46 31 390 06 42"),
    Applicant("a12", "office-docx", ("serif", "Europe/Warsaw"), "2025-10-09", "careers page", "Gdańsk, Poland"),
    Applicant("a13", "markdown", None, "2025-09-25", "referral", "Galway, Ireland", ("springtank",)),
    Applicant("a14", "office-docx", ("wide", "Europe/Stockholm"), "2025-10-07", "job board", "Gothenburg, Sweden", phone="031-390 06 42"),
    Applicant("a15", "typst", "modern", "2025-09-12", "careers page", "Hamburg, Germany", ("budgetbell",), "Europe/Berlin", "+49 40 66969 214"),
    Applicant("a16", "word", "Calibri", "2025-09-23", "careers page", "Pécs, Hungary", ("brineql",)),
    Applicant("a17", "word", "Georgia", "2025-10-03", "job board", "Lyon, France", phone="+33 6 39 98 41 27"),
    Applicant("a18", "latex", r"\renewcommand\familydefault{\sfdefault}", "2025-09-25", "referral", "Porto, Portugal", ("harpwright",)),
    Applicant("a19", "text", None, "2025-09-30", "job board", "London, United Kingdom", phone="020 7946 0958"),
    Applicant("a20", "chromium", "wide", "2025-08-30", "careers page", "Lisbon, Portugal", ("isobath",)),
    Applicant("a21", "word", "Arial", "2025-09-16", "job board", "San Antonio, Texas, USA", phone="+1 210 555 0187"),
    Applicant("a22", "typst", "modern", "2025-10-08", "job board", "Denver, Colorado, USA", ("harbourlog",), phone="+1 303 555 0148"),
    Applicant("a23", "typst", "plain", "2025-10-06", "job board", "Brno, Czechia", ("placard",)),
    Applicant("a24", "text", None, "2025-09-05", "careers page", "Chicago, Illinois, USA", ("dustcloth",), phone="+1 312 555 0126"),
    Applicant("a25", "markdown", None, "2025-08-28", "careers page", "Zürich, Switzerland"),
    Applicant("a26", "office-docx", ("narrow", "Europe/Madrid"), "2025-09-20", "job board", "Valencia, Spain"),
]

#: The same résumé by two producers of PDF, as DOCX and as text, under four names; and a colleague of theirs.
FOUR = [
    ("f1", "typst", "plain", "Ansgar Wetherell", "Cardiff, United Kingdom", "ansgar@wetherell-mail.test"),
    ("f2", "chromium", "narrow", "Lioba Castagnet", "Ghent, Belgium", "lioba.castagnet@inbox-lark.test"),
    ("f3", "word", "Calibri", "Tobiah Marchwell", "Adelaide, Australia", "tobiah@marchwell-build.test"),
    ("f4", "text", None, "Ysolde Brankiewicz", "Oslo, Norway", "ysolde.b@kestrelmail.test"),
    ("f5", "markdown", None, "Merrick Solvane", "Lucerne, Switzerland", "merrick@solvane-field.test"),
]


def head(text):
    """Name, e-mail and GitHub address from the first two lines of a résumé."""
    name, contact = text.strip().splitlines()[:2]
    parts = [part.strip() for part in contact.split("|")]
    email = next(part for part in parts if "@" in part)
    return name[2:], email, next((part for part in parts if part.startswith("github.com/")), "")


def resume(name):
    return (PROGRAMS / "demo" / "resumes" / f"{name}.md").read_text(encoding="utf-8").replace("{WALLET}", wallet())


PEOPLE = {who.id: Person(*head(resume(who.id))[:2]) for who in CAST}
NOREPLY = {who: f"{number}+{login}@users.noreply.github.com" for who, number, login in
           [("a02", 1913320417, "oduyabrandt-m"), ("a06", 1946081733, "adaeze-lm"), ("a20", 1981120466, "msolanque")]}


def by(numbers, person):
    """Hands some commits to somebody else."""
    def edit(number, commit):
        if number in numbers:
            commit.author = person
    return edit


def trailer(numbers, person):
    def edit(number, commit):
        if number in numbers:
            commit.message += f"\n\nCo-authored-by: {person.name} <{person.email}>"
    return edit


def on_the_web(numbers, person, noreply):
    """Commits made with the web editor: private address, committed by the service."""
    def edit(number, commit):
        if number in numbers:
            commit.author, commit.committer = Person(person.name, noreply), Person(*GITHUB)
    return edit


def plans():
    """Repository name -> plan."""
    p = PEOPLE
    outside = [Person("Ines Kaltvik", "ines@kaltvik-lab.test"), Person("Obi Farrant", "obi.farrant@farrant-it.test")]
    return {
        "brineql": Plan("brineql", p["a02"], [("2021-01-01", "Europe/Amsterdam")], "2023-02-06", 300, 62, 2,
                        ["quoted values", "the lexer", "durations", "count by", "field names", "long lines", "column numbers", "missing fields"],
                        ["tidy", "cover", "speed up", "explain", "reject bad", "fix", "simplify", "extend"], "{topic}: {verb}",
                        [by({17, 30, 44}, outside[0]), by({38}, outside[1]), on_the_web({9, 41}, p["a02"], NOREPLY["a02"])]),
        "tidebook": Plan("tidebook", p["a07"], [("2020-01-01", "America/Halifax")], "2023-05-02", 210, 58, 7,
                         ["crossing search", "twelfths rule", "lock hours", "secondary ports", "squat", "table cache", "twilight", "sparkline"],
                         ["Add", "Correct", "Document", "Rework", "Test", "Speed up", "Name", "Guard"]),
        "sledtrack": Plan("sledtrack", p["a09"], [("2020-01-01", "Europe/Ljubljana")], "2024-01-08", 120, 41, 9,
                          ["recorder states", "gpx export", "rest detection", "battery use", "mitten buttons", "accuracy filter", "top speed"],
                          ["improve", "fix", "rewrite", "test", "drop", "tune"], "{verb}: {topic}",
                          [by({26}, Person(p["a09"].name, p["a23"].email))]),
        "placard": Plan("placard", p["a23"], [("2020-01-01", "Europe/Prague")], "2024-02-12", 140, 37, 23,
                        ["line breaking", "braille boards", "font widths", "row import", "widows", "captions", "board sizes"],
                        ["feat", "fix", "refactor", "docs", "test", "perf"], "{verb}({topic})"),
        "gridseat": Plan("gridseat", p["a10"], [("2020-01-01", 540)], "2025-03-03", 150, 96, 10,
                         ["orphan seats", "hold timeout", "hall plan parser", "split parties", "row labels", "price cap", "stage skew", "aisles",
                          "offers order", "sold symbol"],
                         ["Handle", "Fix", "Add", "Simplify", "Test", "Rename", "Speed up", "Document", "Check", "Move"]),
        "valvesim": Plan("valvesim", p["a04"], [("2020-01-01", "Europe/Warsaw"), ("2024-06-11", "America/Toronto")], "2024-01-15", 420, 104, 4,
                         ["valve travel", "wall losses", "modbus crc", "thermostat gain", "rounding carry", "pump curve", "replies", "log output",
                          "cold start", "unit ids", "build flags"],
                         ["fix", "model", "check", "clean up", "measure", "limit", "print", "rename", "adjust", "split"]),
        "budgetbell": Plan("budgetbell", p["a15"], [("2020-01-01", 0)], "2024-09-02", 260, 72, 15,
                           ["invoice header", "month ends", "median pace", "flag names", "new accounts", "small bills", "float cents", "exit codes"],
                           ["Accept", "Repair", "Explain", "Test", "Drop", "Round", "Sort", "Report", "Count"]),
        "isobath": Plan("isobath", p["a20"], [("2020-01-01", "Europe/Lisbon"), ("2024-03-04", "America/Recife"), ("2024-03-29", "Europe/Lisbon"),
                                              ("2024-09-07", "Asia/Kolkata"), ("2024-10-03", "Europe/Lisbon")], "2024-01-10", 330, 98, 20,
                        ["marching squares", "corner cutting", "grid edges", "interpolation", "joining lines", "saddle cells", "units", "empty input",
                         "benchmarks", "depth lists"],
                        ["better", "faster", "clearer", "fewer", "tested", "safer", "documented", "smaller", "first", "sorted"], "{topic}, {verb}",
                        [on_the_web({5, 33, 61, 80}, p["a20"], NOREPLY["a20"])]),
        "silofeed": Plan("silofeed", p["a06"], [("2020-01-01", "Africa/Nairobi")], "2024-04-02", 200, 66, 6,
                         ["checksum", "stuck sensors", "weekly partitions", "wards", "level jumps", "late messages", "schema", "tests"],
                         ["extend", "repair", "describe", "speed", "verify", "unify", "log", "trim", "retry"], "[{topic}] {verb}",
                         [on_the_web({3, 28, 50}, p["a06"], NOREPLY["a06"])]),
        "springtank": Plan("springtank", p["a13"], [("2020-01-01", "Europe/Dublin")], "2024-01-22", 240, 54, 13,
                           ["coil length", "all-pass stretch", "knock noise", "denormals", "mix law", "silence test", "build file"],
                           ["tune", "test", "bound", "measure", "inline", "document", "fix", "simplify"], "{Verb} the {topic}",
                           [trailer({12, 19, 33, 46}, p["a18"])]),
        "harpwright": Plan("harpwright", p["a18"], [("2020-01-01", "Europe/Lisbon")], "2024-02-05", 240, 52, 18,
                           ["ring buffer", "parabola", "pedal flats", "string table", "threshold", "cents", "low notes"],
                           ["checks", "a faster", "an honest", "notes on the", "tests for", "limits of the", "smaller", "cleaner"], "{verb} {topic}",
                           [by({8, 15, 16, 27, 35, 43}, p["a13"]), trailer({10, 21, 22, 30, 48}, p["a13"])]),
        "dustcloth": Plan("dustcloth", p["a24"], [("2020-01-01", 120)], "2025-08-11", 12, 6, 24,
                          ["frost table", "playgroup sums"], ["start", "fix", "finish"]),
    }


def copied(commits, old, new):
    """The commits under another name: same files and messages, README renamed, all dates moved by 417 days."""
    person, zone, out = PEOPLE["a22"], ZoneInfo("America/Denver"), []
    for commit in commits:
        files = {path: body.replace(old, new) if path == "README.md" else body for path, body in commit.files.items()}
        when = (commit.when + timedelta(days=417, hours=3, minutes=13)).astimezone(zone)
        out.append(replace(commit, author=person, when=when, files=files))
    return out


def fork(upstream):
    """The first 55 commits of upstream as they are, then the fork's own."""
    own = Plan("brineql-windows", PEOPLE["a16"], [("2020-01-01", "Europe/Budapest")], "2024-01-15", 130, 18, 16,
               ["time windows", "quiet spans", "old stamps", "fork notes", "span limits"], ["Add", "Bound", "Parse", "Print", "Clarify"])
    return upstream[:55] + grow(own)


def make_repositories():
    made = {name: (owner, grow(plan)) for name, (owner, plan) in
            {name: (next(w.id for w in CAST if name in w.repos), plan) for name, plan in plans().items()}.items()}
    for name, (owner, commits) in made.items():
        write(commits, CORPORA / "demo" / owner / f"{name}.git")
    write(copied(made["tidebook"][1], "tidebook", "harbourlog"), CORPORA / "demo" / "a22" / "harbourlog.git")
    write(fork(made["brineql"][1]), CORPORA / "demo" / "a16" / "brineql.git")


def make_documents():
    (CORPORA / "demo").mkdir(exist_ok=True)
    with open(CORPORA / "demo" / "manifest.csv", "w", newline="", encoding="utf-8") as out:
        rows = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        rows.writeheader()
        for who in CAST:
            text = resume(who.id)
            extension, writer = WRITERS[who.format]
            target = CORPORA / "demo" / who.id / f"resume.{extension}"
            target.parent.mkdir(parents=True, exist_ok=True)
            writer(text, target, who.style)
            name, email, github = head(text)
            rows.writerow({
                "id": who.id, "name": name, "email": email, "phone": who.phone, "location": who.location,
                "timezone": who.timezone, "github": github, "resume": f"{who.id}/resume.{extension}",
                "repos": ";".join(f"{who.id}/{repo}.git" for repo in who.repos), "applied_at": who.applied_at, "source": who.source,
            })


def make_four():
    folder = CORPORA / "four-formats"
    folder.mkdir(exist_ok=True)
    with open(folder / "manifest.csv", "w", newline="", encoding="utf-8") as out:
        rows = csv.DictWriter(out, ["id", "name", "email", "location", "resume"], lineterminator="\n")
        rows.writeheader()
        for who, kind, style, name, place, email in FOUR:
            extension, writer = WRITERS[kind]
            text = resume("four-colleague" if who == "f5" else "four").replace("{NAME}", name).replace("{CONTACT}", f"{place} | {email}")
            writer(text, folder / f"{who}.{extension}", style)
            rows.writerow({"id": who, "name": name, "email": email, "location": place, "resume": f"{who}.{extension}"})


if __name__ == "__main__":
    make_documents()
    make_four()
    make_repositories()
