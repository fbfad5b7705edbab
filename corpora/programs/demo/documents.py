"""Writes one résumé in one format with a real tool chain.

The source is a small subset of Markdown: `#` name, one contact line, `##` sections, `###` posts, `- ` bullets, paragraphs.
Typst, pdfLaTeX and python-docx give the same bytes each time; Chromium and LibreOffice stamp the time of the run.
"""

import datetime
import html
import os
import shutil
import subprocess
import tempfile
import textwrap
import zipfile
from pathlib import Path

import docx
import typst
from docx.shared import Pt

EPOCH = "1759312800"  # 2025-10-01, 10:00 UTC: written into every file whose tool lets us choose
DATE = datetime.datetime(2025, 10, 1, 10, 0)


def blocks(text):
    """Yields (kind, text) with kind in name, contact, section, post, bullet, paragraph."""
    seen_name = False
    for line in text.strip().splitlines():
        if line.startswith("### "):
            yield "post", line[4:]
        elif line.startswith("## "):
            yield "section", line[3:]
        elif line.startswith("# "):
            seen_name = True
            yield "name", line[2:]
        elif line.startswith("- "):
            yield "bullet", line[2:]
        elif line.strip():
            yield ("contact" if seen_name else "paragraph"), line
            seen_name = False


def run(command, folder, zone="UTC"):
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": zone,
        "SOURCE_DATE_EPOCH": EPOCH,
        "FORCE_SOURCE_DATE": "1",
    }
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")


def text_file(text, target, style):
    """Plain text, wrapped at 76 columns, with the line ends of Windows."""
    out = []
    for kind, body in blocks(text):
        if kind == "section":
            out += ["", body.upper(), "-" * len(body)]
        elif kind == "post":
            out += ["", *textwrap.wrap(body, 76)]
        elif kind == "bullet":
            out += textwrap.wrap(body, 76, initial_indent="* ", subsequent_indent="  ")
        else:
            out += textwrap.wrap(body, 76)
    target.write_bytes("\r\n".join(out + [""]).encode("utf-8"))


def markdown_file(text, target, style):
    out = []
    for kind, body in blocks(text):
        mark = {"name": "# ", "section": "\n## ", "post": "\n### ", "bullet": "- "}.get(kind, "")
        out.append(mark + body + ("\n" if kind in ("section", "post", "name", "contact") else ""))
    target.write_text("\n".join(out).replace("\n\n\n", "\n\n").strip() + "\n", encoding="utf-8")


TYPST = {
    "plain": '#set text(font: "Libertinus Serif", size: 11pt)\n#set page(margin: 2.2cm)\n',
    "lines": '#set text(font: "DejaVu Sans Mono", size: 9pt)\n#set page(margin: (x: 2cm, y: 1.8cm))\n'
    '#show heading.where(level: 2): it => block(upper(it.body) + v(-6pt) + line(length: 100%))\n',
    "modern": '#set text(font: "New Computer Modern", size: 11pt)\n#set page(margin: (left: 3.5cm, rest: 2cm))\n'
    "#show heading.where(level: 2): set text(fill: rgb(\"#23527c\"))\n",
}


def typst_pdf(text, target, style):
    escape = lambda s: "".join("\\" + c if c in "\\#$*_`<>@[]~=-+/'\"" else c for c in s)
    out, name = [], next(body for kind, body in blocks(text) if kind == "name")
    for kind, body in blocks(text):
        mark = {"name": "= ", "section": "\n== ", "post": "\n=== ", "bullet": "- ", "contact": "\n"}.get(kind, "\n")
        out.append(mark + escape(body))
    head = f'#set document(title: "Résumé", author: "{name}", date: datetime(year: 2025, month: 10, day: 1))\n'
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "resume.typ")
        source.write_text(head + TYPST[style] + "\n".join(out), encoding="utf-8")
        typst.compile(str(source), output=str(target))


