"""Makes `corpora/style` anew: two names behind which one invented hand writes, and colleagues under one style guide.

    python3 corpora/programs/make_style.py

Needs git only; comes out byte for byte the same with the same git (2.47). Everybody and all code is invented: what a
function does is drawn anew for each applicant, how it is written is the habit of the hand. Each pair also claims one phone
number, since habits are compared only where something else ties two applicants. What is planted and what must not be
found is listed in `corpora/style/case.toml`.
"""

import csv
import random
import shutil
from pathlib import Path

import make_code

TARGET = Path(__file__).resolve().parent.parent / "style"
#: Turns of any Python, so that the code has the variety of code.
EVERYDAY = [line.replace("\\n", "\n").replace("\\t", "\t") for line in (Path(__file__).parent / "style_turns.txt").read_text().splitlines()]
NOUNS = "tide berth ledger parcel meter signal kiln orchard ferry lantern gauge rota silo quarry beacon".split()
VERBS = "load merge rank sift pack trim fold settle count plot route weigh mend draft".split()


#: How expressions are put: on attributes and methods, or on plain values, calls and items.
METHODS = ["{p} {o} {p}", "self.{v}_{w}({p})", "{x}[{p}]", "({p} - {p})", "self.{w}.{v}({p}, {p})", "self.{w}"]
VALUES = ["{v}({x}, {p})", "{x}[{p}:{p}]", "{p} or {p}", "[{p}, {p}]", "len({x})", "{x}.get({p}, {p})", "min({p}, {p})", "{x} // {p}", "f\"{{w}}: {{x}}\"", "not {p}"]


class Hand:
    """Habits: how one person writes each turn. `{e}` is an expression, `{n}` a name; `part` says which everyday turns come."""

    def __init__(self, head, turns, tail, names, part, forms):
        self.head, self.turns, self.tail, self.names, self.forms = head, turns, tail, names, forms
        self.everyday, self.indent = EVERYDAY[part], "    "

    def expression(self, rng, depth):
        if depth == 0 or rng.random() < 0.15:
            return rng.choice([*self.names, *self.names, str(rng.randrange(99))])
        form = rng.choice(self.forms)
        while "{p}" in form:
            form = form.replace("{p}", self.expression(rng, depth - 1), 1)
        for hole, words in (("{v}", VERBS), ("{w}", NOUNS), ("{x}", self.names), ("{o}", "+-*%")):
            while hole in form:
                form = form.replace(hole, rng.choice(words), 1)
        return form

    def fill(self, rng, turn):
        while "{e}" in turn:
            turn = turn.replace("{e}", self.expression(rng, rng.randrange(2, 5)), 1)
        while "{n}" in turn:
            turn = turn.replace("{n}", rng.choice(self.names), 1)
        return "\n".join(self.indent * (line.count("\t") + 1) + line.lstrip("\t") for line in turn.split("\n"))

    def function(self, rng):
        head = self.head.replace("{f}", f"{rng.choice(VERBS)}_{rng.choice(NOUNS)}")
        everyday = lambda: rng.choice(self.everyday) + "\n{n} = {e}"  # noqa: E731
        turns = [self.fill(rng, everyday() if rng.random() < 0.35 else rng.choice(self.turns)) for _ in range(rng.randrange(5, 10))]
        return "\n".join([head, *turns, self.fill(rng, self.tail)])

    def files(self, seed, files=8):
        rng = random.Random(seed)
        return {f"src/{rng.choice(VERBS)}_{n}.py": "\n\n".join(self.function(rng) for _ in range(14)) + "\n" for n in range(files)}


TERSE = Hand(
    "def {f}(self, idx, buf = None):",
    ["if not {e}: return None", "res = [x for x in {e} if x is not None]", "for idx in range(len({n})):\n\tif {e} is None: continue\n\tres += {e}",
     "assert {e} is not None", "try: buf = {e}\nexcept KeyError: pass", "res, tmp = {e}, {e}", "buf = buf or {e}", "while 1:\n\ttmp = {e}\n\tif not tmp: break",
     "ret = lambda x: {e}", "del {n}[:]"],
    "return res or None", ["idx", "buf", "res", "tmp", "x"], slice(0, 40), METHODS)
PLAIN = Hand(
    "def {f}(self, value, count=0):",
    ["if {e} == {e}:\n\traise ValueError(\"{n}\")", "result.append({e})", "for i, item in enumerate({e}):\n\tresult[i] = {e}", "value = {e}",
     "if {e} > {e}:\n\tcount += 1\nelse:\n\tcount = {e}", "with self.lock:\n\tself.total = {e}", "print(\"%s\" % ({e},))"],
    "return result", ["value", "count", "result", "item", "key"], slice(20, None), VALUES)
GUIDE = "def {f}(self, data: bytes, limit: int = 0) -> int:"
FIRST = Hand(
    GUIDE,
    ["if isinstance({e}, str):\n\treturn {e}", "data = {e}\nlogger.debug(\"%s\", data)", "for key, value in sorted(data.items()):\n\tself.cache[key] = {e}",
     "self.state = {e}", "if key in self.cache:\n\tlimit = {e}", "total = sum({e} for entry in data)", "try:\n\tlimit = {e}\nexcept ValueError as error:\n\traise TypeError(\"no\") from error"],
    "return total", ["data", "limit", "key", "total", "entry"], slice(0, 30), METHODS)
SECOND = Hand(
    GUIDE,
    ["while limit < {e}:\n\tlimit += {e}", "left, right = {e}, {e}", "if {e} and not {e}:\n\tself.done = True", "result = {e} if {e} else {e}", "self.rows.append(({e}, {e}))",
     "for i in range({e}):\n\tif i % 2 == 0:\n\t\tcontinue\n\tresult = {e}", "if {e} >= {e} or {e} != {e}:\n\treturn {e}", "yield {e}"],
    "return result", ["data", "limit", "left", "right", "result"], slice(30, None), VALUES)

PEOPLE = {
    # 1. one hand, two names
    "hand-a": ("Asta Brim", TERSE, "+44 20 7946 0801"),
    "hand-b": ("Cato Delve", TERSE, "+44 20 7946 0801"),
    # 2. colleagues: one formatter, one guide, one office phone, two hands
    "guide-a": ("Edda Fenrow", FIRST, "+44 20 7946 0802"),
    "guide-b": ("Gil Harrowby", SECOND, "+44 20 7946 0802"),
    # 3. one hand as above, but nothing else ties the two: never compared
    "lone-a": ("Ilse Jorvik", PLAIN, ""),
    "lone-b": ("Kai Lunde", PLAIN, ""),
    # 4. too little of it
    "short-a": ("Mira Nettle", TERSE, ""),
}


def main():
    shutil.rmtree(TARGET / "repos", ignore_errors=True)
    rows = []
    for number, (who, (full, hand, phone)) in enumerate(PEOPLE.items()):
        mail = f"{who}@{who}-mail.test"
        files = hand.files(number + 1, 2 if who.startswith("short") else 8)
        names = sorted(files)
        history = [((full, mail), 1_500_000_000 + number * 7_000_003 + n * 86_400, {f: files[f] for f in names[: 2 * n + 2]}) for n in range(len(names) // 2)]
        make_code.write(TARGET / "repos" / f"{who}.git", history)
        rows.append({"id": who, "name": full, "email": mail, "phone": phone, "repos": f"repos/{who}.git"})
    with open(TARGET / "manifest.csv", "w", newline="") as out:
        table = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    main()
