"""Makes `corpora/copied-histories` anew: histories that were copied, and ordinary ones that only look it. All invented.

    python3 corpora/programs/make_copied_histories.py

Needs git only; comes out byte for byte the same with the same git (2.47). Copies are made as people make them, with git's
own tools: `fast-export` into `fast-import` under another name, `filter-branch` with moved dates, `commit-tree` over the
same trees. Files are prose, so that nothing but the histories speaks. What is found about whom: `case.toml` there.
"""

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parent
TARGET = PROGRAMS.parent / "copied-histories"
sys.path.insert(0, str(PROGRAMS / "demo"))

from histories import git  # noqa: E402

#: Own commits in a repository: enough for the detectors, too few for those of clocks to speak.
COMMITS = 36

NAMES = {
    "weaver": "Ilse Marrowby", "relabelled": "Conrad Vexholm",
    "potter": "Tamsin Oldacre", "later": "Rufus Kettlewane",
    "smith": "Gwendal Ferrimore", "squashed": "Petra Lindqvale",
    "dawn": "Orla Wintershed", "dusk": "Bastian Crewdale",
    "tide": "Maren Holtwick", "ebb": "Silvan Ardmoor",
    "maker": "Juno Thackwell", "forker": "Edmund Rallisay",
    "pupil1": "Livia Brandreth", "pupil2": "Oskar Penhallow", "pupil3": "Nell Tarnbrook", "pupil4": "Viggo Ashlund", "pupil5": "Ada Merricourt",
    "template1": "Hollis Grantmere", "template2": "Yvaine Corbley",
    "patcher1": "Magnus Ferrowby", "patcher2": "Sunniva Dalgarth",
    "mover": "Isidor Wakelin",
    "colleague1": "Beatrix Sorrelby", "colleague2": "Leopold Hanwick",
    "empty-handed": "Caspian Ullmere", "carver": "Rosalind Eavesham",
}

WORDS = ("amber basin cedar delta ember fjord glade heron islet joist kiln larch marsh nettle otter pebble quarry reed "
         "slate thorn umber vetch willow yarrow zephyr anvil brook cairn dune eddy").split()


def who(key):
    """Name and address."""
    name = NAMES[key]
    return name, f"{name.lower().replace(' ', '.')}@{key}-mail.test"


def moments(rng, start, num, hours=(9, 22)):
    """Times of sessions of one to four commits, at any second."""
    day, out = datetime.fromisoformat(start).replace(tzinfo=timezone.utc), []
    while len(out) < num:
        day += timedelta(days=rng.choice([1, 1, 2, 2, 3, 5]))
        at = day + timedelta(hours=rng.uniform(*hours))
        for _ in range(rng.choice([1, 2, 2, 3, 4])):
            out.append(int(at.timestamp()))
            at += timedelta(seconds=60 + rng.expovariate(1 / 1700))
    return out[:num]


class Project:
    """Files that grow by a line with each commit."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.files = {}
        self.number = 0

    def step(self, person, seconds):
        path = self.rng.choice(["notes.txt", "ideas.txt", "log/week.txt"])
        line = " ".join(self.rng.sample(WORDS, 7))
        self.files[path] = self.files.get(path, "") + line + "\n"
        self.number += 1
        return person, seconds, f"{' '.join(line.split()[:3])}", path, self.files[path]

    def steps(self, person, times):
        return [self.step(person, seconds) for seconds in times]


def stamped(person, seconds, zone="+0000"):
    return f"{person[0]} <{person[1]}> {seconds} {zone}"


def zone(key):
    """A clock of the person's own."""
    return f"{random.Random('zone ' + key).choice(['+0100', '+0200', '-0400', '-0300', '+0530'])}"


def stream(steps):
    out = []
    for number, (person, seconds, message, path, body) in enumerate(steps, 1):
        line = stamped(person, seconds, zone(person[0]))
        out.append(f"commit refs/heads/main\nmark :{number}\nauthor {line}\ncommitter {line}\n")
        out.append(f"data {len(message) + 1}\n{message}\n\n")
        out.append(f"from :{number - 1}\n" if number > 1 else "")
        out.append(f"M 100644 inline {path}\ndata {len(body)}\n{body}\n")
    return "".join(out).encode()


