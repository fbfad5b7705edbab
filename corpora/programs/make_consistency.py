"""Makes `corpora/consistency` anew: applicants whose own material does not fit together, each beside somebody ordinary.

    python3 corpora/programs/make_consistency.py

Needs git, pdflatex and the PyPI packages typst and python-docx; comes out byte for byte the same with the same versions
(git 2.47, TeX Live 2022, Typst 0.15, python-docx 1.2). Everybody in it is invented. The two account numbers in no-reply
addresses are those of robots of the hosting service, so that they are nobody's. What is found about whom, and why, is
listed in `corpora/consistency/case.toml`.
"""

import csv
import shutil
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PROGRAMS = Path(__file__).resolve().parent
TARGET = PROGRAMS.parent / "consistency"
sys.path.insert(0, str(PROGRAMS / "demo"))

import documents  # noqa: E402
from histories import git  # noqa: E402

#: id -> name; the e-mail address is made of it.
PEOPLE = {
    "overlap": "Edda Marlowe", "parttime": "Rufus Tindall", "promoted": "Greta Ashcombe",
    "early": "Silas Wendover", "renewed": "Petra Holloway",
    "versions": "Milo Strand", "tailored": "Agnes Fairlie", "degree": "Bruno Castellan", "tracked": "Thea Lindqvist",
    "account": "Orla Pemberton", "newcomer": "Jasper Nyland", "names": "Vera Hollander", "married": "Linnea Brandt",
    "backdated": "Casper Dunmore", "ordinary": "Ines Valcourt", "rebased": "Felix Aldgate",
    "clock": "Noor Everhart", "sameclock": "Hugo Merriton",
}


def address(who):
    first, last = PEOPLE[who].lower().split()
    return f"{first}.{last}@{last}-post.test"


def resume(who, summary, jobs, studies="", skills=""):
    """Text of a résumé in the form that `demo/documents.py` sets; a job is (employer and title, dates, descriptions)."""
    out = [f"# {PEOPLE[who]}", address(who), "## Summary", summary, "## Experience"]
    for head, dates, bullets in jobs:
        out += [f"### {head}", dates, *[f"- {b}" for b in bullets]]
    if studies:
        out += ["## Education", *studies.split("\n")]
    if skills:
        out += ["## Skills", skills]
    return "\n".join(out) + "\n"


MARLOWE = [
    ("Tidewater Freight Ltd, Software Engineer", "Jan 2018 – Jun 2021",
     ["Wrote the booking desk for barges on three canals.", "Moved the tariff tables from paper into one service."]),
    ("Quarrystone Bank AG, Backend Developer", "Mar 2019 – Dec 2020",
     ["Kept the ledger of small loans and its nightly closing.", "Cut the closing from four hours to twenty minutes."]),
]
TINDALL = [
    ("Lockgate Museums, Web Developer", "Feb 2017 – Aug 2021",
     ["Built the ticket shop and the guide for eleven houses.", "Looked after two dozen screens in the galleries."]),
    ("Harrow Library, Web Developer (part-time)", "Sep 2018 – Jun 2020",
     ["Made the catalogue readable on telephones.", "Taught the staff to publish their own pages."]),
]
ASHCOMBE = [
    ("Corvane Instruments, Embedded Engineer", "May 2014 – Apr 2022",
     ["Wrote firmware for balances and pumps.", "Introduced tests on the bench for each board."]),
    ("Corvane Instruments, Lead Engineer", "Jan 2018 – Apr 2022",
     ["Led six people who build the next line of balances.", "Chose the parts for three boards."]),
]
WENDOVER = [
    ("Palegate Telecom, Network Engineer", "Sep 2012 – Nov 2014",
     ["Planned the fibre rings of two counties.", "Wrote the tool that draws them."]),
    ("Ostler Systems, Software Engineer", "Jan 2008 – Jun 2011",
     ["Ran the billing of forty operators on Kubernetes.", "Wrote the portal in TypeScript and served it by GraphQL."]),
]
HOLLOWAY = [
    ("Brackwater Energy, Platform Engineer", "Feb 2017 – Oct 2022",
     ["Moved forty services of the meter department to Kubernetes.", "Described the servers in Terraform."]),
    ("Pinnock Data, Software Engineer", "Mar 2009 – Dec 2016",
     ["Collected the readings of wind farms.", "Wrote their nightly reports in Perl and later in Python."]),
]
STRAND = [
    ("Eastmoor Rail, Software Engineer", "Feb 2018 – May 2022",
     ["Wrote the timetable of the night trains.", "Kept the seat map and its peculiar rules."]),
    ("Dovetail Print AG, Backend Developer", "Mar 2015 – Dec 2017",
     ["Calculated the price of a printed page in nine currencies.", "Took the shop to a second data centre."]),
]
FAIRLIE = [
    ("Silverlode Insurance, Data Engineer", "Apr 2019 – Nov 2023",
     ["Built the claims warehouse from eight old systems.", "Explained its figures to actuaries once a week."]),
    ("Marram Foods, Analyst", "Jun 2016 – Mar 2019",
     ["Forecast the sale of berries by the weather.", "Found two suppliers who weighed twice."]),
]
CASTELLAN = [
    ("Wrenfield Optics, Test Engineer", "Aug 2016 – Jul 2023",
     ["Measured lenses by the thousand and wrote the bench that does it.", "Kept the calibration of nine benches."]),
]
LINDQVIST = [
    ("Foxglove Studios, Game Developer, Mar 2016 – Dec 2021", "",
     ["Wrote the weather of three games.", "Made the tool by which artists place trees."]),
]
HERON = "University of Heronsgate"


