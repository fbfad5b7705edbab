"""Makes `corpora/code` and `corpora/code-tiny` anew: applicants with one repository each; some hold another's code, others
only look like it.

    python3 corpora/programs/make_code.py

Needs git (`git fast-import`), and npm for one project generator; comes out byte for byte the same with the same git (2.47).
Everybody and all code is invented, but for what that generator hands out under its licence, which is kept beside it: functions are drawn from a small grammar, so that two seeds never give the same code. What is planted and what
must not be found is listed in `corpora/code/case.toml`.
"""

import csv
import random
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "code"
TINY = TARGET.parent / "code-tiny"
NOUNS = "tide berth ledger parcel meter signal kiln orchard ferry lantern gauge rota silo quarry beacon".split()
VERBS = "load merge rank sift pack trim fold settle count plot route weigh mend draft".split()


def name(rng):
    return rng.choice(VERBS) + rng.choice(NOUNS).capitalize()


def expression(rng, depth, names):
    """A JavaScript expression over some names."""
    form = rng.randrange(3 if depth == 0 else 14)
    part = lambda: expression(rng, depth - 1, names)  # noqa: E731
    return [
        lambda: rng.choice(names), lambda: str(rng.randrange(100)), lambda: f"'{rng.choice(NOUNS)}'",
        lambda: f"{part()} + {part()}", lambda: f"({part()} - {part()})", lambda: f"{part()} * {part()}",
        lambda: f"{name(rng)}({part()})", lambda: f"{name(rng)}({part()}, {part()})",
        lambda: f"{rng.choice(names)}[{part()}]", lambda: f"({part()} ? {part()} : {part()})",
        lambda: f"({part()} === {part()})", lambda: f"!{part()}", lambda: f"[{part()}, {part()}]",
        lambda: f"{rng.choice(names)}.{rng.choice(NOUNS)}",
    ][form]()


def function(rng):
    """A JavaScript function of a dozen lines."""
    names = rng.sample(NOUNS, 3)
    lines = [f"function {name(rng)}({', '.join(names)}) {{"]
    for _ in range(rng.randrange(6, 11)):
        made = expression(rng, 3, names)
        lines += rng.choice([
            [f"  if ({made}) {{", f"    return {expression(rng, 2, names)};", "  }"],
            [f"  for (const item of {names[0]}) {{", f"    item.push({made});", "  }"],
            [f"  const {name(rng)} = {made};"],
            [f"  while ({made}) {{", f"    {names[1]} -= {rng.randrange(9)};", "  }"],
            [f"  {names[2]}.{rng.choice(NOUNS)} = {made};"],
        ])
    return "\n".join([*lines, f"  return {expression(rng, 1, names)};", "}"])


def module(seed, functions=8):
    """A file of invented functions."""
    rng = random.Random(seed)
    return [function(rng) for _ in range(functions)]


def text(functions, head="'use strict';"):
    return head + "\n\n" + "\n\n".join(functions) + "\n"


def renamed(functions):
    """The same code with every name changed, comments added and another layout."""
    words = lambda code: re.sub(r"\b(" + "|".join(NOUNS) + r")\b", lambda m: m[0][::-1] + "X", code)  # noqa: E731
    calls = lambda code: re.sub(r"\b(" + "|".join(VERBS) + r")([A-Z])", r"do\2", code)  # noqa: E731
    return ["// " + rng_comment(f) + "\n" + calls(words(f)).replace("  ", "\t").replace(" {\n", "\n{\n") for f in functions]


def rng_comment(function_text):
    return f"handles {len(function_text)} kinds of rows"


def modules(seed, files, prefix="src/"):
    return {f"{prefix}{name(random.Random(seed * 100 + n))}{n}.js": text(module(seed * 100 + n)) for n in range(files)}


def readme(seed, title, who, handle, more=""):
    """An invented README of some 180 words; two of one seed differ in title, author and link only."""
    rng = random.Random(seed)
    word = lambda: rng.choice(NOUNS)  # noqa: E731
    lines = [f"The {word()} {rng.choice(VERBS)}s every {word()} of the {word()} before the {word()} is {rng.choice(VERBS)}ed"
             f" on the {word()}." for _ in range(12)]
    return f"# {title}\n\n{more}" + "\n".join(lines) + f"\n\n## Author\n\n{who} - https://github.com/{handle}\n"


