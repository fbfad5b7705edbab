#!/usr/bin/env python3
"""Lays out packages by the hand that wrote them, for measuring and building the style tables.

Usage: build_style_cohort.py FOLDER [LANGUAGE...]     (needs pip, npm, cargo, apt-get and a network)
       cargo run --release --example score_style -- FOLDER/code ...       (see there)

The code of each package comes to lie in FOLDER/code/LANGUAGE/HAND/PACKAGE; FOLDER keeps what was downloaded. Nothing of a
package is run: wheels, npm tarballs, crates and Debian packages are only unpacked. The packages are listed in
style_cohort.txt; those of Go are Debian's. Hands are numbered in the order of the list.
"""
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


def run(*args, cwd):
    """Runs a registry's client; a package that cannot be had is left out."""
    done = subprocess.run(args, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print("left out:", " ".join(args)[:160], done.stderr.strip().splitlines()[-1:], file=sys.stderr)
    return done.stdout


def listed(language):
    """The packages of each hand. A package of Rust may be several crates of one repository."""
    lines = (line.split() for line in open(HERE / "style_cohort.txt") if not line.startswith("#"))
    return [words[2:] for words in lines if words[0] == language]


def crates(hands, folder):
    """All crates in one go, with what they need; only those listed are used."""
    wanted = [crate for hand in hands for name in hand for crate in name.split("+")]
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
        several = "+" in name
        for crate in name.split("+"):
            found = sorted((into / "vendor").glob(f"{crate}-[0-9]*"))
            for path in sorted(found[-1].rglob("*.rs")) if found else []:
                inside = str(path.relative_to(found[-1]))
                yield f"{crate}/{inside}" if several else inside, path.read_bytes()
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
        hands = listed(language)
        if language == "rust":
            crates(hands, into)
        for number, hand in enumerate(hands):
            for name in hand:
                kept = 0
                for path, data in files(language, name, into):
                    parts = path.split("/")
                    if pathlib.Path(path).suffix not in ENDS[language] or ".." in parts or FOREIGN & set(parts[:-1]):
                        continue
                    to = code / f"{number:03}" / name.split("+")[0] / path
                    to.parent.mkdir(parents=True, exist_ok=True)
                    to.write_bytes(data)
                    kept += 1
                print(language, f"{number:03}", name, kept, "files", flush=True)


if __name__ == "__main__":
    main()
