#!/usr/bin/env python3
"""Makes `corpora/identities` anew: applicants whose identities meet, each beside people whose only seem to.

    python3 corpora/programs/make_identities.py

Needs git with SSH signing (2.34 and OpenSSH) and the PyPI package `cryptography`. Everybody and everything in it is
invented; account numbers lie beyond those given out, and the keys open nothing: they are made from fixed seeds here. Comes
out byte for byte the same with the same git (2.47). What is found about whom, and why, is listed in
`corpora/identities/case.toml`.
"""

import csv
import hashlib
import os
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

TARGET = Path(__file__).resolve().parent.parent / "identities"
START = 1_740_000_000

NAMES = """Aurelia Stanbrook|Corin Fairweather|Delia Harcastle|Emrys Thornbury|Flavia Ironside|Garrick Mellowes|Honora Pettigrew|
    Ivo Sandringham|Junia Blackthorne|Kester Holloway|Lavender Crowhurst|Merrick Oldfield|Nerissa Wakeham|Orlando Brightwater|
    Pomona Kettleby|Quillon Ravenscar|Romilly Stoneacre|Silvan Merriweather|Thora Bellchambers|Ulric Fenwick|Verena Oakham|
    Warwick Summerhay|Xanthe Millbrook|York Ashenden|Zelda Farthing|Anselm Rookwood|Blythe Harrowgate|Caius Winterbourne|
    Dorcas Lightfoot|Eustace Farthing|Faustina Greyling|Gawain Applegarth|Gawain Applegarth|Hilary Saltmarsh|Isolde Penwarden|
    Jago Trevanion|Keziah Broadbent|Lucan Hazelrigg""".replace("\n", "").split("|")
NAMES = [n.strip() for n in NAMES]
VERBS = "Mended Counted Painted Planned Carried Charted Drew Filed Hosted Judged Kept Learned Moved Named Opened Ran Sold Timed Weighed Wrote".split()
THINGS = """anvils awnings balconies baskets beehives benches buckets bugles cabinets carts casks chimneys cisterns coils combs crates
    drains easels fences fiddles flasks fountains funnels gables gauges girders gongs gutters hammers harps hatches hoists jars
    jetties kegs kettles keys ledges lenses levers lutes mallets mangles nails niches ovens parasols pegs pipes planks ploughs
    pulleys quills rafters railings reels rivets saddles saws scales screens scythes shafts shelves shutters sieves spades
    spindles spools springs stools straps thimbles threads tongs trays trellises troughs trunks turrets urns valves vanes vats
    vices wedges wheels whistles wicks""".split()


class Person:
    """Somebody with a résumé; `i07` is the seventh name."""

    def __init__(self, number):
        self.number, self.id = number, f"i{number:02}"
        self.name = NAMES[number - 1]
        slug = self.name.lower().replace(" ", ".")
        self.mail = f"{slug}@{'harbourpost' if number % 2 else 'lanternmail'}.test"
        if number == 33:  # the namesake
            self.mail = "g.applegarth@meadowmail.test"
        self.login = slug.replace(".", "-") + f"-{number:02}"
        self.phone = f"+44 20 7946 0{100 + number}"
        self.extra, self.columns = [], {}

    def resume(self):
        chance = random.Random(self.number * 104_729)
        things, verbs = chance.sample(THINGS, 24), chance.sample(VERBS, 8)
        lines = [f"{v} {things[3 * i]}, {things[3 * i + 1]} and {things[3 * i + 2]} {chance.randint(11, 99)}" for i, v in enumerate(verbs)]
        return "\n".join([self.name, self.mail, self.phone, "", "Experience", *lines, *self.extra]) + "\n"


P = {n: Person(n) for n in range(1, len(NAMES) + 1)}
REPOS = {n: [] for n in P}


def private_key(seed):
    return ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"samehand corpora {seed}".encode()).digest())


def openssh(key):
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption())


def public_line(key, comment):
    return key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode() + f" {comment}\n"


def pem(key):
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


def git(folder, *words, env=(), feed=None):
    """Git without anybody's settings."""
    plain = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", **dict(env)}
    return subprocess.run(["git", *words], cwd=folder, env=plain, input=feed, check=True, capture_output=True).stdout


