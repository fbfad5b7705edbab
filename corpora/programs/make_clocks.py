"""Makes `corpora/clocks` anew: one applicant, one repository and one habit each. Everybody in it is invented.

    python3 corpora/programs/make_clocks.py

Needs git only (`git fast-import` writes the stamps as they are asked for); comes out byte for byte the same with the same
git (2.47). Beside each way to make a history up stands somebody ordinary who does something that looks like it.
What is found about whom, and why, is listed in `corpora/clocks/case.toml`.
"""

import csv
import random
import shutil
import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

PROGRAMS = Path(__file__).resolve().parent
TARGET = PROGRAMS.parent / "clocks"
sys.path.insert(0, str(PROGRAMS / "demo"))

from histories import GITHUB, git  # noqa: E402

#: Hours of the day and how likely work begins then.
OFFICE = {8: 2, 9: 6, 10: 6, 11: 3, 13: 5, 14: 6, 15: 4, 16: 3, 19: 1, 20: 2, 21: 1}
EVENINGS = {17: 3, 18: 4, 19: 6, 20: 7, 21: 6, 22: 4, 23: 1, 13: 1, 15: 1}
NIGHTS = {21: 2, 22: 5, 23: 6, 0: 6, 1: 6, 2: 4, 3: 3, 4: 1}
BETWEEN = {5: 3, 6: 4, 13: 4, 14: 3, 20: 2, 21: 5, 22: 4, 23: 2, 0: 1}

#: One repository's commits are at most so many: rules need 50, and the folder is to stay small.
COMMITS = 60


@dataclass
class Commit:
    """Who and when; `committer` and `committed` where they differ."""

    author: tuple
    when: datetime
    committer: tuple = None
    committed: datetime = None
    #: An offset to write in place of the true one.
    odd: str = None


def clock(zone):
    return ZoneInfo(zone) if isinstance(zone, str) else timezone(timedelta(minutes=zone))


def days(rng, start, span, share=0.5):
    """Dates on which somebody works: some weeks much, some not at all."""
    first, out, mood = datetime.fromisoformat(start), [], 0.5
    for number in range(span):
        if number % 7 == 0:
            mood = rng.choice([0.0, 0.3, 0.6, 1.0])
        if rng.random() < share * mood * 1.6:
            out.append(first + timedelta(days=number))
    return out


def work(who, rng, start, span, zone, hours=OFFICE, num=COMMITS):
    """Commits as people make them: sessions of a few, minutes apart, at any second. `zone` may be a function of the day."""
    sessions = []
    for day in days(rng, start, span):
        begin = rng.choices(list(hours), hours.values())[0]
        at, session = day + timedelta(hours=begin + rng.random(), seconds=rng.randrange(60)), []
        for _ in range(rng.choice([1, 1, 2, 2, 3, 5])):
            local = at.replace(microsecond=0, tzinfo=clock(zone(day) if callable(zone) else zone))
            session.append(Commit(who, local))
            at += timedelta(seconds=int(rng.expovariate(1 / 1500)) + 20)
        sessions.append(session)
    # Days are left out at random, so that the commits wanted spread over the whole span.
    rng.shuffle(sessions)
    out = [c for session in sessions for c in session][:num]
    return sorted(out, key=lambda c: c.when.timestamp())


def by_clock(commits, zone):
    """The same moments, recorded by another clock."""
    return [replace(c, when=c.when.astimezone(clock(zone))) for c in commits]


def since(*steps):
    """A zone that changes with the date: (date, zone), …"""
    def zone(day):
        return [z for date, z in steps if day >= datetime.fromisoformat(date)][-1]
    return zone


def burst(commits, start, zone, seconds=40):
    """Committed again, one after the other, from a moment on."""
    at = datetime.fromisoformat(start).replace(tzinfo=clock(zone))
    return [replace(c, committed=at + timedelta(seconds=seconds * n)) for n, c in enumerate(commits)]


def weekly(commits):
    """Each week's commits are rebased at the end of that week."""
    def end(when):
        return when + timedelta(days=6 - when.weekday(), hours=3)
    return [replace(c, committed=end(c.when) + timedelta(seconds=n % 9)) for n, c in enumerate(commits)]


def painted(who, rng, start, zone, num=COMMITS):
    """Random times between nine and six on most days: what commit painters draw."""
    first, out = datetime.fromisoformat(start), []
    for number in range(10 * num):
        for _ in range(rng.choice([0, 1, 1, 2])):
            seconds = rng.randrange(9 * 3600, 18 * 3600)
            out.append(Commit(who, (first + timedelta(days=number, seconds=seconds)).replace(tzinfo=clock(zone))))
    return sorted(out, key=lambda c: c.when.timestamp())[:num]


