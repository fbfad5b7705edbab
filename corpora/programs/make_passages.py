"""Makes `corpora/passages` anew: résumés that share passages, and their innocent twins. Everybody in them is invented.

    python3 corpora/programs/make_passages.py

Needs the PyPI packages typst and python-docx. The files come out byte for byte the same with the same versions. What was planted, and
which innocent twin stands beside it, is listed with its reason in `corpora/passages/case.toml`.
"""

import csv
import sys
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parent
CORPORA = PROGRAMS.parent
sys.path.insert(0, str(PROGRAMS / "demo"))

from documents import WRITERS  # noqa: E402

STYLES = {"typst": "plain", "word": "Calibri"}

# What p1 did; p2 takes it over as it stands, p3 in other words.
REUSED = """- Rebuilt the berth planner so that a late tanker moves two neighbours and not the whole quay, with 34 percent fewer idle crane hours.
- Moved 19 tide gauges from dial-up to one message queue and cut the gap between reading and warning from 42 minutes to 3.
- Found that 61 of 240 mooring bollards had never been load-tested and wrote the inspection round that the port still follows.
- Taught the pilots' office to read its own radar log, which ended 12 years of arguing about who had seen whom first."""

REWORDED = """- The berth planner was rebuilt: a late tanker now moves just two neighbours instead of an entire quay; 34 percent fewer idle crane hours.
- Dial-up tide gauges, 19 in all, moved onto one message queue; cut the gap between reading and warning down from 42 minutes to 3.
- Discovered 61 mooring bollards among 240 never once load-tested, and wrote the inspection round that the port still follows today.
- Pilots taught to read their radar log, so 12 years of arguing over who saw whom first came to an end."""

# What an advertisement asked for: p4 and p5 both answer it in its own words.
ADVERT = """- Plans, coordinates and documents maintenance windows for shore power installations in agreement with terminal operators and the harbour master.
- Prepares tender documents, evaluates offers of contractors and supervises their work on site from the kick-off meeting to final acceptance.
- Keeps the asset register complete, reports deviations without delay and proposes improvements to the quality handbook.
- Takes part in the on-call rota of the technical department and trains new colleagues in its safety rules."""