def shifted(jobs, old, new):
    return [(head, dates.replace(old, new), bullets) for head, dates, bullets in jobs]


def write_documents():
    """applicant -> paths of documents."""
    pdf, word, text, latex = documents.typst_pdf, documents.word_file, documents.text_file, documents.latex_pdf
    summary = "Builds things that other people use every day and writes down how they work."
    castellan = f"BSc Physics, {HERON}, 2012 – 2015"
    kontorby = castellan.replace(HERON, "University of Kontorby")
    plan = [
        ("overlap", "resume.pdf", pdf, "plain", resume("overlap", "Engineer for freight and for money.", MARLOWE)),
        ("parttime", "resume.pdf", pdf, "lines", resume("parttime", "Makes websites for houses that keep old things.", TINDALL)),
        ("promoted", "resume.txt", text, "", resume("promoted", "Likes small machines that measure well.", ASHCOMBE)),
        ("early", "resume.pdf", pdf, "modern", resume("early", "From cables to code.", WENDOVER, skills="Networks, planning, Go")),
        ("renewed", "resume.docx", word, "Calibri", resume("renewed", "Keeps platforms quiet.", HOLLOWAY)),
        ("versions", "2022.pdf", pdf, "plain", resume("versions", summary, STRAND)),
        ("versions", "2023.docx", word, "Calibri", resume("versions", summary, shifted(STRAND, "Mar 2015", "Mar 2012"))),
        ("tailored", "long.pdf", pdf, "lines", resume("tailored", "Turns old tables into answers.", FAIRLIE)),
        ("tailored", "short.txt", text, "", resume("tailored", "Data engineer for insurers.", [
            (head, dates, bullets[:1]) for head, dates, bullets in shifted(FAIRLIE, "Nov 2023", "present")])),
        ("degree", "a.txt", text, "", resume("degree", "Measures light.", CASTELLAN, castellan)),
        ("degree", "b.pdf", pdf, "modern", resume("degree", "Measures light and writes about it.", CASTELLAN, kontorby)),
    ]
    for who, zone in (("clock", "+09'00'"), ("sameclock", "+01'00'")):
        created = rf"\pdfinfo{{/CreationDate (D:20240301183000{zone})}}"
        plan.append((who, "resume.pdf", latex, created, resume(who, PLAIN[who], PLAIN_JOBS[who])))
    paths = {}
    for who, name, write, style, body in plan:
        folder = TARGET / who
        folder.mkdir(parents=True, exist_ok=True)
        write(body, folder / name, style)
        paths.setdefault(who, []).append(f"{who}/{name}")
    tracked(TARGET / "tracked" / "resume.docx")
    paths["tracked"] = ["tracked/resume.docx"]
    return paths


PLAIN = {"clock": "Writes schedulers and the manuals that go with them.", "sameclock": "Teaches machines to sort parcels."}
PLAIN_JOBS = {
    "clock": [("Larkrise Clinics, Software Engineer", "Oct 2019 – present", ["Plans the shifts of nine wards.", "Ended the paper lists."])],
    "sameclock": [("Thornbury Post, Software Engineer", "Jan 2020 – present", ["Reads addresses from crumpled labels.", "Counts what it cannot read."])],
}