class Repo:
    """A repository in the making: commits by people, then a bare copy."""

    def __init__(self, owner, name, source=None):
        self.owner, self.name = owner, name
        self.folder = Path(tempfile.mkdtemp())
        if source is None:
            git(self.folder, "init", "--quiet", "-b", "main")
        else:
            git(self.folder, "clone", "--quiet", str(source.folder), ".")
        self.number = int(git(self.folder, "rev-list", "--count", "HEAD")) if source else 0
        self.start = START + owner * 1_000_003 % 9_000_000
        REPOS[owner].append(self)

    def commit(self, who, files=None, key=None, trailer=None, message=None):
        """One commit by (name, address); without files a line of notes."""
        files = files or {"notes.txt": f"{P[self.owner].id} {self.name} step {self.number}\n"}
        for path, text in files.items():
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        git(self.folder, "add", "-A")
        self.start += 20_000 + (self.number * 7_919 + self.owner * 331) % 60_000
        when = f"{self.start} +0000"
        name, mail = who
        env = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", name), ("EMAIL", mail), ("DATE", when))}
        words = ["-c", "gpg.format=ssh"]
        if key is not None:
            path = self.folder.parent / f"{self.folder.name}.key"
            path.write_bytes(openssh(key))
            path.chmod(0o600)
            words += ["-c", f"user.signingKey={path}"]
        body = message or f"step {self.number} of {self.name}"
        if trailer:
            body += f"\n\nCo-authored-by: {trailer[0]} <{trailer[1]}>"
        git(self.folder, *words, "commit", "--quiet", *(["-S"] if key is not None else []), "-F", "-", env=env, feed=body.encode())
        if key is not None:
            path.unlink()
        self.number += 1

    def commits(self, who, count, **more):
        for _ in range(count):
            self.commit(who, **more)
        return self

    def bare(self):
        target = TARGET / P[self.owner].id / f"{self.name}.git"
        target.mkdir(parents=True)
        git(target, "init", "--bare", "--quiet", "-b", "main", "--template=", ".")
        git(self.folder, "push", "--quiet", str(target), "main")
        git(target, "-c", "pack.threads=1", "-c", "pack.writeReverseIndex=false", "repack", "-adfq", "--no-write-bitmap-index")
        tip = git(target, "rev-parse", "refs/heads/main")
        for name in ("hooks", "info", "branches", "logs", "objects/info", "refs/tags"):
            shutil.rmtree(target / name, ignore_errors=True)
        for name in ("description", "packed-refs"):
            (target / name).unlink(missing_ok=True)
        (target / "refs/heads").mkdir(parents=True, exist_ok=True)
        (target / "refs/heads/main").write_bytes(tip)
        (target / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
        shutil.rmtree(self.folder)


def who(n):
    return P[n].name, P[n].mail


def no_reply(n, number, login=None):
    return P[n].name, f"{number}+{login or P[n].login}@users.noreply.github.com"


def code(n, word, head=""):
    """A small file of source that nobody else has."""
    chance = random.Random(n * 7 + len(word))
    words = chance.sample(THINGS, 8)
    return head + "".join(f"def {word}_{w}(value):\n    return value * {chance.randint(3, 999)} + {i}\n\n" for i, w in enumerate(words))


def accounts():
    """One account number under two names; a renamed account of one's own."""
    for n in (1, 2):
        P[n].columns["github"] = P[n].login
        Repo(n, "shed").commits(who(n), 4).commits(no_reply(n, 990_000_001), 3)
    repo = Repo(3, "loft")
    repo.commits(no_reply(3, 990_000_003, "aurelius-old"), 4).commits(no_reply(3, 990_000_003), 4)
    P[3].columns["github"] = P[3].login


def keys():
    """One signing key under two names; a co-author who signs their own commits."""
    shared = private_key("shared")
    for n in (4, 5):
        Repo(n, "mill").commits(who(n), 6, key=shared)
    mine, other = private_key(6), private_key(7)
    Repo(6, "barn").commits(who(6), 6, key=mine)
    joint = Repo(7, "barge").commits(who(7), 8, key=other)
    joint.commits(who(6), 3, key=mine)
    joint.commit(who(7), key=other, trailer=who(6))
    # An agency's key lets its people in: the same public line in files that differ otherwise.
    agency = public_line(private_key("agency"), "deploy")
    for n in (36, 37):
        Repo(n, "gate").commits(who(n), 4).commit(who(n), {"deploy/authorized_keys": agency + f"# {P[n].id}\n"})


def names():
    """Another's name where a page says whose it is, and contacts in files; named on purpose, vendored, copied."""
    P[8].extra = ["", "About", f"{P[9].name} is a carpenter of twenty years who also paints."]
    P[10].extra = ["", f"Worked with {P[11].name} on the harbour.", "", "References", f"{P[11].name}, {P[11].mail}, {P[11].phone}"]
    Repo(12, "kiln").commits(who(12), 5).commit(who(12), {"README.md": f"# kiln\n\nQuestions to {P[13].mail}.\n", "kiln.py": code(12, "kiln", f"# Author: {P[13].name}\n")})
    Repo(13, "dock").commits(who(13), 5)
    library = code(15, "pulley", f"# Author: {P[15].name} <{P[15].mail}>\n")
    Repo(15, "pulley").commits(who(15), 4).commit(who(15), {"pulley.py": library})
    Repo(14, "crane").commits(who(14), 5).commit(who(14), {"vendor/pulley/pulley.py": library, "crane.py": code(14, "crane")})


def licences():
    """A licence in another's name; a declared fork that keeps its licence."""
    text = "MIT License\n\nCopyright (c) 2024 {}\n\nPermission is hereby granted, free of charge, to any person ({}).\n"
    Repo(16, "slate").commits(who(16), 5).commit(who(16), {"LICENSE": text.format(P[17].name, "slate"), "slate.py": code(16, "slate")})
    Repo(17, "tile").commits(who(17), 5).commit(who(17), {"LICENSE": text.format(P[17].name, "tile"), "tile.py": code(17, "tile")})
    root = Repo(19, "loom").commits(who(19), 5)
    root.commit(who(19), {"LICENSE": text.format(P[19].name, "loom"), "loom.py": code(19, "loom")})
    Repo(18, "loom-fork", root).commits(who(18), 7)


def machines():
    """A shared office machine; a name that many machines have."""
    for n in (20, 21):
        login = P[n].name.split()[0].lower()
        Repo(n, "quay").commits(who(n), 5).commits((P[n].name, f"{login}@DESKTOP-4F7K2QX"), 3)
    for n in (34, 35):
        Repo(n, "ramp").commits(who(n), 5).commits((P[n].name, f"{P[n].name.split()[0].lower()}@MacBook-Pro.local"), 3)


def secrets():
    """One private key in files that differ; a file that both took over."""
    secret = pem(private_key("secret"))
    for n in (22, 23):
        Repo(n, "vault").commits(who(n), 5).commit(who(n), {"server/key.pem": f"# key of {P[n].id}\n{secret}"})
    copied = pem(private_key("tutorial"))
    for n in (36, 37):
        REPOS[n][0].commit(who(n), {"server/key.pem": copied})


def services():
    """One analytics account; a stand-in that a manual leaves in."""
    page = '<html><script async src="https://www.googletagmanager.com/gtag/js?id={}"></script>\n<p>{}</p></html>\n'
    for n in (28, 29):
        Repo(n, "site").commits(who(n), 5).commit(who(n), {"public/home.html": page.format("G-7QX2M4ZK9P", P[n].id)})
    for n in (34, 35):
        REPOS[n][0].commit(who(n), {"public/home.html": page.format("G-XXXXXXXXXX", P[n].id)})


def referees():
    """One referee under two names; two who name each other; colleagues who name their manager at another address."""
    common = "Roderick Vane-Tempest, former manager, r.vane-tempest@oldharbour.test, +44 20 7946 0555"
    for n in (24, 25):
        P[n].extra = ["", "References", common]
    for n, other in ((26, 27), (27, 26)):
        P[n].extra = ["", "References", f"{P[other].name}, {P[other].mail}, {P[other].phone}"]


def people():
    """Siblings with one phone; namesakes (32 and 33 bear one name); colleagues with a declared project."""
    P[30].phone = P[25 + 6].phone
    repo = Repo(38, "weir").commits(who(38), 12)
    repo.commits(who(34), 2)
    repo.commit(who(38), trailer=who(34))


def main():
    shutil.rmtree(TARGET / "pool", ignore_errors=True)
    for old in TARGET.glob("i*"):
        shutil.rmtree(old)
    for make in (accounts, keys, names, licences, machines, secrets, services, referees, people):
        make()
    for n, person in P.items():
        place = TARGET / person.id
        place.mkdir(parents=True)
        (place / "resume.txt").write_text(person.resume())
        for repo in REPOS[n]:
            repo.bare()
    with open(TARGET / "manifest.csv", "w", newline="", encoding="utf8") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["id", "name", "email", "github", "documents", "repos"])
        for n, p in P.items():
            repos = ";".join(f"{p.id}/{r.name}.git" for r in REPOS[n])
            rows.writerow([p.id, p.name, p.mail, p.columns.get("github", ""), f"{p.id}/resume.txt", repos])


if __name__ == "__main__":
    main()