PEOPLE = {
    "p1": ("text", "Oda Fenwright", "Bergen, Norway", f"""## Profile
Port engineer with a liking for old instruments and short meetings.
## Experience
### Systems engineer, Quayhollow Port Authority (2018 – 2025)
{REUSED}
- Ran the weekly clinic where clerks brought spreadsheets and left with queries.
- Kept the old signal tower's clock going, mostly with brass shims.
- Drew up the winter roster together with the union, twice, and the second version was even printed.
- Sorted forty years of dredging contracts by the silt they had promised to remove.
- Planned the open day on which children steered a model ferry through the real lock chamber.
### Instrument technician, Sundmark Hydrography (2013 – 2018)
- Calibrated current meters on three survey boats and lost none of them to the ice.
- Catalogued a cellar of paper soundings so that anybody can find a bay by its number.
## Education
- Diploma in marine electronics, evening school, 2013.
"""),
    "p2": ("word", "Teodor Vask", "Gdynia, Poland", f"""## About me
Software developer for cranes, conveyors and the people beside them, happiest where rails end and water begins.
## Work
### Developer, Zatoka Handling (2020 – 2025)
- Wrote the yard map that straddle carriers draw for themselves when a container stands where none should.
- Brought the gate cameras under one roof and the rate of misread plates to a twentieth of what it was.
{REUSED}
- Looked after two trainees who now look after the gate cameras better than I did.
- Simulated the yard on a rainy Sunday and on a dry Monday before anybody bought another carrier.
- Argued for a bell instead of a siren at the reach stackers; the neighbours sent cake.
### Developer, Klif Automation (2016 – 2020)
- Programmed sorting lines for parcels, apples and, for one memorable month, Christmas trees.
- Replaced a relay cabinet by a controller the size of a lunch box, with the fitters' approval in writing.
- Measured vibration on conveyor bearings and sold management on changing them before they howl.
## Training
- Technical school for mechatronics, 2016.
- Course in functional safety of machinery, 2022.
"""),
    "p3": ("text", "Marit Oksdal", "Aarhus, Denmark", f"""## Profile
Engineer for harbours; sceptical of dashboards, fond of tide tables.
## Experience
### Engineer, Nordhaven Terminals (2019 – 2025)
{REWORDED}
- Wrote shift notes that the next crew reads to the end.
- Set up spare sensors in a shed so that faults can be rehearsed ashore.
### Assistant, Limfjord Survey Office (2015 – 2019)
- Drew depth charts from multibeam swaths and checked them against a lead line.
- Drove the survey van, repaired the survey van, and finally replaced the survey van.
## Education
- Degree in surveying, 2015.
"""),
    "p4": ("typst", "Ruben Castellane", "Antwerp, Belgium", f"""## Summary
Electrical engineer for quays and locks with eleven years between switchgear and salt.
## Experience
### Maintenance planner, Scheldekade Utilities (2019 – 2025)
{ADVERT}
- Rewired the lock at the sugar dock during its only dry week in a decade.
- Counted every lamp on nine kilometres of quay and labelled the switches in the order people look for them.
- Retired a transformer that hummed in a minor key.
### Electrician, Dokwacht (2014 – 2019)
- Serviced capstans and drawbridges, some older than the city tram.
- Trained as a diver in order to see the cables that everybody only drew.
## Education
- Bachelor in electrical engineering, 2014.
"""),
    "p5": ("word", "Ilse Brandvoort", "Rotterdam, Netherlands", f"""## Summary
Project lead for technical departments that would rather be outdoors.
## Experience
### Project lead, Maaskade Services (2017 – 2025)
- Gave the department a calendar that three contractors and a falconer agree on.
- Closed a footbridge for a week without a single letter to the newspaper.
- Found storage for two hundred sandbags within walking distance of every gully.
{ADVERT}
### Site engineer, Polder Works (2012 – 2017)
- Built pumping stations, then explained them to the farmers whose feet they keep dry.
- Walked 300 kilometres of dyke with a notebook and an umbrella.
## Education
- Bachelor in civil engineering, 2012.
"""),
    "p6": ("text", "Hanne Lysgaard", "Gothenburg, Sweden", """## Profile
Port engineer, formerly a ship's electrician, still at ease in small hot rooms.
## Experience
### Systems engineer, Skagerhamn Port (2017 – 2025)
- Planned berths for ferries and tankers on a board of magnets until the board became software, and kept the magnets.
- Replaced tide gauges along the inner quay after counting how often each had lied during a storm.
- Tested bollards with a borrowed tug, a load cell and a patient captain.
- Showed pilots how to replay the radar picture of last night on an ordinary screen.
### Ship's electrician, Vinga Line (2009 – 2017)
- Kept lights, winches and a stubborn bow thruster alive between Gothenburg and Kiel.
- Learned to solder in a swell.
## Education
- Ship's electrician certificate, 2009.
"""),
}


def main():
    folder = CORPORA / "passages"
    rows = []
    for i, (who, (kind, name, place, body)) in enumerate(PEOPLE.items()):
        email = f"{name.split()[0].lower()}@example.org"
        phone = f"+44 20 7946 0{310 + i}"
        text = f"# {name}\n{place} | {email} | {phone}\n{body}"
        extension, write = WRITERS[kind]
        target = folder / f"{who}.{extension}"
        folder.mkdir(exist_ok=True)
        write(text, target, STYLES.get(kind))
        rows.append([who, name, email, phone, place, target.name])
    with open(folder / "manifest.csv", "w", newline="", encoding="utf-8") as out:
        csv.writer(out, lineterminator="\n").writerows([["id", "name", "email", "phone", "location", "resume"], *rows])


if __name__ == "__main__":
    main()