def on_the_web(commits, zone, minutes=35, num=25):
    """A commit in the website some minutes after each of the first on their days, by the browser's clock."""
    seen, out = set(), []
    for c in commits:
        if c.when.date() not in seen and len(out) < num:
            seen.add(c.when.date())
            out.append(Commit(c.author, (c.when + timedelta(minutes=minutes)).astimezone(clock(zone)), GITHUB))
    return sorted(commits + out, key=lambda c: c.when.timestamp())


def in_turn(rng, commits, zone):
    """Every third commit within half an hour of the one before, by another machine's clock."""
    out = []
    for number, c in enumerate(commits):
        out.append(c)
        if number % 3 == 0:
            out.append(Commit(c.author, (c.when + timedelta(seconds=rng.randrange(200, 1800))).astimezone(clock(zone))))
    return sorted(out, key=lambda c: c.when.timestamp())


#: id, name, claimed place.
PEOPLE = [
    ("moved", "Oswin Tarrade", "Toronto, Ontario, Canada"),
    ("nomad", "Brisa Fennelow", "Lisbon, Portugal"),
    ("owl", "Corvin Lathebury", "Lyon, France"),
    ("traveller", "Ilaria Montesk", "Madrid, Spain"),
    ("container", "Jurek Hallwardt", "Hamburg, Germany"),
    ("student", "Wanza Kibretti", "Nairobi, Kenya"),
    ("rebaser", "Solveig Arnestad", "Gothenburg, Sweden"),
    ("importer", "Piers Quellington", "Bristol, United Kingdom"),
    ("rewriter", "Tomasine Okelberg", "Halifax, Nova Scotia, Canada"),
    ("filter", "Davit Hroncek", "Brno, Czechia"),
    ("carer", "Amparo Vilhena", "Porto, Portugal"),
    ("desert", "Reuel Stackmoor", "Phoenix, Arizona, USA"),
    ("laptop", "Nerissa Coldbeck", "Galway, Ireland"),
    ("grid", "Ansel Droverley", "Denver, Colorado, USA"),
    ("authordate", "Merle Ostrowick", "Chicago, Illinois, USA"),
    ("bothdates", "Fenna Groothart", "Rotterdam, Netherlands"),
    ("twins", "Lucan Averdale", "Leeds, United Kingdom"),
    ("hops", "Sabeth Morrowin", "Boston, Massachusetts, USA"),
    ("setclock", "Evander Pruitt", "New York, NY, USA"),
    ("unclaimed", "Torvin Ashgrove", ""),
    ("browser", "Isolde Hartwick", "Atlanta, Georgia, USA"),
    ("standing", "Gaspard Thiel", "Lille, France"),
    ("future", "Rowena Skelding", "Cardiff, United Kingdom"),
    ("bursts", "Alaric Penmore", "Dublin, Ireland"),
    ("oddzone", "Hedda Brisingham", "Turin, Italy"),
    ("quarter", "Tamsin Oakhallow", "Kathmandu, Nepal"),
]


def address(name):
    first, last = name.lower().split()
    return f"{first}@{last}-mail.test"