def latex_pdf(text, target, style):
    special = {c: "\\" + c for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\^{}", "\\": r"\textbackslash{}"}
    special |= {"–": "--", "€": r"\texteuro{}", "£": r"\pounds{}"}
    escape = lambda s: "".join(special.get(c, c) for c in s)
    body, in_list = [], False
    for kind, line in blocks(text):
        if in_list and kind != "bullet":
            body.append(r"\end{itemize}")
        if kind == "bullet" and not in_list:
            body.append(r"\begin{itemize}\setlength\itemsep{0pt}")
        in_list = kind == "bullet"
        line = escape(line)
        body.append({"name": r"{\LARGE\bfseries %s}\par", "section": r"\section*{%s}", "post": r"\subsection*{%s}",
                     "bullet": r"\item %s"}.get(kind, "%s\n") % line)
    if in_list:
        body.append(r"\end{itemize}")
    source = (
        r"\documentclass[11pt,a4paper]{article}\usepackage{cmap}\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}"
        r"\usepackage{lmodern}%s\usepackage{textcomp}\usepackage[margin=2.2cm]{geometry}\input{glyphtounicode}"
        r"\pdfgentounicode=1\setlength\parindent{0pt}\pagestyle{empty}\begin{document}" % style
        + "\n".join(body)
        + r"\end{document}"
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "resume.tex").write_text(source, encoding="utf-8")
        run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "resume.tex"], folder)
        shutil.copyfile(Path(folder, "resume.pdf"), target)


HTML_STYLE = {
    "wide": "body{font:15px/1.45 'DejaVu Sans',sans-serif;margin:36px}h2{border-bottom:1px solid #999}",
    "serif": "body{font:16px/1.4 'Liberation Serif',serif;margin:40px 60px}h1{text-align:center}h2{color:#7a2e1d}",
    "narrow": "body{font:14px/1.5 'Liberation Sans Narrow',sans-serif;margin:48px 90px}h2{letter-spacing:.15em}",
}


def web_page(text, style):
    out, in_list = [], False
    for kind, body in blocks(text):
        if in_list and kind != "bullet":
            out.append("</ul>")
        if kind == "bullet" and not in_list:
            out.append("<ul>")
        in_list = kind == "bullet"
        tag = {"name": "h1", "section": "h2", "post": "h3", "bullet": "li"}.get(kind, "p")
        out.append(f"<{tag}>{html.escape(body)}</{tag}>")
    tail = "</ul>" if in_list else ""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>Résumé</title><style>{HTML_STYLE[style]}</style></head>'
        f"<body>{''.join(out)}{tail}</body></html>"
    )


def chromium_pdf(text, target, style):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "resume.html").write_text(web_page(text, style), encoding="utf-8")
        run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             "--print-to-pdf=resume.pdf", "resume.html"], folder)
        shutil.copyfile(Path(folder, "resume.pdf"), target)


def word_file(text, target, style):
    """By python-docx; a style is a font and a heading table for the contact line or not."""
    document = docx.Document()
    name = next(body for kind, body in blocks(text) if kind == "name")
    core = document.core_properties
    core.author = core.last_modified_by = name
    core.created = core.modified = DATE
    core.comments, core.title, core.revision = "", "Résumé", 2
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = style, Pt(10.5)
    for kind, body in blocks(text):
        if kind in ("name", "section", "post"):
            document.add_heading(body, {"name": 0, "section": 1, "post": 2}[kind])
        elif kind == "bullet":
            document.add_paragraph(body, style="List Bullet")
        else:
            document.add_paragraph(body)
    document.save(target)
    settle(target)


def settle(target):
    """Rewrites an archive with one time for all its parts, so that the same content gives the same bytes."""
    with zipfile.ZipFile(target) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts:
            entry = zipfile.ZipInfo(name, DATE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)


def office(source, to, folder, zone):
    run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to, source], folder, zone)


def office_pdf(text, target, style):
    """A DOCX printed by LibreOffice."""
    font, zone = style
    with tempfile.TemporaryDirectory() as folder:
        word_file(text, Path(folder, "resume.docx"), font)
        office("resume.docx", "pdf:writer_pdf_Export", folder, zone)
        shutil.copyfile(Path(folder, "resume.pdf"), target)


def office_docx(text, target, style):
    """A page written in LibreOffice and saved for Word."""
    font, zone = style
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "resume.html").write_text(web_page(text, font), encoding="utf-8")
        office("resume.html", "docx:Office Open XML Text", folder, zone)
        shutil.copyfile(Path(folder, "resume.docx"), target)


#: Format -> (extension, writer).
WRITERS = {
    "text": ("txt", text_file),
    "markdown": ("md", markdown_file),
    "typst": ("pdf", typst_pdf),
    "latex": ("pdf", latex_pdf),
    "chromium": ("pdf", chromium_pdf),
    "office-pdf": ("pdf", office_pdf),
    "office-docx": ("docx", office_docx),
    "word": ("docx", word_file),
}
