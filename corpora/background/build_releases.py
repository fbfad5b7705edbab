#!/usr/bin/env python3
"""Makes corpora/background/releases.tsv: versions of widely used packages with the day from which each could be had.

    python3 corpora/background/build_releases.py MIRRORS CARGO_INDEX

MIRRORS holds bare repositories <owner>+<name>/repo of the projects below, whose own changelogs are read at HEAD. CARGO_INDEX is
the folder of cargo's sparse index on this machine (~/.cargo/registry/index/*/.cache): its entries carry the day of upload.
Dates that a registry gives for npm are not used: a mirror between tells when *it* got a file, which may be years later.

Of every version the earliest day of it and of all higher versions of its major is written, so that a pinned version that
is not in the table can be dated by the nearest lower one: it came out no earlier. Pre-releases are left out.
"""
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

#: package in our table -> (repository, path of the changelog)
CHANGELOGS = {
    "npm express": ("expressjs+express", "History.md"),
    "npm axios": ("axios+axios", "CHANGELOG.md"),
    "npm tailwindcss": ("tailwindlabs+tailwindcss", "CHANGELOG.md"),
    "npm eslint": ("eslint+eslint", "CHANGELOG.md"),
    "npm ethers": ("ethers-io+ethers.js", "CHANGELOG.md"),
    "npm mongoose": ("Automattic+mongoose", "CHANGELOG.md"),
    "npm discord.js": ("discordjs+discord.js", "packages/discord.js/CHANGELOG.md"),
    "npm vite": ("vitejs+vite", "packages/vite/CHANGELOG.md"),
    "npm @typescript-eslint/parser": ("typescript-eslint+typescript-eslint", "packages/parser/CHANGELOG.md"),
    "pypi requests": ("psf+requests", "HISTORY.md"),
    "pypi urllib3": ("urllib3+urllib3", "CHANGES.rst"),
    "pypi flask": ("pallets+flask", "CHANGES.rst"),
    "maven commons-lang3": ("apache+commons-lang", "src/changes/changes.xml"),
    "maven commons-io": ("apache+commons-io", "src/changes/changes.xml"),
    "maven commons-compress": ("apache+commons-compress", "src/changes/changes.xml"),
}
CRATES = "libc serde serde_json syn quote proc-macro2 memchr regex clap anyhow thiserror rayon tempfile".split()

#: What no changelog above tells; days of the announcements.
FACTS = {
    # react.dev/blog and CHANGELOG.md of github.com/facebook/react
    "npm react": "16.0.0 2017-09-26 16.3.0 2018-03-29 16.8.0 2019-02-06 16.13.0 2020-02-26 17.0.0 2020-10-20 17.0.2 2021-03-22 "
                 "18.0.0 2022-03-29 18.2.0 2022-06-14 18.3.0 2024-04-25 19.0.0 2024-12-05 19.1.0 2025-03-28 19.2.0 2025-10-01",
    # devblogs.microsoft.com/typescript
    "npm typescript": "3.0.0 2018-07-30 3.7.0 2019-11-05 3.9.0 2020-05-12 4.0.0 2020-08-20 4.1.0 2020-11-19 4.2.0 2021-02-23 "
                      "4.3.0 2021-05-26 4.4.0 2021-08-26 4.5.0 2021-11-17 4.6.0 2022-02-28 4.7.0 2022-05-24 4.8.0 2022-08-25 "
                      "4.9.0 2022-11-15 5.0.0 2023-03-16 5.1.0 2023-06-01 5.2.0 2023-08-24 5.3.0 2023-11-20 5.4.0 2024-03-06 "
                      "5.5.0 2024-06-20 5.6.0 2024-09-09 5.7.0 2024-11-22 5.8.0 2025-02-28 5.9.0 2025-08-01",
    # nextjs.org/blog
    "npm next": "9.0.0 2019-07-08 10.0.0 2020-10-27 11.0.0 2021-06-15 12.0.0 2021-10-26 12.2.0 2022-06-28 13.0.0 2022-10-25 "
                "13.4.0 2023-05-04 14.0.0 2023-10-26 14.2.0 2024-04-11 15.0.0 2024-10-21",
    # docs.djangoproject.com/en/dev/releases
    "pypi django": "2.0.0 2017-12-02 2.1.0 2018-08-01 2.2.0 2019-04-01 3.0.0 2019-12-02 3.1.0 2020-08-04 3.2.0 2021-04-06 "
                   "4.0.0 2021-12-07 4.1.0 2022-08-03 4.2.0 2023-04-03 5.0.0 2023-12-04 5.1.0 2024-08-07 5.2.0 2025-04-02",
    # go.dev/doc/devel/release
    "language go": "1.11.0 2018-08-24 1.12.0 2019-02-25 1.13.0 2019-09-03 1.14.0 2020-02-25 1.15.0 2020-08-11 1.16.0 2021-02-16 "
                   "1.17.0 2021-08-16 1.18.0 2022-03-15 1.19.0 2022-08-02 1.20.0 2023-02-01 1.21.0 2023-08-08 1.22.0 2024-02-06 "
                   "1.23.0 2024-08-13 1.24.0 2025-02-11",
    # doc.rust-lang.org/edition-guide: the stable release that brought the edition
    "language rust-edition": "2018.0.0 2018-12-06 2021.0.0 2021-10-21 2024.0.0 2025-02-20",
    # github.blog: npm 7 and its lock file; docs.npmjs.com/cli: lock file 3 (both came with npm 7)
    "format npm-lock": "2.0.0 2020-10-13 3.0.0 2020-10-13",
    # github.com/pnpm/pnpm/releases: pnpm 6, 7, 8 and 9
    "format pnpm-lock": "6.0.0 2023-03-27 9.0.0 2024-04-16",
    # blog.rust-lang.org: 1.38 understands 2 (used from 1.41), 1.53 made 3 the default, 1.78 reads 4
    "format cargo-lock": "3.0.0 2021-06-17 4.0.0 2024-05-02",
}