def lines(who, name, rng):
    """The repository of one applicant: ref -> commits."""
    own, start = (name, address(name)), "2024-01-08"
    if who == "moved":
        made = work(own, rng, start, 400, since(("2024-01-01", "Europe/Warsaw"), ("2024-04-02", "America/Toronto")))
    elif who == "nomad":
        stays = ["Europe/Lisbon", "Asia/Bangkok", "America/Bogota", "Asia/Tbilisi", "Africa/Nairobi", "Asia/Tokyo", "America/Recife"]
        steps = [((datetime.fromisoformat(start) + timedelta(days=16 * n)).date().isoformat(), z) for n, z in enumerate(stays)]
        made = work(own, rng, start, 112, since(*steps))
    elif who == "owl":
        made = work(own, rng, start, 200, "Europe/Paris", NIGHTS)
    elif who == "traveller":
        made = work(own, rng, start, 150, since(("2024-01-01", "Europe/Madrid"), ("2024-02-12", "America/Mexico_City"),
                                                ("2024-02-24", "Europe/Madrid"), ("2024-04-08", "Asia/Seoul"), ("2024-04-19", "Europe/Madrid")))
    elif who == "container":
        made = by_clock(work(own, rng, start, 150, "Europe/Berlin"), 0)
    elif who == "student":
        made = by_clock(work(own, rng, start, 200, "Africa/Nairobi", EVENINGS), "America/Los_Angeles")
    elif who == "rebaser":
        made = weekly(work(own, rng, start, 200, "Europe/Stockholm"))
    elif who == "importer":
        made = [replace(c, when=c.when.replace(second=0)) for c in by_clock(work(own, rng, "2015-02-02", 300, "Europe/London"), 0)]
    elif who == "rewriter":
        made = burst(work(own, rng, start, 200, "America/Halifax"), "2024-09-14T19:20", "America/Halifax", 1)
    elif who == "filter":
        made = work(own, rng, start, 150, "Europe/Prague", num=40)
        old = (name, "davit@davits-laptop.local")
        return {"main": made, "before-rewrite": [replace(c, author=old) for c in made]}
    elif who == "carer":
        made = work(own, rng, start, 200, "Europe/Lisbon", BETWEEN)
    elif who == "desert":
        made = work(own, rng, start, 340, "America/Phoenix")
    elif who == "laptop":
        made = in_turn(rng, work(own, rng, start, 200, "Europe/Dublin", num=45), 0)
    elif who == "grid":
        first = datetime.fromisoformat("2024-03-01T12:00:00")
        made = [Commit(own, (first + timedelta(days=n)).replace(tzinfo=clock("America/Denver"))) for n in range(COMMITS)]
    elif who == "authordate":
        made = burst(painted(own, rng, start, "America/Chicago"), "2024-08-20T15:02", "America/Chicago", 1)
    elif who == "bothdates":
        made = painted(own, rng, start, "Europe/Amsterdam")
    elif who == "twins":
        made = work(own, rng, start, 150, "Europe/London", num=45)
        other = ("Hadley Voss", "hadley.voss@vossworks.test")
        return {"main": made, "published": [replace(c, author=other) for c in made[:30]]}
    elif who == "hops":
        made = in_turn(rng, work(own, rng, start, 200, "America/New_York", num=45), "Asia/Tashkent")
    elif who in ("setclock", "unclaimed"):
        made = by_clock(work(own, rng, start, 200, "Asia/Vladivostok", num=80), "America/New_York")
    elif who == "browser":
        made = on_the_web(work(own, rng, start, 300, "America/New_York", num=55), "Asia/Yerevan")
    elif who == "standing":
        made = work(own, rng, start, 360, 60, num=80)
    elif who == "bursts":
        made = work(own, rng, start, 200, "Europe/Dublin")  # both dates drawn as people's bursts are: escapes
    elif who == "future":
        made = work(own, rng, start, 200, "Europe/London")
        made = [replace(c, when=c.when + timedelta(days=2), committed=c.when) if n % 12 == 5 else c for n, c in enumerate(made)]
    elif who == "oddzone":
        made = work(own, rng, start, 200, "Europe/Rome")
        made = [replace(c, odd="+051800") if n < 4 else c for n, c in enumerate(made)]
    elif who == "quarter":
        made = work(own, rng, start, 200, "Asia/Kathmandu")
    return {"main": made}


def stamp(when, odd=None):
    if odd:
        return f"{int(when.timestamp())} {odd}"
    minutes = int(when.utcoffset().total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{int(when.timestamp())} {sign}{minutes // 60:02d}{minutes % 60:02d}"


def stream(who, refs):
    """One file that changes with each commit, to few contents to keep the pack small; alike in every line of the history."""
    out, mark = [], 0
    for ref, commits in refs.items():
        for number, c in enumerate(commits):
            mark += 1
            message, body = f"step {number}\n".encode(), f"{who} {number % 5}\n".encode()
            out.append(f"commit refs/heads/{ref}\nmark :{mark}\nauthor {c.author[0]} <{c.author[1]}> {stamp(c.when, c.odd)}\n".encode())
            committer = c.committer or c.author
            out.append(f"committer {committer[0]} <{committer[1]}> {stamp(c.committed or c.when, c.odd)}\n".encode())
            out.append(b"data %d\n%s" % (len(message), message))
            if number:
                out.append(b"from :%d\n" % (mark - 1))
            out.append(b"M 100644 inline notes.txt\ndata %d\n%s\n" % (len(body), body))
    return b"".join(out)


def write(who, refs):
    target = TARGET / who / "work.git"
    shutil.rmtree(target.parent, ignore_errors=True)
    target.mkdir(parents=True)
    git(target, "init", "--bare", "--quiet", "-b", "main", "--template=", ".")
    git(target, "fast-import", "--quiet", "--date-format=raw-permissive", feed=stream(who, refs))
    git(target, "-c", "pack.threads=1", "-c", "pack.writeReverseIndex=false", "repack", "-adfq", "--no-write-bitmap-index")
    tips = {ref: git(target, "rev-parse", f"refs/heads/{ref}") for ref in refs}
    for name in ("hooks", "info", "branches", "logs", "objects/info", "refs/tags"):
        shutil.rmtree(target / name, ignore_errors=True)
    for name in ("description", "packed-refs"):
        (target / name).unlink(missing_ok=True)
    (target / "refs/heads").mkdir(parents=True, exist_ok=True)
    for ref, tip in tips.items():
        (target / "refs/heads" / ref).write_bytes(tip)
    (target / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")


def main():
    TARGET.mkdir(exist_ok=True)
    with open(TARGET / "manifest.csv", "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["id", "name", "email", "location", "repos"])
        for who, name, place in PEOPLE:
            rows.writerow([who, name, address(name), place, f"{who}/work.git"])
            write(who, lines(who, name, random.Random(who)))


if __name__ == "__main__":
    main()