def tracked(path):
    """A line whose dates were changed under change tracking: the old one is still in the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = resume("tracked", "Makes games and the tools behind them.", LINDQVIST)
    documents.word_file(body, path, "Calibri")
    document = docx.Document(path)
    line = next(p for p in document.paragraphs if "Foxglove" in p.text)
    gone = OxmlElement("w:del")
    for key, value in (("w:id", "1"), ("w:author", PEOPLE["tracked"]), ("w:date", "2024-02-01T10:00:00Z")):
        gone.set(qn(key), value)
    run, deleted = OxmlElement("w:r"), OxmlElement("w:delText")
    deleted.text = "Foxglove Studios, Game Developer, Mar 2012 – Dec 2021"
    run.append(deleted)
    gone.append(run)
    line._p.append(gone)
    document.save(path)


PACKAGE = '{{\n  "name": "{name}",\n  "dependencies": {{\n    "react": "^{react}",\n    "next": "^{next}"\n  }},\n' \
          '  "devDependencies": {{\n    "typescript": "~{typescript}"\n  }}\n}}\n'
OF_2021 = {"react": "17.0.2", "next": "11.1.0", "typescript": "4.4.3"}
OF_2024 = {"react": "19.0.0", "next": "15.0.3", "typescript": "5.7.2"}


def days(start, num, gap, minutes, hour=10):
    """A commit every few days at scattered minutes, by a clock so many minutes from UTC."""
    first = datetime.fromisoformat(start).replace(tzinfo=timezone(timedelta(minutes=minutes)))
    return [first + timedelta(days=n * gap, hours=hour + n * 5 % 7, minutes=n * 17 % 60, seconds=n * 29 % 60) for n in range(num)]


def history(who, whens, authors=None, package=None, committed=None):
    """Writes a repository; `authors` are taken in turn, `package` is its package.json, `committed` replaces committer times."""
    authors = authors or [(PEOPLE[who], address(who))]
    out = []
    for n, when in enumerate(whens):
        name, email = authors[n % len(authors)]
        at = committed[n] if committed else when
        message, body = f"{who} step {n}\n".encode(), f"{who} {n % 7}\n".encode()
        out.append(f"commit refs/heads/main\nmark :{n + 1}\nauthor {name} <{email}> {stamp(when)}\n".encode())
        out.append(f"committer {name} <{email}> {stamp(at)}\n".encode())
        out.append(b"data %d\n%s" % (len(message), message))
        if n:
            out.append(b"from :%d\n" % n)
        out.append(b"M 100644 inline notes.txt\ndata %d\n%s\n" % (len(body), body))
        if package and n == 0:
            text = PACKAGE.format(name=who, **package).encode()
            out.append(b"M 100644 inline package.json\ndata %d\n%s\n" % (len(text), text))
    target = TARGET / who / "work.git"
    target.mkdir(parents=True)
    git(target, "init", "--bare", "--quiet", "-b", "main", "--template=", ".")
    git(target, "fast-import", "--quiet", feed=b"".join(out))
    git(target, "-c", "pack.threads=1", "-c", "pack.writeReverseIndex=false", "repack", "-adfq", "--no-write-bitmap-index")
    tip = git(target, "rev-parse", "refs/heads/main")
    for name in ("hooks", "info", "branches", "logs", "objects/info", "refs/tags"):
        shutil.rmtree(target / name, ignore_errors=True)
    for name in ("description", "packed-refs"):
        (target / name).unlink(missing_ok=True)
    (target / "refs/heads").mkdir(parents=True, exist_ok=True)
    (target / "refs/heads/main").write_bytes(tip)
    (target / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")


def stamp(when):
    minutes = int(when.utcoffset().total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{int(when.timestamp())} {sign}{minutes // 60:02d}{minutes % 60:02d}"


def write_histories():
    hidden = "{}+{}@users.noreply.github.com".format
    account = (PEOPLE["account"], hidden(41898282, "opemberton-invented"))
    newcomer = (PEOPLE["newcomer"], hidden(49699333, "jnyland-invented"))
    history("account", days("2016-02-01", 30, 3, 60), [account])
    history("newcomer", days("2021-03-01", 30, 4, 120), [newcomer])
    own = address("names")
    history("names", days("2023-01-09", 32, 2, 60), [
        (name, own) for name in (PEOPLE["names"], "Karsten Ulvaeus", "Mirabel Okonjo", "Desmond Achterberg")])
    own = address("married")
    history("married", days("2023-01-10", 32, 3, 60), [(PEOPLE["married"], own), ("Linnea Sandholm", own)])
    history("backdated", days("2021-01-11", 26, 5, 60), package=OF_2024)
    history("ordinary", days("2022-01-12", 26, 6, 60), package=OF_2021)
    late = days("2025-01-13", 26, 1, 60)
    history("rebased", days("2021-05-10", 26, 4, 60), package=OF_2024, committed=late)
    history("clock", days("2024-02-12", 12, 3, 60))
    history("sameclock", days("2024-02-13", 12, 3, 60, 12))


def main():
    case = (TARGET / "case.toml").read_bytes() if (TARGET / "case.toml").exists() else None
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    if case is not None:
        (TARGET / "case.toml").write_bytes(case)
    paths = write_documents()
    write_histories()
    with open(TARGET / "manifest.csv", "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["id", "name", "email", "github", "resume", "repos"])
        logins = {"account": "opemberton-invented", "newcomer": "jnyland-invented"}
        for who, name in PEOPLE.items():
            repository = f"{who}/work.git" if (TARGET / who / "work.git").exists() else ""
            rows.writerow([who, name, address(who), logins.get(who, ""), ";".join(paths.get(who, [])), repository])


if __name__ == "__main__":
    main()
