"""Writes bare repositories with invented histories through `git fast-import`: the same bytes each time.

A project's sources lie in `repos/<name>.src`, cut by lines `==== path`. A history reveals them block by block; a commit
for which no block is left writes its message into CHANGES.md, so that every commit changes something.
"""

import os
import random
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
GITHUB = ("GitHub", "noreply@github.com")


@dataclass
class Person:
    name: str
    email: str


@dataclass
class Commit:
    """One commit: who, when (with the offset of the clock at hand), what it says and what it writes."""

    author: Person
    when: datetime
    message: str
    files: dict
    committer: Person | None = None


@dataclass
class Plan:
    """How a history comes about."""

    source: str
    owner: Person
    #: (first day, zone or fixed offset in minutes), in order of days.
    clocks: list
    start: str
    days: int
    commits: int
    seed: int
    topics: list
    verbs: list
    style: str = "{verb} {topic}"
    #: Called with (number, commit); may change it.
    edits: list = field(default_factory=list)


def sources(name):
    files, path = {}, None
    for line in (HERE / "repos" / f"{name}.src").read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("==== "):
            path = line[5:].strip()
            files[path] = ""
        else:
            files[path] += line
    return files


def pieces(files, first=("README.md", "go.mod", "Cargo.toml", "package.json", "tsconfig.json", ".gitignore", "LICENSE")):
    """Steps of growth: the scaffold at once, then each file block by block."""
    steps = [{path: body for path, body in files.items() if path in first}]
    for path, body in files.items():
        if path in first:
            continue
        grown = ""
        for block in body.split("\n\n"):
            grown += ("\n\n" if grown else "") + block
            steps.append({path: grown if grown == body else grown.rstrip("\n") + "\n"})
        steps[-1] = {path: body}
    return steps


def zone_at(clocks, day):
    zone = clocks[0][1]
    for since, later in clocks:
        if day >= datetime.fromisoformat(since).date():
            zone = later
    return ZoneInfo(zone) if isinstance(zone, str) else timezone(timedelta(minutes=zone))


def moments(plan, rng):
    """Times of day as people keep them: mostly from nine to half past eleven at night, few at weekends."""
    first = datetime.fromisoformat(plan.start).date()
    days = [first + timedelta(days=n) for n in range(plan.days)]
    weights = [1.0 if day.weekday() < 5 else 0.25 for day in days]
    found = set()
    while len(found) < plan.commits:
        day = rng.choices(days, weights)[0]
        hour = min(max(rng.gauss(14.6, 3.1), 7.6), 23.4)
        local = datetime.combine(day, time(int(hour), int(hour % 1 * 60), rng.randrange(60)), zone_at(plan.clocks, day))
        found.add(local)
    return sorted(found)


def grow(plan):
    """The commits of a plan."""
    rng = random.Random(plan.seed)
    steps = pieces(sources(plan.source))
    says = [(verb, topic) for verb in plan.verbs for topic in plan.topics]
    rng.shuffle(says)
    made, shown, changes, written = [], 0, "# Changes\n", {}
    for number, when in enumerate(moments(plan, rng)):
        verb, topic = says[number % len(says)]
        message = plan.style.format(verb=verb, topic=topic, Verb=verb.capitalize())
        until = max(1, (number + 1) * len(steps) // plan.commits)
        files = {}
        for step in steps[shown:until]:
            files |= step
        shown = max(shown, until)
        if not files:
            changes += f"- {message}\n"
            files = {"CHANGES.md": changes}
        written |= files
        commit = Commit(plan.owner, when, message, files)
        for edit in plan.edits:
            edit(number, commit)
        made.append(commit)
    return made


def stamp(when):
    minutes = int(when.utcoffset().total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{int(when.timestamp())} {sign}{minutes // 60:02d}{minutes % 60:02d}"


def stream(commits):
    out = []
    for number, commit in enumerate(commits):
        committer = commit.committer or commit.author
        message = commit.message.encode()
        out.append(b"commit refs/heads/main\nmark :%d\n" % (number + 1))
        for role, person in (("author", commit.author), ("committer", committer)):
            out.append(f"{role} {person.name} <{person.email}> {stamp(commit.when)}\n".encode())
        out.append(b"data %d\n%s\n" % (len(message), message))
        if number:
            out.append(b"from :%d\n" % number)
        for path in sorted(commit.files):
            body = commit.files[path].encode()
            out.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(body), body))
    return b"".join(out)


def git(folder, *arguments, feed=None):
    env = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": str(folder)}
    return subprocess.run(["git", *arguments], cwd=folder, env=env, input=feed, check=True, capture_output=True).stdout


def write(commits, target):
    """A bare repository without hooks, logs or configuration, small enough to be committed inside another one."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    git(target, "init", "--bare", "--quiet", "-b", "main", "--template=", ".")
    git(target, "fast-import", "--quiet", feed=stream(commits))
    git(target, "-c", "pack.threads=1", "-c", "pack.writeReverseIndex=false", "repack", "-adfq", "--no-write-bitmap-index")
    tip = git(target, "rev-parse", "refs/heads/main")
    for name in ("hooks", "info", "branches", "logs", "objects/info", "refs/tags"):
        shutil.rmtree(target / name, ignore_errors=True)
    for name in ("description", "packed-refs"):
        (target / name).unlink(missing_ok=True)
    (target / "refs/heads").mkdir(parents=True, exist_ok=True)
    (target / "refs/heads/main").write_bytes(tip)
    (target / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
