#!/usr/bin/env python3
"""Asks a running `samehand serve` too much, badly and at once; then kills it while it writes.

    cargo build --release
    python3 corpora/programs/load_serve.py target/release/samehand [--clients 50] [--minutes 2] [--holds 12] [--kills 50] [--seed 1] [--pool DIR]

Only Python's own library. The server runs on loopback, on an index in a temporary folder. Of every ten clients one is bad: too
large a body, a wrong token, a path out of the root, broken multipart, a body or a head that never ends, a connection cut in the
middle. Each of those has to get its status, and the good ones no 5xx. A good client puts in --holds applicants and then hands in other
files of theirs, so that the index stops growing: from then on the memory of the server has to be flat. Prints counts by
status, times of good requests, and that memory. With --pool the files of a folder of applicants are handed in instead of made-up texts.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path

TOKEN = "a-token-of-the-load-test"
SYLLABLES = "ra mo ti ku be lo zan fi dor pe sha vu ner gal im os tre wen".split()


class Server:
    def __init__(self, samehand, index, *options):
        env = dict(os.environ, SAMEHAND_TOKEN=TOKEN)
        args = [str(samehand), "serve", "--listen", "127.0.0.1:0", "--index", str(index), *map(str, options)]
        self.process = subprocess.Popen(args, env=env, stderr=subprocess.PIPE, text=True)
        self.told = []
        for line in self.process.stderr:
            if line.startswith("listening on http://"):
                self.port = int(line.rsplit(":", 1)[1])
                break
        else:
            raise SystemExit("the server did not start")
        threading.Thread(target=lambda: self.told.extend(self.process.stderr), daemon=True).start()

    def memory(self):
        """MB of the server alone, and of its workers."""
        mine, others = 0.0, 0.0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(l.split(":\t", 1) for l in status.read_text().splitlines() if ":\t" in l)
            except (OSError, ValueError):
                continue
            size = int(fields.get("VmRSS", "0 kB").split()[0]) / 1024
            if int(fields["Pid"]) == self.process.pid:
                mine = size
            elif int(fields["PPid"]) == self.process.pid:
                others += size
        return mine, others


def words(chance, number):
    """Text of a résumé's length, from words that many share."""
    word = lambda: "".join(SYLLABLES[int(chance.random() ** 2 * len(SYLLABLES))] for _ in range(chance.randint(2, 4)))
    lines = [" ".join(word() for _ in range(12)) + "." for _ in range(35)]
    return f"person{number}@mail{number}.test\n" + "\n".join(lines)


def files_of(pool):
    """(name, bytes) of the files of each applicant; folders of repositories are left out."""
    people = []
    for folder in sorted(p for p in pool.iterdir() if p.is_dir()):
        found = [f for f in sorted(folder.iterdir()) if f.is_file()]
        if found:
            people.append([(f.name, f.read_bytes()) for f in found])
    return people


def multipart(id, files):
    out = [b'--cut\r\nContent-Disposition: form-data; name="id"\r\n\r\n' + id.encode() + b"\r\n"]
    for name, data in files:
        head = f'--cut\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        out.append(head.encode() + data + b"\r\n")
    return b"".join(out) + b"--cut--\r\n"


KIND = {"Content-Type": "multipart/form-data; boundary=cut"}


class Client:
    def __init__(self, port, token=TOKEN):
        self.port, self.token, self.connection = port, token, None

    def ask(self, method, path, body=None, headers=None):
        for again in (True, False):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            try:
                headers = {"Authorization": f"Bearer {self.token}", **(headers or {})}
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                data = answer.read()
                if answer.getheader("Connection") == "close":
                    self.connection = None
                return answer.status, data
            except (http.client.HTTPException, OSError):
                # A connection that was kept too long is closed by the server; a new one has to do.
                self.connection = None
                if not again:
                    raise

    def send(self, id, files):
        return self.ask("POST", "/v1/applicants", multipart(id, files), KIND)


