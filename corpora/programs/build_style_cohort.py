#!/usr/bin/env python3
"""Lays out packages by the hand that wrote them, for measuring and building the style tables.

Usage: build_style_cohort.py FOLDER [LANGUAGE...]     (needs pip, npm, cargo, apt-get and a network)
       cargo run --release --example score_style -- FOLDER/code ...       (see there)

The code of each package comes to lie in FOLDER/code/LANGUAGE/HAND/PACKAGE; FOLDER keeps what was downloaded. Nothing of a
package is run: wheels, npm tarballs, crates and Debian packages are only unpacked. Packages of Python, JavaScript and
Rust are listed in style_cohort.txt, three a hand; those of Go are Debian's, whose names begin with the account they come
from (accounts of organisations are left out). No name of a hand is kept: they are numbered.
"""
import collections
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

HERE = pathlib.Path(__file__).parent
ENDS = {"python": {".py"}, "javascript": {".js", ".mjs", ".cjs"}, "rust": {".rs"}, "go": {".go"}}
# A package that brings another's sources with it keeps them in such folders.
FOREIGN = {"node_modules", "vendor", "_vendor", "vendored", "third_party", "thirdparty", "extern", "dist", "build", "min",
           "umd", "esm", "bower_components", "testdata", "fixtures", "bundle", "compat", "packages"}
MOST = 3
ORGANISATIONS = set("""go hashicorp juju google pion golang docker facebookgo containerd coreos influxdata nebulouslabs minio
    gorilla cloudflare prometheus containers charmbracelet pkg opencontainers azure smallstep nats moby gonvenience git gin
    crowdsecurity cli vmware vividcortex victoriametrics smartystreets protonmail opentracing mendersoftware masterminds
    mailgun digitalocean grpc biogo xdg xanzy urfave segmentio joyent influxdb gogo getlantern cockroachdb btcsuite aws avast
    aquasecurity appc zclconf vulcand tent syncthing sylabs stretchr sourcegraph siddontang shopify sean rootless rclone
    puerkitobio openshift oklog nrdcg modern makeworld linuxdeepin koofr intel grafana gophercloud googlecloudplatform
    googleapis gomodule goji gogits gofrs goburrow gobuffalo getsentry franela flynn farsightsec dgraph dcso datadog
    confluentinc cloudfoundry circonus chromedp centrifugal canonical c bugsnag blevesearch bettercap appleboy apptainer
    labstack modern git-lfs adam viant vbatts hydrogen18 unknwon templexxx ngaut odeke cheekybits""".split())


def run(*args, cwd):
    """Runs a registry's client; a package that cannot be had is left out."""
    done = subprocess.run(args, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print("left out:", " ".join(args)[:160], done.stderr.strip().splitlines()[-1:], file=sys.stderr)
    return done.stdout


def listed(language):
    lines = (line.split() for line in open(HERE / "style_cohort.txt") if not line.startswith("#"))
    return [words[1:] for words in lines if words[0] == language]


def debian():
    names = run("apt-cache", "search", "--names-only", "^golang-github-.*-dev$", cwd=".").splitlines()
    owners = collections.defaultdict(list)
    for name in sorted(line.split()[0] for line in names):
        owners[name.split("-")[2]].append(name)
    return [v[:MOST] for k, v in sorted(owners.items()) if len(v) > 1 and k not in ORGANISATIONS]


def crates(hands, folder):
    """All crates in one go, with what they need; only those listed are used."""
    wanted = [name for hand in hands for name in hand]
    (folder / "src").mkdir(exist_ok=True)
    (folder / "src/lib.rs").touch()
    head = '[package]\nname = "cohort"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n'
    lines = [f'{name} = {{ version = "*", default-features = false }}' for name in wanted]
    (folder / "Cargo.toml").write_text(head + "\n".join(lines) + "\n")
    if not (folder / "vendor").is_dir():
        run("cargo", "vendor", "--versioned-dirs", "vendor", cwd=folder)


def files(language, name, into):
    """Yields (path, bytes) of one package."""
    if language == "rust":
        found = sorted((into / "vendor").glob(f"{name}-[0-9]*"))
        for path in sorted(found[-1].rglob("*.rs")) if found else []:
            yield str(path.relative_to(found[-1])), path.read_bytes()
        return
    into = into / name
    if not into.exists():
        into.mkdir(parents=True)
        if language == "python":
            run("pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", name, cwd=into)
        elif language == "javascript":
            run("npm", "pack", "--silent", "--ignore-scripts", name, cwd=into)
        else:
            run("apt-get", "download", "--quiet", name, cwd=into)
    for archive in sorted(into.iterdir()):
        data = archive.read_bytes()
        if archive.suffix in {".whl", ".zip"}:
            with zipfile.ZipFile(io.BytesIO(data)) as pack:
                yield from ((n, pack.read(n)) for n in sorted(pack.namelist()) if not n.endswith("/"))
            continue
        if archive.suffix == ".deb":
            data = subprocess.run(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(data)) as pack:
            for member in sorted((m for m in pack if m.isfile()), key=lambda m: m.name):
                path = re.sub(r"^(\./usr/share/gocode/src/[^/]+/[^/]+/[^/]+/|[^/]+/)", "", member.name)
                yield path, pack.extractfile(member).read()


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    for language in sys.argv[2:] or ENDS:
        into, code = folder / "packages" / language, folder / "code" / language
        into.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(code, ignore_errors=True)
        hands = debian() if language == "go" else [hand[:MOST] for hand in listed(language)]
        if language == "rust":
            crates(hands, into)
        for number, hand in enumerate(hands):
            for name in hand:
                kept = 0
                for path, data in files(language, name, into):
                    parts = path.split("/")
                    if pathlib.Path(path).suffix not in ENDS[language] or ".." in parts or FOREIGN & set(parts[:-1]):
                        continue
                    to = code / f"{number:03}" / name / path
                    to.parent.mkdir(parents=True, exist_ok=True)
                    to.write_bytes(data)
                    kept += 1
                print(language, f"{number:03}", name, kept, "files", flush=True)


if __name__ == "__main__":
    main()
