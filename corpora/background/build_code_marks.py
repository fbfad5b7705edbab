#!/usr/bin/env python3
"""Lays out the code that build_code_marks.rs makes code_marks.bin of, and writes code_marks.md.

Usage: build_code_marks.py FOLDER    (needs npm, pip, apt and a network)
       cargo run --release --example build_code_marks -- FOLDER/code corpora/background/code_marks.bin

FOLDER keeps the packages; the code of each lies in FOLDER/code afterwards. Packages: those of build_scaffold.py, whose
template files alone count, and libraries whose sources people copy into their repositories, all of whose code counts.
Endings that only templates have (`-tpl`, `.template`, `.ejs`, `.tmpl`, `__tmpl__`) are taken off.
"""
import pathlib
import re
import shutil
import sys

import build_scaffold as scaffold

# Sources that are copied into repositories rather than installed: contracts, and the worked examples of frameworks.
COPIED = {
    "@openzeppelin/contracts": ["2", "3", "4.4", "4.9", ""],
    "@openzeppelin/contracts-upgradeable": ["4.9", ""],
    "@uniswap/v2-core": [""],
    "@uniswap/v2-periphery": [""],
    "@uniswap/v3-core": [""],
    "@chainlink/contracts": [""],
    "solmate": [""],
    "erc721a": ["3", ""],
    "forge-std": [""],
    "@metaplex-foundation/js": [""],
}
CODE = set("c cpp cs go h java js jsx kt mjs php py rb rs sh sol swift ts tsx vue svelte".split())
SUFFIX = re.compile(r"(-tpl|\.template|\.ejs|\.tmpl|\.tt|__tmpl__|\.hbs)$")


def copied(folder):
    """Yields (kind, package, path parts, archive) of the libraries."""
    for package, versions in COPIED.items():
        for version in versions:
            into = folder / f"npm-{package.replace('/', '-')}-{version or 'newest'}"
            if not into.exists():
                into.mkdir()
                scaffold.run("npm", "pack", "--silent", package + (f"@{version}" if version else ""), cwd=into)
            yield from (("npm", package, [""], file) for file in sorted(into.glob("*.tgz")))


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    code = folder / "code"
    shutil.rmtree(code, ignore_errors=True)
    rows = []
    for kind, package, parts, archive in [*scaffold.download(folder), *copied(folder)]:
        files = 0
        version, licence = scaffold.about(archive)
        for path, data in scaffold.members(archive):
            name = SUFFIX.sub("", path.replace(".stub", ".php"))
            if not any(part in path for part in parts) or name.rsplit(".", 1)[-1] not in CODE or ".." in name:
                continue
            to = code / archive.stem / name
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(data)
            files += 1
        rows.append((kind, package, version, licence, files))
    text = [
        "# code_marks.bin",
        "",
        "The upper 32 bits (sorted, as distances in LEB128) of the fingerprints of code that project generators hand out and of "
        "libraries that are copied into repositories. Code with these fingerprints says nothing about who wrote a "
        "repository. The table holds hashes only, no text of any package. Made by `build_code_marks.py` and "
        "`corpora/programs/build_code_marks.rs` from these packages. Not among them: templates that no registry the script "
        "reads hands out (Laravel's skeleton beyond configuration and stubs, Spring Initializr's; of both the wrapper scripts and build files are "
        "told by their names).",
        "",
        "| registry | package | version | licence | code files |",
        "|---|---|---|---|---|",
    ]
    text += [f"| {k} | {p} | {v} | {l or 'see the package'} | {n} |" for k, p, v, l, n in sorted(set(rows)) if n]
    (pathlib.Path(__file__).parent / "code_marks.md").write_text("\n".join(text) + "\n")
    print(sum(r[4] for r in rows), "files")


if __name__ == "__main__":
    main()