#: Algorithms as textbooks print them.
TEXTBOOK = """function quickSort(items) {
  if (items.length < 2) {
    return items;
  }
  const pivot = items[0];
  const left = [];
  const right = [];
  for (let i = 1; i < items.length; i++) {
    if (items[i] < pivot) {
      left.push(items[i]);
    } else {
      right.push(items[i]);
    }
  }
  return [...quickSort(left), pivot, ...quickSort(right)];
}

function binarySearch(items, wanted) {
  let low = 0;
  let high = items.length - 1;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    if (items[middle] === wanted) {
      return middle;
    }
    if (items[middle] < wanted) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return -1;
}

function gcd(a, b) {
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}
"""


def scaffold():
    """What `npm create vite@4.4.1 -- --template react-ts` writes, but for pictures, with the generator's licence."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", "create-vite@4.4.1"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            files = {m.name: archive.extractfile(m).read() for m in archive if m.isfile()}
    top = "package/template-react-ts/"
    out = {path.removeprefix(top).replace("_gitignore", ".gitignore"): data.decode() for path, data in files.items()
           if path.startswith(top) and not path.endswith(".svg")}
    return {**out, "LICENSE.vite": files["package/LICENSE"].decode()}


def commits(who, steps):
    """(author, seconds, files) in a row at odd times; `steps` are complete states of the work tree."""
    rng = random.Random(who[1])
    start = 1_690_000_000 + rng.randrange(30_000_000)
    return [(who, start + 86_400 * n + rng.randrange(20_000), files) for n, files in enumerate(steps)]


def write(path, history):
    """A bare repository with these commits."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    run = lambda *args, data=None: subprocess.run(["git", "-C", str(path), *args], input=data, check=True, capture_output=True)  # noqa: E731
    run("init", "-q", "--bare", "-b", "main", "--object-format=sha1", "--template=", ".")
    stream = []
    for (author, mail), seconds, files in history:
        message = b"Work"
        stream.append(f"commit refs/heads/main\ncommitter {author} <{mail}> {seconds} +0100\ndata {len(message)}\n".encode() + message + b"\ndeleteall\n")
        for file, content in sorted(files.items()):
            data = content.encode()
            stream.append(f"M 100644 inline {file}\ndata {len(data)}\n".encode() + data + b"\n")
    run("fast-import", "--quiet", "--date-format=raw-permissive", data=b"".join(stream))
    run("repack", "-adq")
    shutil.rmtree(path / "hooks", ignore_errors=True)
    for left in ["description", "info", "logs", "objects/info"]:
        shutil.rmtree(path / left, ignore_errors=True)
        (path / left).unlink(missing_ok=True) if (path / left).is_file() else None
    for extra in list(path.glob("objects/pack/*.rev")) + list(path.glob("objects/pack/*.bitmap")):
        extra.unlink()
    (path / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
    (path / "refs/heads").mkdir(parents=True, exist_ok=True)
    (path / "refs/heads/.keep").write_text("") if not any((path / "refs/heads").iterdir()) else None


def people():
    """id -> (name, address, steps of the work tree)."""
    own = lambda seed, files=5: modules(seed, files)  # noqa: E731
    original, second, third = own(1, 6), own(2, 6), own(3, 6)
    moved = [f for n in range(6) for f in module(100 + n)]
    shuffled = renamed(moved)
    random.Random(5).shuffle(shuffled)
    copy = {f"lib/part{n}.js": text(shuffled[n::4], "/* helpers */") for n in range(4)}
    library = {f"vendor/gridkit/{n}.js": text(module(7000 + n)) for n in range(4)}
    starter = {f"starter/{n}.js": text(module(8000 + n)) for n in range(3)}
    data = {"data/stations.json": "[" + ",".join(f'{{"id":{n},"name":"{NOUNS[n % 15]} {n}"}}' for n in range(900)) + "]\n"}
    tutorial = {"tutorial/todo.js": text(module(9000, 3))}
    out = {
        "original": [{}, original],
        # 1. taken over: renamed, reformatted, functions in another order and files
        "renamed": [{}, copy],
        "second": [{}, second],
        # 2. a declared fork: the same commits, then own work
        "upstream": [third, {**third, **own(31, 1)}],
        "forker": None,
        # 3. innocent twins
        "vendor-a": [{**own(41), **library}], "vendor-b": [{**own(42), **library}],
        "data-a": [{**own(43), **data}], "data-b": [{**own(44), **data}],
        "tutorial-a": [{**own(45), **tutorial}], "tutorial-b": [{**own(46), **tutorial}],
        "textbook-a": [{**own(47), "src/sorting.js": TEXTBOOK}],
        "textbook-b": [{**own(48), "src/algorithms.js": TEXTBOOK.replace("items", "list").replace("middle", "mid")}],
    }
    # 4. a copy that was edited until little of it is left: its first version tells
    source = own(170, 4)
    brought = {f"core/{n}.js": text(renamed(module(17000 + n))) for n in range(4)}
    out["source"] = [{}, source]
    out["edited"] = [brought, {f"core/{n}.js": text(module(17600 + n)) for n in range(4)}]
    # 5. one project under two names, README and all; and an exercise whose README has a place for a name
    project = own(180, 4)
    out["swap-a"] = [{**project, "README.md": readme(1, "Tide berths", "Asa Birk", "asa-birk-dev")}]
    out["swap-b"] = [{**project, "README.md": readme(1, "Tide berths", "Ned Colm", "ned-colm-dev")}]
    task = "Assignment 3 of the course. Hand in your own work.\n\n"
    out["task-a"] = [{**own(181, 4), "README.md": readme(2, "Grain ledger", "Ola Dunn", "ola-dunn-dev", task)}]
    out["task-b"] = [{**own(182, 4), "README.md": readme(2, "Grain ledger", "Pim Eddy", "pim-eddy-dev", task)}]
    # 6. a teacher's repository handed in with its history, and somebody who began with its files
    lessons = own(190, 4)
    out["handed-in"] = None
    out["pupil"] = [lessons, {**lessons, **own(191, 2)}]
    # 7. a fork whose history was rewritten to take a file out: every id is new, authors and times are not
    base = own(195, 4)
    out["founder"] = [base, {**base, "config/keys.json": "[]\n" * 80}, {**base, "config/keys.json": "[]\n" * 80, **own(196, 1)}]
    out["rewriter"] = None
    for n in range(6):
        out[f"course-{n}"] = [starter, {**own(60 + n, 4), **starter}]
    # 8. two who began with the same generator
    begun = scaffold()
    for n, who in enumerate(["begun-a", "begun-b"]):
        out[who] = [begun, {**begun, **own(198 + n, 4)}]
    return out


GIVEN = ("Asta Brim,Cato Delve,Edda Fenrow,Gil Harrowby,Ilse Jorvik,Kai Lunde,Mira Nettle,Odo Pell,Rika Sorrel,Tove Umber,Vito Wren,"
         "Yara Zell,Bela Corran,Dita Elmore,Finn Gage,Hedy Ivers,Jory Kell,Lena Marr,Nils Oake,Petra Quill,Runa Stow,Sten Tarn,Ulla "
         "Vane,Wim Yarrow,Zora Abel,Arlo Bexley,Cleo Dorn,Ezra Falk,Greta Holm,Ivo Jast,Juno Kerr").split(",")


def history_of(who, full, everybody, names):
    """The commits of one applicant's repository."""
    mail = f"{who}@{who}-mail.test"
    if who == "forker":
        others = everybody["upstream"]
        base = commits((names["upstream"], "upstream@upstream-mail.test"), others)
        return base + commits((full, mail), [{**others[-1], **modules(33, 1)}])
    if who == "handed-in":
        lessons = everybody["pupil"][0]
        some = dict(sorted(lessons.items())[:2])
        return commits(("Thora Quist", "thora@school-mail.test"), [some, lessons])
    if who == "rewriter":
        # What `git filter-repo --path config/keys.json --invert-paths` leaves, then a commit of one's own.
        without = [{k: v for k, v in step.items() if k != "config/keys.json"} for step in everybody["founder"]]
        base = commits((names["founder"], "founder@founder-mail.test"), without)
        return base + commits((full, mail), [{**without[-1], **modules(197, 1)}])
    return commits((full, mail), [step for step in everybody[who] if step])


def pool(target, everybody, given):
    """Writes repositories and manifest."""
    names = dict(zip(everybody, given))
    for who, full in names.items():
        write(target / who / "work.git", history_of(who, full, everybody, names))
    with open(target / "manifest.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "name", "email", "repos"])
        table.writerows([who, full, f"{who}@{who}-mail.test", f"{who}/work.git"] for who, full in names.items())


def main():
    for target in (TARGET, TINY):
        for folder in target.glob("*/work.git"):
            shutil.rmtree(folder.parent)
    pool(TARGET, people(), GIVEN)
    # Two of three followed one tutorial, and it is the whole of their repositories.
    tutorial = {"app.js": text(module(19900, 8))}
    typed = {"index.js": text(module(19900, 8)).replace("tide", "task")}
    pool(TINY, {"follower-a": [tutorial], "follower-b": [typed], "own": [modules(198, 4)]}, GIVEN[20:])


if __name__ == "__main__":
    main()