MONTHS = "january february march april may june july august september october november december".split()
VERSION = r"v?(\d+)\.(\d+)\.(\d+)"
HEAD = re.compile(rf"^(?:#+ *)?(?:\[)?(?:Version )?(?:ethers/)?{VERSION}(?![-\w.])(?P<rest>.*)$", re.M)
SHORT = re.compile(r"^(?:Version )?(\d+)\.(\d+)(?![-\w.])(?P<rest>.*)$", re.M)
XML = re.compile(r'<release +version="(\d+)\.(\d+)(?:\.(\d+))?" +date="(\d{4})-(\d\d)-(\d\d)"')
ISO = re.compile(r"\b(20[012]\d)-(\d\d)-(\d\d)\b")
WORDS = re.compile(r"\b([A-Z][a-z]{2,8})\.? +(\d{1,2}),? +(20[012]\d)\b")


def day(text):
    if found := ISO.search(text):
        return "-".join(found.groups())
    if found := WORDS.search(text):
        month = [n for n, m in enumerate(MONTHS, 1) if m.startswith(found[1].lower()[:3])]
        return f"{found[3]}-{month[0]:02}-{int(found[2]):02}" if month else None
    return None


def changelog(text):
    """version -> day; the day stands in the heading, or for some projects in one of the next lines ("Released …")."""
    out = {}
    for pattern in (HEAD, SHORT):
        for found in pattern.finditer(text):
            version = tuple(int(g or 0) for g in found.groups()[:-1])
            version += (0,) * (3 - len(version))
            after = text[found.end():found.end() + 60]
            told = day(found["rest"]) or ("Released" in after and day(after))
            if told:
                out.setdefault(version, told)
    for found in XML.finditer(text):
        version = tuple(int(g or 0) for g in found.groups()[:3])
        out.setdefault(version, "-".join(found.groups()[3:]))
    return out


def crate(index, name):
    path = {1: "1", 2: "2", 3: f"3/{name[0]}"}.get(len(name), f"{name[:2]}/{name[2:4]}")
    text = (index / path / name).read_bytes().decode("utf8", "replace")
    found = re.findall(r'"vers":"?\s*"?(\d+)\.(\d+)\.(\d+)"[^}]*?"pubtime":\s*"(\d{4}-\d\d-\d\d)', text)
    found += re.findall(r'"vers": "(\d+)\.(\d+)\.(\d+)".*?"pubtime": "(\d{4}-\d\d-\d\d)', text)
    return {tuple(map(int, v[:3])): v[3] for v in found}


def bounded(dates):
    """Of each version the earliest day of it and of all higher ones of its major; only where the day changes."""
    out, least = [], {}
    for version in sorted(dates, reverse=True):
        least[version[0]] = min(dates[version], least.get(version[0], "9999"))
        out.append((version, least[version[0]]))
    kept = []
    for version, told in reversed(out):
        if not kept or kept[-1][0][0] != version[0] or kept[-1][1] != told:
            kept.append((version, told))
    return kept


def main(mirrors, index):
    table = {}
    for package, (repository, path) in CHANGELOGS.items():
        command = ["git", "-C", f"{mirrors}/{repository}/repo", "show", f"HEAD:{path}"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        table[package] = changelog(text)
    for name in CRATES:
        table[f"crates {name}"] = crate(pathlib.Path(index), name)
    for package, facts in FACTS.items():
        words = facts.split()
        pairs = zip(words[::2], words[1::2])
        table[package] = {tuple(map(int, v.split("."))): d for v, d in pairs}
    lines = ["# package, then version and day, and so on; see releases.md\n"]
    for package in sorted(table):
        rows = bounded(table[package])
        assert len(rows) > 1, package
        print(f"{package}: {len(rows)} of {len(table[package])} versions, {rows[0]} to {rows[-1]}")
        lines.append(package + "\t" + " ".join(f"{'.'.join(map(str, v))} {d}" for v, d in rows) + "\n")
    (HERE / "releases.tsv").write_text("".join(lines))


if __name__ == "__main__":
    main(*sys.argv[1:])