def new(folder):
    folder.mkdir(parents=True)
    git(folder, "init", "--bare", "--quiet", "-b", "main", "--template=", ".")
    return folder


def written(folder, steps):
    git(new(folder), "fast-import", "--quiet", feed=stream(steps))
    return folder


def relabelled(source, folder, old, person):
    """The history again under another name: every id changes, every time stays."""
    text = git(source, "fast-export", "main").decode()
    text = text.replace(f"{old[0]} <{old[1]}>", f"{person[0]} <{person[1]}>")
    git(new(folder), "fast-import", "--quiet", feed=text.encode())
    return folder


def moved(source, folder, person, days):
    """The history again under another name, every date moved by the same number of days."""
    shutil.copytree(source, folder)
    shift = f'"@$(( $(echo $GIT_{{}}_DATE | tr -d @ | cut -d" " -f1) + {days * 86_400} )) $(echo $GIT_{{}}_DATE | cut -d" " -f2)"'
    script = "".join(
        f"export GIT_{role}_NAME='{person[0]}' GIT_{role}_EMAIL='{person[1]}' GIT_{role}_DATE={shift.replace('{}', role)}; "
        for role in ("AUTHOR", "COMMITTER"))
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "FILTER_BRANCH_SQUELCH_WARNING": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}
    with tempfile.TemporaryDirectory() as work:
        subprocess.run(["git", "filter-branch", "-d", f"{work}/filter", "--env-filter", script, "main"], cwd=folder, env=env, check=True,
                       capture_output=True)
    shutil.rmtree(folder / "refs/original", ignore_errors=True)
    git(folder, "update-ref", "-d", "refs/original/refs/heads/main")
    return folder


def committed(folder, person, trees, times):
    """Commits of these trees one after the other: what `merge --squash` leaves."""
    parent = []
    for number, (tree, seconds) in enumerate(zip(trees, times)):
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_GLOBAL": "/dev/null"}
        for role in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{role}_NAME": person[0], f"GIT_{role}_EMAIL": person[1], f"GIT_{role}_DATE": f"{seconds} +0200"}
        done = subprocess.run(["git", "commit-tree", tree, *parent, "-m", f"part {number + 1}"], cwd=folder, env=env, check=True,
                              capture_output=True)
        parent = ["-p", done.stdout.decode().strip()]
    git(folder, "update-ref", "refs/heads/main", parent[1])
    return folder


