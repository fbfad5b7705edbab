"""Scans large invented pools and tells what was found, with CPU time and peak memory.

    cargo build --release
    python3 corpora/programs/measure_pools.py target/release/samehand [template] [campaign] [two] [--seed N] [--size N]

template   5,000 résumés on one public template; 20 pairs among them also share bullets of one career
campaign   60 copies of one career, other contacts, among 300
two        two careers, each under two names, among 100,000

The prose is put together at random from ordinary English words, so that the shipped reference knows the words and hardly any
phrase; two texts share what is planted and nothing else.
"""
import argparse
import json
import os
import random
import subprocess
import tempfile

VERBS = """built moved designed tested planned measured wrote trained repaired reduced improved managed checked opened closed
prepared collected reviewed counted sorted cleaned organized presented negotiated supported replaced installed drafted
delivered led taught mapped tracked recorded guided scheduled ordered hired coached audited""".split()
NOUNS = """system report team budget schedule invoice customer server network library warehouse machine contract school
hospital garden kitchen engine bridge market survey database website manual training project account delivery order store
office budget vehicle sample patient student order inventory policy tool plan process plant phone building ticket line""".split()
OTHERS = """daily weekly monthly national local regional internal external large small new old technical medical legal
financial public private mobile manual annual early late digital clinical industrial seasonal urban rural modern""".split()
LINKS = "with for after before without during across against between from into under toward around".split()
EMPLOYERS = "Harrow Kestrel Dunmore Quill Pennyroyal Tallow Marrow Saltmarsh Ember Larch Fenway Glass Inkwell Petrel Orchard".split()
ENDS = "Ferries Trams Insurance Bakery Logistics Observatory Press Mills Foundry Railways Clinics Gardens Theatre Works".split()
TITLES = "Engineer Analyst Manager Technician Clerk Teacher Nurse Designer Planner Driver Coordinator Assistant".split()

TEMPLATE = """Summary
Results driven professional with a proven track record of success and excellent communication skills.
Strengths
- Responsible for the day to day operations of the department and the development of new business.
- Worked closely with cross functional teams to ensure that all projects were completed on time and within budget.
- Developed and maintained strong relationships with customers and provided excellent customer service.
- Participated in all phases of the software development life cycle including requirements gathering and analysis.
- Excellent written and verbal communication skills with the ability to work independently and as part of a team.
"""


def sentence(rng):
    word = rng.choice
    return (f"{word(VERBS).capitalize()} {word(OTHERS)} {word(NOUNS)} {word(LINKS)} {word(OTHERS)} {word(NOUNS)} "
            f"and {word(VERBS)} {rng.randrange(2, 97)} {word(OTHERS)} {word(NOUNS)} {word(LINKS)} {word(NOUNS)}.")


def career(rng, jobs=3, bullets=4):
    """Lines of employment with bullets."""
    year, out = rng.randrange(2019, 2025), []
    for _ in range(jobs):
        start = year - rng.randrange(1, 5)
        out.append(f"{rng.choice(TITLES)}, {rng.choice(EMPLOYERS)} {rng.choice(ENDS)}, {rng.randrange(1, 13):02d}/{start} - "
                   f"{rng.randrange(1, 13):02d}/{year}")
        out += [f"- {sentence(rng)}" for _ in range(bullets)]
        year = start
    return out


def resume(number, lines, head=""):
    contact = f"Applicant{number:06d}@example.com"
    return f"{contact}\n{head}Experience\n" + "\n".join(lines) + "\n"


def template(rng, size):
    """Everybody on one template; 2 x 20 with six bullets of one career among other lines."""
    planted, texts = [], {}
    for n in range(size):
        texts[f"t{n:06d}"] = (career(rng), TEMPLATE)
    for pair in range(20):
        a, b = (f"t{2 * pair * (size // 45) + k:06d}" for k in (0, 7))
        shared = [f"- {sentence(rng)}" for _ in range(6)]
        for who in (a, b):
            texts[who] = (texts[who][0] + shared, TEMPLATE)
        planted.append((a, b))
    return {i: resume(int(i[1:]), *t) for i, t in texts.items()}, planted


