"""Makes corpora/careers: careers, lists of skills and job advertisements under several names, each beside innocent twins.

    python3 corpora/programs/make_careers.py

Everybody and everything is invented. Needs python-docx and soffice; the files are text, Markdown, DOCX (python-docx) and
PDF (LibreOffice, which writes the time of the run into it).
"""
import os
import shutil
import subprocess
import tempfile

import docx

HERE = os.path.join(os.path.dirname(__file__), "..", "careers")
POOL = os.path.join(HERE, "pool")

# One career, told twice: employer, title, start, end.
CHAIN = [
    ("Marrowline Ferries", "Senior Software Engineer", ("Feb", 2, 2020), ("Jun", 6, 2024)),
    ("Tallowgate Buses", "Software Engineer", ("Sep", 9, 2016), ("Jan", 1, 2020)),
    ("Quillhaven Trams", "Junior Developer", ("Apr", 4, 2013), ("Aug", 8, 2016)),
]
PROSE = {
    "c01": [
        ["Taught the pier scheduler to close one berth in a storm rather than the whole crossing.",
         "Counted stranded cars by hand for a month so that the graphs had something to be checked against.",
         "Wrote the drill that night crews still follow when the radar fails."],
        ["Put every stop on a map that drivers could correct with a thumb.",
         "Found nineteen routes on paper that no vehicle had driven for years."],
        ["Read meters in the depot and learned why the old heating never paid off.",
         "Kept a diary of faults that later became the first ticket system."],
    ],
    "c02": [
        ["Owned the booking back end from the first sketch to the last migration, with a team of five.",
         "Reduced page weight until the harbour's slowest phone could buy a ticket in nine seconds.",
         "Hired four people and learned to say no to a fifth."],
        ["Rewrote fare rules as tables that the finance office could read aloud.",
         "Paired with accountants on Fridays until both sides used the same words."],
        ["Automated the timetable printouts that used to take a weekend.",
         "Mended the bell at level crossings in the simulator before anybody noticed it was wrong."],
    ],
}
ADVERT = """Signal works engineer (all genders) at Pennyroyal Railway Works

Your part
- You plan the renewal of signal boxes between two running timetables, never closing more than one track at a time.
- You walk every metre of cable before you draw it, and you draw it before you order it.
- You explain to station masters why a green light is sometimes the wrong answer to their question.
- You keep a spare of everything that fails on a Sunday and know on which shelf it lies.
What you bring
- You have renewed at least one signal box without a single train cancelled on the following Monday.
- You read relay diagrams from before the war as well as the configuration of last week's interlocking.
"""
BOOTCAMP = ("React, Express, MongoDB, Agile ceremonies, Git rebasing, CSS grid, Accessibility audits, Jest, Docker basics, "
            "Pair programming, Design tokens, Authentication flows, Code review, Browser profiling")


def month_name(date):
    return f"{date[0]} {date[2]}"


def month_number(date):
    return f"{date[1]:02d}/{date[2]}"


def text(name, body):
    with open(os.path.join(POOL, name), "w", encoding="utf-8") as out:
        out.write(body.strip() + "\n")


def document(name, paragraphs):
    """A DOCX; a paragraph is a text or a list of rows of a table."""
    doc = docx.Document()
    for part in paragraphs:
        if isinstance(part, str):
            doc.add_paragraph(part)
            continue
        table = doc.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, value in zip(table.add_row().cells, row):
                cell.text = value
    doc.save(os.path.join(POOL, name))


def pdf(name, body):
    """A PDF by LibreOffice from a text."""
    with tempfile.TemporaryDirectory() as work:
        source = os.path.join(work, name.replace(".pdf", ".docx"))
        doc = docx.Document()
        for line in body.strip().splitlines():
            doc.add_paragraph(line)
        doc.save(source)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--convert-to", "pdf",
                        "--outdir", POOL, source], check=True, capture_output=True)


def careers():
    """c01 and c02: one career, two names, other words. c03: a colleague of c01 at one employer."""
    lines = ["Orla Fennimore", "orla.fennimore@example.com, +44 20 7946 0111", "", "Experience"]
    for (employer, title, start, end), prose in zip(CHAIN, PROSE["c01"]):
        lines.append(f"{title}, {employer} — {month_name(start)} – {month_name(end)}")
        lines += [f"- {line}" for line in prose]
    lines += ["", "Education", "Diploma in surveying, Saltmarsh Evening College, 2009 – 2012"]
    text("c01.md", "\n".join(lines))
    parts = ["Tobias Wexcombe", "t.wexcombe@example.org | +44 20 7946 0112", "Work history"]
    for (employer, title, start, end), prose in zip(CHAIN, PROSE["c02"]):
        parts.append([[f"{month_number(start)} - {month_number(end)}", title, f"{employer} Ltd"]])
        parts += prose
    parts += ["Education", "BSc Mathematics, University of Lower Brackwater, 2008 - 2011"]
    document("c02.docx", parts)
    text("c03.txt", """Ines Kaltbrunn
ines.kaltbrunn@example.com
Work experience
Marrowline Ferries
Senior Software Engineer
Feb 2020 – Jun 2024
Ran the gate cameras of two harbours and threw away every frame that showed a face.
Persuaded the unions that a queue can be fair and short, and measured both.
Dunmore Observatory
Data Technician
Mar 2014 – Jan 2020
Labelled comets on glass plates for six winters, and wrote the reader that labels them now.
Kept the dome turning through a strike with one bicycle chain and a patient janitor.
Education
Diploma in optics, Dunmore Technical School, 2011 – 2014
""")


