#!/usr/bin/env python3
"""Kills a process that adds to an index at random moments, and lets one process add while another checks.

    cargo build --release
    python3 corpora/programs/stress_index.py target/release/samehand POOL [--kills 50] [--minutes 10] [--seed 1]

POOL is a folder of applicants, such as one of generate_pool. After each kill the index has to be whole, nobody who was
written may be gone, and the last run has to complete it. Then, for some minutes, one process adds the pool again and again,
each time with other bytes, while another checks applicants of it: no error, and the links of one scan of everybody.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path


def run(*args, allowed=(0, 3)):
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True)
    if done.returncode not in allowed:
        raise SystemExit(f"{args}: {done.returncode}\n{done.stderr}")
    return done.stdout


def kill(samehand, pool, index, kills, chance):
    add = [samehand, "index", "add", pool, "--index", index, "--progress", "never"]
    start = time.monotonic()
    probe = index.with_name("probe")
    run(*add[:4], "--index", probe)
    whole = time.monotonic() - start
    before = 0
    for moment in range(kills):
        child = subprocess.Popen([str(a) for a in add], stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.02, whole * 0.6))
        child.send_signal(signal.SIGKILL)
        child.wait()
        if not index.exists():
            continue
        run(samehand, "index", "verify", "--index", index, allowed=(0,))
        listed = len(run(samehand, "index", "list", "--index", index).splitlines())
        if listed < before:
            raise SystemExit(f"moment {moment}: {before} applicants became {listed}")
        before = listed
        if listed == len(run(samehand, "index", "list", "--index", probe).splitlines()):
            for path in (index, index.with_name(index.name + "-wal"), index.with_name(index.name + "-shm")):
                path.unlink(missing_ok=True)
            before = 0
    run(*add)
    run(samehand, "index", "verify", "--index", index, allowed=(0,))
    same = [run(samehand, "index", "list", "--index", i).splitlines() for i in (index, probe)]
    ids = [[line.split("\t")[0] for line in lines] for lines in same]
    if ids[0] != ids[1]:
        raise SystemExit("the index that was killed is not the one that was not")
    print(f"{kills} kills: whole each time, completed by the last run ({len(ids[0])} applicants)")


def links(report, who):
    return sorted((l["a"], l["b"]) for l in report["links"] if who in (l["a"], l["b"]))


def together(samehand, pool, index, minutes, chance):
    copy = index.with_name("copy")
    shutil.copytree(pool, copy)
    everybody = json.loads(run(samehand, "scan", pool, "--format", "json"))
    ids = sorted(a["id"] for a in everybody["applicants"])
    end = time.monotonic() + 60 * minutes
    adding, rounds, added = None, 0, 0
    while time.monotonic() < end or adding is not None:
        if adding is None and time.monotonic() < end:
            # A manifest with one more line makes every row another: everybody is read and replaced.
            manifest = copy / "manifest.csv"
            lines = manifest.read_text().splitlines(keepends=True)
            manifest.write_text(lines[0] + "\n" * (added + 1) + "".join(l for l in lines[1:] if l.strip()))
            adding = subprocess.Popen([str(samehand), "index", "add", str(copy), "--index", str(index)], stderr=subprocess.DEVNULL)
        who = chance.choice(ids)
        row = next(l for l in (pool / "manifest.csv").read_text().splitlines() if l.startswith(who + ","))
        report = check(samehand, pool, index, who, row)
        if links(report, who) != links(everybody, who):
            raise SystemExit(f"{who}: {links(report, who)} is not {links(everybody, who)}")
        rounds += 1
        if adding.poll() is not None:
            if adding.returncode not in (0, 3):
                raise SystemExit(f"adding ended with {adding.returncode}")
            adding, added = None, added + 1
    run(samehand, "index", "verify", "--index", index, allowed=(0,))
    print(f"{minutes} minutes: {rounds} checks beside {added} times adding everybody, no error, no missed link")


def check(samehand, pool, index, who, row):
    import csv

    head = next(csv.reader([(pool / "manifest.csv").read_text().splitlines()[0]]))
    fields = {k: v for k, v in zip(head, next(csv.reader([row]))) if v}
    done = subprocess.run(
        [str(samehand), "check", "-", "--index", str(index), "--root", str(pool)],
        input=json.dumps(fields), capture_output=True, text=True,
    )
    if done.returncode not in (0, 3):
        raise SystemExit(f"check {who}: {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("samehand", type=Path)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        kill(args.samehand, args.pool, index, args.kills, chance)
        together(args.samehand, args.pool, index, args.minutes, chance)


if __name__ == "__main__":
    main()