def raw(port, data, patience=90):
    """Sends bytes; gives the status, or 0 where the connection was only closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as s:
        answer = b""
        try:
            s.sendall(data)
            while b"\r\n" not in answer:
                more = s.recv(4096)
                if not more:
                    break
                answer += more
        except ConnectionError:
            pass
        return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def head(more):
    return f"POST /v1/applicants HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n{more}\r\n".encode()


LARGE = bytes(6 << 20)
# How much larger the memory may be in the last quarter than in the second: clusters are made at one time and not at another.
FLAT = 1.25


def bad(kind, port):
    """One bad request; whether it was answered as it should be, and how."""
    client = Client(port)
    json_kind = {"Content-Type": "application/json"}
    if kind == "too large":
        status = client.send("large", [("a.bin", LARGE)])[0]
        return status == 413, status
    if kind == "wrong token":
        status = Client(port, "another-token-than-it")
        status = status.send("wrong", [("a.txt", b"text")])[0]
        return status == 401, status
    if kind == "path escape":
        status = 0
        for path in ("../index", "/etc/passwd", "link/../../index", "link"):
            status = client.ask("POST", "/v1/applicants", json.dumps({"id": "escape", "resume": path}), json_kind)[0]
            if status != 422:
                break
        return status == 422, status
    if kind == "malformed":
        status = client.ask("POST", "/v1/applicants", b"--cut\r\nnot a part", KIND)[0]
        return status == 400, status
    if kind == "slow body":
        status = raw(port, head("Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: 5000\r\n") + b"--cut\r\n")
        return status == 408, status
    if kind == "slow head":
        status = raw(port, b"GET /healthz HTTP/1.1\r\nHo")
        return status == 0, status
    with socket.create_connection(("127.0.0.1", port)) as s:
        s.sendall(head("Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: 5000\r\n") + b"--cut\r\n")
    return True, "cut"


BAD = ["too large", "wrong token", "path escape", "malformed", "slow body", "slow head", "cut off"]


class Load:
    def __init__(self, server, args, people):
        self.server, self.people, self.holds = server, people, args.holds
        self.sizes = []
        self.end = time.monotonic() + 60 * args.minutes
        self.lock = threading.Lock()
        self.counts, self.times, self.faults = Counter(), defaultdict(list), []
        self.threads = []
        for n in range(args.clients):
            run = self.bad if n % 10 == 9 else self.good
            self.threads.append(threading.Thread(target=run, args=(n, random.Random(args.seed * 1000 + n))))

    def note(self, what, status, seconds=None):
        with self.lock:
            self.counts[what, status] += 1
            if seconds is not None:
                self.times[what].append(seconds)

    def good(self, n, chance):
        client, known, made = Client(self.server.port), [], 0
        while time.monotonic() < self.end:
            dice = chance.random()
            if dice < 0.4 or not known:
                made += 1
                files = chance.choice(self.people) if self.people else [("resume.txt", words(chance, made * 100 + n).encode())]
                if len(known) < self.holds:
                    known.append((f"client-{n}/{made}", files))
                    what, ask = "post new", lambda: client.send(*known[-1])
                else:
                    other = chance.randrange(len(known))
                    known[other] = (known[other][0], files)
                    what, ask = "post other", lambda: client.send(*known[other])
            elif dice < 0.5:
                what, ask = "post again", lambda: client.send(*chance.choice(known))
            elif dice < 0.7:
                what, ask = "get", lambda: client.ask("GET", self.path(chance.choice(known)))
            elif dice < 0.93:
                what, ask = "get evidence", lambda: client.ask("GET", self.path(chance.choice(known)) + "/evidence")
            elif dice < 0.95:
                gone = known.pop(chance.randrange(len(known)))
                what, ask = "delete", lambda: client.ask("DELETE", self.path(gone))
            elif dice < 0.96:
                what, ask = "get clusters", lambda: client.ask("GET", "/v1/clusters")
            else:
                what, ask = "get metrics", lambda: client.ask("GET", "/metrics")
            self.one(what, ask)

    def path(self, known):
        return "/v1/applicants/" + known[0].replace("/", "%2F")

    def one(self, what, ask):
        start = time.monotonic()
        try:
            status = ask()[0]
        except OSError as e:
            status = type(e).__name__
        self.note(what, status, time.monotonic() - start)
        if status == 429:
            # As the answer asks for.
            time.sleep(1)
        if not isinstance(status, int) or status >= 500:
            with self.lock:
                self.faults.append(f"{what}: {status}")

    def bad(self, n, chance):
        turn = n // 10
        while time.monotonic() < self.end:
            kind = BAD[turn % len(BAD)]
            turn += 1
            try:
                fine, status = bad(kind, self.server.port)
            except OSError as e:
                fine, status = False, type(e).__name__
            self.note("bad: " + kind, status)
            if not fine:
                with self.lock:
                    self.faults.append(f"{kind}: {status}")

    def run(self):
        for thread in self.threads:
            thread.start()
        every, last = max(0.5, (self.end - time.monotonic()) / 40), 0.0
        start = time.monotonic()
        while any(t.is_alive() for t in self.threads):
            time.sleep(0.2)
            if time.monotonic() - last > every:
                last = time.monotonic()
                mine, others = self.server.memory()
                self.sizes.append(mine)
                print(f"after {last - start:5.0f} s: server {mine:5.0f} MB, workers {others:5.0f} MB, {sum(self.counts.values())} answers", flush=True)

    def report(self):
        for what in sorted({w for w, _ in self.counts}):
            by = ", ".join(f"{n} × {s}" for (w, s), n in sorted(self.counts.items(), key=str) if w == what)
            times = sorted(self.times.get(what, []))
            at = lambda q: times[min(len(times) - 1, int(q * len(times)))] * 1000
            spread = f"; p50 {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms" if times else ""
            print(f"{what:18} {by}{spread}")
        everything = sorted(t for times in self.times.values() for t in times)
        if everything:
            at = lambda q: everything[min(len(everything) - 1, int(q * len(everything)))] * 1000
            second, fourth = (sorted(self.sizes[len(self.sizes) * n // 4 : len(self.sizes) * (n + 1) // 4]) for n in (1, 3))
            middle = lambda sizes: sizes[len(sizes) // 2] if sizes else 0.0
            print(f"memory: {middle(second):.0f} MB in the second quarter, {middle(fourth):.0f} MB in the last")
            if middle(fourth) > FLAT * middle(second):
                self.faults.append("the memory grows")
            print(f"{len(everything)} good requests; p50 {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms, longest {everything[-1] * 1000:.0f} ms")


def load(samehand, folder, args, people):
    root = folder / "root"
    root.mkdir()
    (root / "link").symlink_to("/etc")
    index = folder / "index"
    server = Server(samehand, index, "--root", root, "--max-body", 4, "--read-timeout", 3, "--audit", folder / "audit.jsonl")
    run = Load(server, args, people)
    run.run()
    run.report()
    server.process.send_signal(signal.SIGTERM)
    code = server.process.wait(timeout=120)
    told = [line.rstrip() for line in server.told]
    late = sum(line.startswith("stopped before") for line in told)
    print(f"stopped with {code}; {late} were not read in the time of grace and have to be sent again")
    whole(samehand, index)
    if run.faults or code != 0:
        raise SystemExit("\n".join(run.faults[:20] + [line for line in told if line.startswith("error")][:20]) or f"ended with {code}")


def whole(samehand, index):
    """The index passes its own check and SQLite's; gives the ids in it."""
    done = subprocess.run([str(samehand), "index", "verify", "--index", str(index)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"index verify: {done.returncode}\n{done.stderr}")
    with sqlite3.connect(index) as connection:
        said = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    if said != [("ok",)]:
        raise SystemExit(f"SQLite: {said}")
    listed = subprocess.run([str(samehand), "index", "list", "--index", str(index)], capture_output=True, text=True, check=True)
    return {line.split("\t")[0] for line in listed.stdout.splitlines()}


def kill(samehand, folder, kills, people, seed):
    chance = random.Random(seed)
    index = folder / "killed"
    acknowledged, sent, lock = set(), {}, threading.Lock()

    def send(port, thread, moment):
        client = Client(port)
        number = 0
        while True:
            number += 1
            id = f"{moment}/{thread}/{number}"
            mine = random.Random(id)
            files = mine.choice(people) if people else [("resume.txt", words(mine, number).encode())]
            with lock:
                sent[id] = files
            try:
                status = client.send(id, files)[0]
            except (OSError, http.client.HTTPException):
                return
            if status in (200, 201):
                with lock:
                    acknowledged.add(id)

    # How long a dozen take says when the server is in the middle of something.
    probe = Server(samehand, folder / "probe")
    start = time.monotonic()
    for number in range(12):
        Client(probe.port).send(str(number), [("resume.txt", words(chance, number).encode())])
    dozen = time.monotonic() - start
    probe.process.kill()
    probe.process.wait()
    for moment in range(kills):
        server = Server(samehand, index)
        threads = [threading.Thread(target=send, args=(server.port, t, moment)) for t in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.02, dozen))
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        for thread in threads:
            thread.join()
        there = whole(samehand, index)
        lost = acknowledged - there
        if lost:
            raise SystemExit(f"moment {moment}: acknowledged and gone: {sorted(lost)[:5]}")
        stranger = there - set(sent)
        if stranger:
            raise SystemExit(f"moment {moment}: nobody sent {sorted(stranger)[:5]}")
    missing = sorted(set(sent) - whole(samehand, index))
    server = Server(samehand, index)
    client = Client(server.port)
    for id in missing:
        status = client.send(id, sent[id])[0]
        if status not in (200, 201, 202):
            raise SystemExit(f"{id}: {status}")
    server.process.send_signal(signal.SIGTERM)
    if server.process.wait(timeout=120) != 0 or whole(samehand, index) != set(sent):
        raise SystemExit("the last run did not complete it")
    remains = list(folder.glob("killed-uploads"))
    print(
        f"{kills} kills: whole each time, by its own check and SQLite's; {len(acknowledged)} acknowledged, none gone; "
        f"{len(missing)} of {len(sent)} sent again, complete; uploads left: {len(remains)}"
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("samehand", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--holds", type=int, default=12)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pool", type=Path)
    args = parser.parse_args()
    people = files_of(args.pool) if args.pool else []
    with tempfile.TemporaryDirectory() as folder:
        if args.minutes > 0:
            load(args.samehand, Path(folder), args, people)
        if args.kills > 0:
            kill(args.samehand, Path(folder), args.kills, people, args.seed)


if __name__ == "__main__":
    main()
