#!/usr/bin/env python3
"""Makes `corpora/contacts` anew: contacts that two share, and contacts that only look like one's own. Everybody is invented.

    python3 corpora/programs/make_contacts.py

Needs the PyPI package python-docx. What was planted is listed with its reason in `corpora/contacts/case.toml`.
"""
from pathlib import Path

import docx

OUT = Path(__file__).resolve().parent.parent / "contacts"


def iban(country, body):
    """With check digits by ISO 7064, MOD 97-10."""
    digits = "".join(str(int(c, 36)) for c in body + country + "00")
    return f"{country}{98 - int(digits) % 97:02}{body}"


ACCOUNT = iban("DE", "500105175407324931")
GROUPED = " ".join(ACCOUNT[i : i + 4] for i in range(0, len(ACCOUNT), 4))

PEOPLE = {
    # One bank account under two names.
    "g01": f"Mira Oldcastle\nmira@oldcastle.example\n\nInvoices: IBAN {GROUPED}\n\nSkills\nCarpentry of stage sets, rope work, lamps\n",
    "g02": f"Jonte Farvik\njonte.farvik@skerry.example\n\nProfile\nTranslates manuals of pumps into plain words.\n\nPayment to {ACCOUNT}\n",
    # Twin: an example of a manual in two portfolios.
    "g03": "Petra Lumley\npetra@lumley.example\n\nProjects\nA form that checks DE89 3704 0044 0532 0130 00 while one types.\n",
    "g04": "Odd Serk\nodd.serk@kelp.example\n\nProjects\nWrote a parser of bank numbers; its first test is DE89370400440532013000.\n",
    # Two at one address, written in two ways.
    "g05": "Ines Wray\n14 Gullfeather Road, Apt 2, Leeds LS1 9ZZ\nines@wray.example\n\nSkills\nSurveying, tide tables\n",
    "g06": "Tomas Wray\ntomas.wray@ferry.example\n14 Gullfeather Rd., flat 2\nLeeds LS19ZZ\n\nProfile\nBakes for two cafés and a school.\n",
    # Twin: one stand-in of a template in two heads.
    "g07": "Lena Tarn\n123 Main Street, Springfield, IL 62701\nlena@tarn.example\n\nSkills\nLetterpress, ink\n",
    "g08": "Ruben Oake\n123 Main St., Springfield, IL 62701\nruben@oake.example\n\nProfile\nRepairs clocks of small towns.\n",
    # Letters to one company; nothing of the company's is theirs.
    "g09": "Asta Brook\nasta@brook.example | +44 7700 900101\n\n3 May 2024\n\nRosa Roe\nHiring Manager\nQuayhollow Ltd\n9 Harbour Road\n"
    "Leeds LS2 9ZX\n+44 20 7946 0100\nrosa.roe@quayhollow.example\n\nDear Ms Roe,\nI have kept bees for nine winters.\nAsta Brook\n",
    "g10": "Nils Harrow\nnils@harrow.example | +44 7700 900102\n\nRosa Roe\nQuayhollow Ltd\n9 Harbour Road\nLeeds LS2 9ZX\n+44 20 7946 0100\n"
    "rosa.roe@quayhollow.example\n\n7 May 2024\n\nDear Ms Roe,\nMy grandmother taught me to solder.\nNils Harrow\n",
    # Colleagues who name the switchboard of one employer; the second résumé of g09 is found by its own number.
    "g11": "Ilse Marten\nilse@marten.example\n\nWork Experience\nClerk, Sundmark Depot, +44 20 7946 0155, desk@sundmark.example\n"
    "- counted what came in\n\nSkills\nFiling\n",
    "g12": "Bram Quill\nbram@quill.example\n\nEmployment\nDriver, Sundmark Depot, tel. +44 20 7946 0155, desk@sundmark.example\n"
    "- took out what others counted\n\nLanguages\nFrisian\n",
    # One builder's foot.
    "g13": "Vera Stead\nvera@stead.example\n\nSkills\nWeaving\nDyeing\nBasketry\nFelting\nLace\n\nCreated with QuickCV, the free resume builder\n"
    "help.desk@quickcv.example | +44 20 7946 0177\n",
    "g14": "Emil Rand\nemil@rand.example\n\nProfile\nTunes organs.\nClimbs towers.\nSings bass.\nKeeps pigeons.\nMends bellows.\n\n"
    "Created with QuickCV, the free resume builder\nhelp.desk@quickcv.example | +44 20 7946 0177\n",
    # The real contact of a letter is still found: g15 gives g09's own number.
    "g15": "Carl Ebbing\ncarl@ebbing.example\nMobile 07700 900101, or from abroad +44 7700 900101\n\nProfile\nPaints signs for market stalls.\n",
}
WORD = {"g05", "g13"}

OUT.mkdir(exist_ok=True)
for name, text in PEOPLE.items():
    if name in WORD:
        document = docx.Document()
        for line in text.rstrip("\n").split("\n"):
            document.add_paragraph(line)
        document.save(OUT / f"{name}.docx")
    else:
        (OUT / f"{name}.txt").write_text(text)