def campaign(rng, size):
    one = career(rng, 3, 5)
    members = [f"c{n:06d}" for n in range(60)]
    texts = {m: resume(n, one) for n, m in enumerate(members)}
    texts |= {f"o{n:06d}": resume(1000 + n, career(rng, 3, 5)) for n in range(size - 60)}
    return texts, members


def two(rng, size):
    """One career of ordinary length (docs/text.md) copied as it is, another with its lines in reverse; the others have 2
    to 7 jobs."""
    texts = {f"o{n:06d}": resume(n, career(rng, rng.randrange(2, 8), rng.randrange(2, 7))) for n in range(size - 4)}
    planted = []
    for turned, (a, b) in enumerate([("c000000", "c000001"), ("c000002", "c000003")]):
        one = career(rng, 8, 7)
        texts |= {a: resume(size + 2 * turned, one), b: resume(size + 2 * turned + 1, one[::-1] if turned else one)}
        planted.append((a, b))
    return texts, planted


def scan(program, texts, threads):
    with tempfile.TemporaryDirectory() as work:
        pool = os.path.join(work, "pool")
        os.mkdir(pool)
        for name, text in texts.items():
            with open(os.path.join(pool, name + ".txt"), "w") as out:
                out.write(text)
        # Through GNU time: a child's peak memory would count this process as it was before it started the program.
        usage = os.path.join(work, "usage")
        command = ["time", "-f", "%U %S %M", "-o", usage, program, "scan", pool, "--format", "json", "-j", str(threads)]
        out = subprocess.run(command, capture_output=True)
        if out.returncode != 0:
            print(out.stderr.decode()[:2000])
        with open(usage) as told:
            user, system, kilobytes = told.read().split()[-3:]
        return json.loads(out.stdout), float(user) + float(system), int(kilobytes) / 1024


def pair(link):
    return tuple(sorted(name.removesuffix(".txt") for name in (link["a"], link["b"])))


def tell(kind, report, planted, cpu, mb):
    links = {pair(l): l for l in report["links"]}
    print(f"== {kind}: {len(report['applicants'])} applicants, {cpu:.1f} CPU s, {mb:.0f} MB peak")
    print(f"   {len(links)} links, {len(report['evidence'])} evidence, {len(report['clusters'])} clusters, "
          f"{len(report['set_aside'])} set aside")
    groups = [len(e["subjects"]) for e in report["evidence"] if len(e["subjects"]) > 2]
    aside = sorted((len(s["subjects"]) for s in report["set_aside"]), reverse=True)
    print(f"   sizes of group evidence {sorted(groups, reverse=True)[:8]}, of sets aside {aside[:8]}")
    if kind == "campaign":
        sizes = [len(c["members"]) for c in report["clusters"]]
        inside = [sum(m.startswith("c") for m in c["members"]) for c in report["clusters"]]
        print(f"   clusters {sizes}, members of the campaign in them {inside}")
        return
    found = [p for p in planted if tuple(p) in links]
    clustered = [set(n.removesuffix(".txt") for n in c["members"]) for c in report["clusters"]]
    together = [p for p in planted if any(set(p) <= c for c in clustered)]
    words = sorted({links[tuple(p)]["words"] for p in found})
    print(f"   planted {len(planted)}, linked {len(found)} ({', '.join(words)}), in a cluster {len(together)}; "
          f"other links {len(links) - len(found)}")
    if kind == "two":
        for p in found:
            l = links[tuple(p)]
            print(f"   {p}: log10 LR {l['log10_lr']}, expected by chance {l['expected_by_chance']}, grouped {p in together}")
    for p in [p for p in planted if tuple(p) not in links][:3]:
        print(f"   missed {p}")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("kinds", nargs="*", default=["template", "campaign", "two"])
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--size", type=int)
    args.add_argument("--threads", type=int, default=2)
    args = args.parse_args()
    sizes = {"template": 5000, "campaign": 300, "two": 100_000}
    for kind in args.kinds:
        rng = random.Random(f"{kind} {args.seed}")
        texts, planted = globals()[kind](rng, args.size or sizes[kind])
        report, cpu, mb = scan(os.path.abspath(args.program), texts, args.threads)
        tell(kind, report, planted, cpu, mb)


main()