def tidy(folder):
    """Without what is not in every repository, and small."""
    git(folder, "-c", "gc.reflogExpire=now", "reflog", "expire", "--all", "--expire=now")
    git(folder, "-c", "pack.threads=1", "-c", "pack.writeReverseIndex=false", "repack", "-adfq", "--no-write-bitmap-index")
    git(folder, "prune", "--expire=now")
    tip = git(folder, "rev-parse", "refs/heads/main")
    for name in ("hooks", "info", "branches", "logs", "objects/info", "refs/tags", "refs/original"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("description", "packed-refs", "ORIG_HEAD"):
        (folder / name).unlink(missing_ok=True)
    (folder / "refs/heads").mkdir(parents=True, exist_ok=True)
    (folder / "refs/heads/main").write_bytes(tip)
    (folder / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")


def own(key, start="2024-02-05", num=COMMITS):
    """An ordinary repository of one's own."""
    return written(TARGET / key / "own.git", Project(key).steps(who(key), moments(random.Random("times " + key), start, num)))


def copies():
    source = own("weaver")
    relabelled(source, TARGET / "relabelled/work.git", who("weaver"), who("relabelled"))
    source = own("potter", "2023-03-06")
    moved(source, TARGET / "later/work.git", who("later"), 400)
    source = own("smith", "2024-05-13")
    trees = git(source, "log", "--reverse", "--format=%T", "main").decode().split()
    copy = TARGET / "squashed/work.git"
    shutil.copytree(source, copy)
    committed(copy, who("squashed"), trees[3::4], moments(random.Random("squashed"), "2024-11-04", 9))
    source = own("carver", "2024-03-11")
    shutil.copytree(source, TARGET / "empty-handed/work.git")


def one_hand():
    """Two personas: sessions in turn, and for one pair a script that commits to both repositories at the end of the day."""
    rng = random.Random("one hand")
    times = moments(rng, "2024-02-05", 2 * COMMITS)
    for number, key in enumerate(("dawn", "dusk")):
        mine = [t for n, t in enumerate(times) if n // 3 % 2 == number]
        written(TARGET / key / "own.git", Project(key).steps(who(key), mine))
    ends = [86_400 * day + 79_200 + rng.randrange(5000) for day in range(19_800, 19_836, 3)]
    for key in ("tide", "ebb"):
        mine = moments(random.Random(key), "2024-02-05", COMMITS - len(ends))
        written(TARGET / key / "own.git", Project(key).steps(who(key), sorted(mine + ends)))


def ordinary():
    own("maker", "2023-09-04")
    project = Project("maker")
    steps = project.steps(who("maker"), moments(random.Random("times maker"), "2023-09-04", COMMITS))
    steps += project.steps(who("forker"), moments(random.Random("fork"), "2024-04-01", 9))
    written(TARGET / "forker/fork.git", steps)

    teacher, given = ("Course Office", "course@learning-grove.test"), moments(random.Random("course"), "2024-01-08", 8)
    for number in range(1, 6):
        key, course = f"pupil{number}", Project("course")
        steps = course.steps(teacher, given)
        course.rng = random.Random(key)
        steps += course.steps(who(key), moments(random.Random(key), "2024-02-05", 20))
        written(TARGET / key / "course.git", steps)

    for key in ("template1", "template2"):
        start = Project("template")
        first = moments(random.Random("template " + key), "2024-03-04", 24)
        steps = start.steps(who(key), first[:1])
        start.rng = random.Random(key)
        written(TARGET / key / "site.git", steps + start.steps(who(key), first[1:]))

    project, crowd = Project("crowd"), [(f"Member {n}", f"member{n}@open-project.test") for n in range(4)]
    line, rng = moments(random.Random("crowd"), "2023-06-05", 90), random.Random("who")
    authors = [rng.choice(crowd * 3 + [who("patcher1")] * 2 + [who("patcher2")] * 2) for _ in line]
    steps = [project.step(person, seconds) for person, seconds in zip(authors, line)]
    for key, num in (("patcher1", 90), ("patcher2", 84)):
        written(TARGET / key / "project.git", steps[:num])

    old = ("Isidor Wakelin", "isidor@isidors-laptop.local")
    source = written(TARGET / "mover/old.git", Project("mover").steps(old, moments(random.Random("mover"), "2023-10-02", COMMITS)))
    relabelled(source, TARGET / "mover/new.git", old, who("mover"))

    project, rng = Project("team"), random.Random("team")
    line = moments(rng, "2024-01-15", COMMITS)
    steps = [project.step(who(rng.choice(["colleague1", "colleague2"])), seconds) for seconds in line]
    for key in ("colleague1", "colleague2"):
        written(TARGET / key / "team.git", steps)


def main():
    keep = TARGET / "case.toml"
    text = keep.read_text(encoding="utf-8") if keep.exists() else None
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    if text is not None:
        keep.write_text(text, encoding="utf-8")
    copies()
    one_hand()
    ordinary()
    with open(TARGET / "manifest.csv", "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["id", "name", "email", "repos"])
        for key, name in NAMES.items():
            repositories = sorted(p.relative_to(TARGET).as_posix() for p in (TARGET / key).glob("*.git"))
            rows.writerow([key, name, who(key)[1], ";".join(repositories)])
    for folder in sorted(TARGET.glob("*/*.git")):
        tidy(folder)


if __name__ == "__main__":
    main()
