#!/usr/bin/env python3
"""Counts public repositories that hold what `opener-safety` tells of.

Usage: measure_openers.py REPOS

REPOS is a folder of git repositories named `owner+name` (or `repo` inside); the current files of each are searched with the
very patterns of src/features/openers.rs, read from it. Which files are source is told by ending and folder, roughly as the
program does. Prints counts only: which repositories they are stays outside the project.
"""
import json
import pathlib
import re
import subprocess
import sys

RUST = (pathlib.Path(__file__).resolve().parents[2] / "src/features/openers.rs").read_text()
NAMES = ["FETCHES", "DECODES", "OBFUSCATED", "FAR_RIGHT", "FOLDER_OPEN"]
RAW = dict(zip(NAMES, re.findall(r'pattern\(\s*r#?"(.*?)"#?,?\s*\)\s*\)?;?', RUST, re.S)))
FETCHES, DECODES, OBFUSCATED, FAR_RIGHT, FOLDER_OPEN = (re.compile(RAW[n].encode()) for n in NAMES)
SOURCE = re.compile(r"\.(c|cc|cpp|cs|go|h|hpp|java|js|jsx|kt|mjs|cjs|php|py|rb|rs|sh|sol|swift|ts|tsx|vue|svelte|lua|pl|dart|scala)$", re.I)
FOREIGN = re.compile(r"(^|/)(node_modules|vendor|vendors|third_party|external|deps|dist|build|out|target|\.yarn|\.next|generated|venv|site-packages)/|\.min\.|\.pnp\.|bundle\.js|jquery", re.I)
SCRIPTS = ["preinstall", "install", "postinstall", "prepare"]


def git(repo, *args):
    return subprocess.run(["git", "-C", str(repo), *args], capture_output=True).stdout


def kinds(path, data):
    name = path.lower().rsplit("/", 1)[-1]
    if name == "tasks.json" and ".vscode/" in path.lower():
        return {"editor task"} if FOLDER_OPEN.search(data) else set()
    if name == "package.json":
        try:
            scripts = json.loads(data).get("scripts") or {}
        except (ValueError, AttributeError):
            return set()
        told = [str(scripts.get(s, "")).encode() for s in SCRIPTS]
        return {"install script"} if any(FETCHES.search(t) or DECODES.search(t) for t in told) else set()
    if name == "setup.py":
        return {"install script"} if DECODES.search(data) or FETCHES.search(data) else set()
    if name in ("devcontainer.json", ".devcontainer.json", ".envrc"):
        return {"set-up"} if FETCHES.search(data) else set()
    found = set()
    lines = data.count(b"\n") + 1
    if len(data) / lines > 160:
        return found
    if DECODES.search(data) or len(OBFUSCATED.findall(data)) > 40:
        found.add("encoded code")
    if FAR_RIGHT.search(data):
        found.add("hidden code")
    return found


def main():
    counts, some, num = {}, 0, 0
    for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        repo = folder / "repo" if (folder / "repo").is_dir() else folder
        rows = [r.split("\t", 1) for r in git(repo, "ls-tree", "-r", "-l", "-z", "HEAD").decode("utf-8", "replace").split("\0") if "\t" in r]
        if not rows:
            continue
        num += 1
        wanted = []
        for about, path in rows:
            size = about.split()[3]
            special = path.lower().rsplit("/", 1)[-1] in ("tasks.json", "package.json", "setup.py", "devcontainer.json", ".devcontainer.json", ".envrc")
            if size.isdigit() and int(size) < 1 << 20 and (special and "node_modules" not in path or SOURCE.search(path) and not FOREIGN.search(path)):
                wanted.append((about.split()[2], path))
        ask = "".join(blob + "\n" for blob, _ in wanted).encode()
        out = subprocess.run(["git", "-C", str(repo), "cat-file", "--batch"], input=ask, capture_output=True).stdout
        at, found = 0, set()
        for _, path in wanted:
            end = out.find(b"\n", at)
            head = out[at:end].split()
            if len(head) < 3:
                at = end + 1
                continue
            size = int(head[2])
            found |= kinds(path, out[end + 1:end + 1 + size])
            at = end + size + 2
        some += bool(found)
        for kind in found:
            counts[kind] = counts.get(kind, 0) + 1
    p, z = some / num, 1.959964
    middle = (p + z * z / (2 * num)) / (1 + z * z / num)
    half = z / (1 + z * z / num) * (p * (1 - p) / num + z * z / (4 * num * num)) ** 0.5
    print(f"{some} of {num} repositories: rate {p:.4f}, 95 % interval {middle - half:.4f} to {middle + half:.4f}")
    for kind, n in sorted(counts.items()):
        print(f"{n:4} {kind}")


if __name__ == "__main__":
    main()