def skills():
    """c04 and c05: two graduates of one bootcamp with the list that it hands out."""
    text("c04.md", f"""Mattis Overgaard
mattis@example.com
## Skills
{BOOTCAMP}
## Experience
Baker, Ryefield Ovens, May 2012 – Jul 2021
- Rose at two for nine years and never once let the sourdough decide the timetable.
- Trained eleven apprentices, of whom three now run ovens of their own on the coast.
- Kept the ledger in a spreadsheet that the tax office asked to copy for other bakers.
""")
    document("c05.docx", ["Delphine Arkwright", "delphine.arkwright@example.org", "Experience",
                          "Stage manager, Lantern Row Theatre, 08/2010 – 03/2020",
                          "Called four hundred performances from the dark, and lost one wig and no actor.",
                          "Built the prop inventory out of photographs and a label printer from a closing pharmacy.",
                          "Negotiated the silence of a building site for every matinee of a whole summer.",
                          "Technical Skills", BOOTCAMP])


def adverts():
    """c06 and c07 copied one job advertisement, which the scan is told of."""
    own = ADVERT.split("Your part\n")[1]
    with open(os.path.join(HERE, "job.txt"), "w", encoding="utf-8") as out:
        out.write(ADVERT)
    text("c06.txt", f"""Wendel Astor
wendel.astor@example.com
What I offer
{own}
Experience
Cable hand, Upper Fenway Telephone, 2011 – 2019
Spliced lead cable in flooded shafts and taught two winters of newcomers to stay dry.
""")
    pdf("c07.pdf", f"""Priska Lindqvale
priska.lindqvale@example.org
Experience
Clockmaker, Bellweather and Daughters, 2008 – 2020
Regulated tower clocks in eleven villages, all of which believed that theirs was the right one.
Profile
{own}""")


def masked():
    """c08 and c09 share a town, dates, one employer and a degree; c10 and c11 a referee. None of it ties anybody."""
    text("c08.txt", """Jorun Halvard
Bristol, United Kingdom
jorun.halvard@example.com
Experience
Glassmere Insurance, Claims Analyst, Bristol
March 2015 – November 2018
Sorted hail from stones by the shape of the dent, and was believed in court twice.
Drew the flood map that the town hall later bought back from us at twice the price.
Petrel Logistics, Dispatcher, Bristol
January 2019 – present
Sends forty vans a day past the one bridge that is always up when it matters.
Education
Bachelor of Science in Geography, University of Lower Brackwater, 2011 – 2014
""")
    text("c09.txt", """Casimir Dunn
Bristol, United Kingdom
casimir.dunn@example.org
Education
Bachelor of Science in Geography, University of Lower Brackwater, 2011 – 2014
Experience
Glassmere Insurance, Claims Analyst, Bristol
March 2015 – November 2018
Interviewed four hundred policy holders about pipes and wrote down what their plumbers had said.
Halved the letters that nobody answered by asking one question in each of them.
Inkwell Primary, Teaching Assistant, Bristol
January 2019 – present
Reads aloud on Mondays, mends chairs on Tuesdays and has lunch with whoever sits alone.
""")
    referee = """References
Professor Hedda Norling, Institute for Coastal Studies, Lower Brackwater
hedda.norling@example.com, +44 20 7946 0199
12 Quay Lane, Lower Brackwater"""
    text("c10.txt", f"""Severin Tolle
severin.tolle@example.com
Experience
Tide Gauge Technician, Ostrava Harbour Board, 2016 – 2021
Replaced floats with pressure cells at thirty gauges and kept one float for the museum.
Logged storm surges by lamplight in the winter in which the mast came down.
{referee}
""")
    document("c11.docx", ["Margit Esterly", "margit.esterly@example.org", "Experience",
                          "Beach Warden, Sandling Parish, 2012 – 2020",
                          "Counted terns from a folding chair and built the fence that they came to like.",
                          "Led school classes along the tide line and brought every one of them back dry.",
                          *referee.splitlines()])


def main():
    shutil.rmtree(POOL, ignore_errors=True)
    os.makedirs(POOL)
    for make in (careers, skills, adverts, masked):
        make()


main()
