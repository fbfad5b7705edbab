#!/usr/bin/env python3
"""Builds template_marks.txt: marks that programs put into every file they make.

Usage: build_template_marks.py [FOLDER]    (FOLDER keeps the blank files; without it a temporary one)

Makes blank documents with the tools that are installed and reads back what all of them carry: revision save ids (rsids)
and names of authors of the built-in templates, and which programs derive the first part of a PDF's /ID from what they
are given (date, name, path, title) instead of drawing it at random. Each program makes two files of different text under
the same conditions; where the two have the same /ID[0], the program is listed. A tool that is missing is left out and
named on stderr.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent
FIXED = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "FORCE_SOURCE_DATE": "1"}
TEXTS = ["A first page about tides.", "Another page, of bridges and their keepers."]

HEAD = """\
# Marks that programs put into every file they make. Read by src/features/template_marks.rs.
#
# Made by build_template_marks.py from blank files; rerun it and look at the difference. Nothing here is text of a template.
# Each line: a value, then after a bar the program and version that wrote it.
#   rsid      revision save ids of built-in templates (hex)
#   author    names that programs write as author, last modified by or company
#   derived   parts of the names of PDF producers whose /ID[0] was the same for two files of different text made under the same
#             conditions: their /ID[0] is computed from date, path or title
"""


# Read from the public test files of pandoc's own repository, written by versions before 2.19 (which writes none): ten
# files carry these nine beside at most three others.
PANDOC_BEFORE_2_19 = "00011C8B 004E29B3 00590D07 00784D58 008D6863 00B86B75 00BC48D5 00C36279 00E315A3".split()


def run(*command, **more):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


def marks_of_docx(path):
    with zipfile.ZipFile(path) as archive:
        part = lambda name: archive.read(name).decode("utf8", "replace") if name in archive.namelist() else ""
        rsids = set(re.findall(r"<w:rsid(?:Root)? w:val=\"([0-9A-Fa-f]{8})\"", part("word/settings.xml")))
        names = set(re.findall(r"<(?:dc:creator|cp:lastModifiedBy|Company)>([^<]+)<", part("docProps/core.xml") + part("docProps/app.xml")))
    return {r.upper() for r in rsids} - {"00000000"}, {n.strip() for n in names if n.strip()}


def docx_tools(folder):
    import docx
    path = folder / "python-docx.docx"
    docx.Document().save(path)
    yield f"python-docx {docx.__version__ if hasattr(docx, '__version__') else ''}".strip(), path
    import pypandoc
    path = folder / "pandoc.docx"
    pypandoc.convert_text(TEXTS[0], "docx", format="md", outputfile=str(path))
    yield f"pandoc {pypandoc.get_pandoc_version()}", path
    for binary in sorted(p for p in folder.glob("pandoc-*") if p.suffix != ".docx"):  # further versions, put there by hand
        path = folder / f"{binary.name}.docx"
        subprocess.run([str(binary), "-f", "markdown", "-o", str(path)], input=TEXTS[0], text=True, check=True)
        yield binary.name.replace("-", " "), path
    html = folder / "office.html"
    html.write_text(f"<p>{TEXTS[0]}</p>")
    run("soffice", "--headless", "--convert-to", "docx:Office Open XML Text", "--infilter=HTML (StarWriter)", "--outdir", str(folder), str(html))
    version = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    yield f"LibreOffice {version}", folder / "office.docx"
    if (folder / "node_modules/docx").exists():
        script = "const d=require('docx');d.Packer.toBuffer(new d.Document({sections:[{children:[new d.Paragraph('x')]}]})).then(b=>require('fs').writeFileSync('npm.docx',b))"
        run("node", "-e", script, cwd=folder)
        yield "docx (npm)", folder / "npm.docx"


def tex(program):
    def make(folder, at, text):
        (folder / at).mkdir(exist_ok=True)
        source = folder / at / "resume.tex"
        source.write_text("\\documentclass{article}\\begin{document}" + text + "\\end{document}")
        run(program, "-interaction=batchmode", "resume.tex", cwd=folder / at, env=FIXED)
        return folder / at / "resume.pdf"
    return make


def reportlab(invariant):
    def make(folder, at, text):
        from reportlab.pdfgen import canvas
        path = folder / f"reportlab-{at}-{invariant}.pdf"
        page = canvas.Canvas(str(path), invariant=invariant)
        page.drawString(72, 700, text)
        page.save()
        return path
    return make


def typst(folder, at, text):
    import typst as compiler
    source = folder / f"{at}.typ"
    source.write_text(f'#set document(title: "Resume", author: "A", date: datetime(year: 2024, month: 1, day: 1))\n{text}')
    path = folder / f"typst-{at}.pdf"
    compiler.compile(str(source), output=str(path))
    return path


def fpdf(folder, at, text):
    import datetime
    from fpdf import FPDF
    path = folder / f"fpdf-{at}.pdf"
    pdf = FPDF()
    pdf.set_creation_date(datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc))
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.cell(text=text)
    pdf.output(str(path))
    return path


def weasyprint(folder, at, text):
    import weasyprint as printer
    path = folder / f"weasy-{at}.pdf"
    os.environ["SOURCE_DATE_EPOCH"] = FIXED["SOURCE_DATE_EPOCH"]
    printer.HTML(string=f"<p>{text}</p>").write_pdf(str(path), pdf_identifier=True)
    return path


def soffice(folder, at, text):
    (folder / at).mkdir(exist_ok=True)
    html = folder / at / "resume.html"
    html.write_text(f"<p>{text}</p>")
    run("soffice", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(folder / at), str(html), env=FIXED)
    return folder / at / "resume.pdf"


def chromium(folder, at, text):
    html = folder / f"chromium-{at}.html"
    html.write_text(f"<title>Resume</title><p>{text}</p>")
    path = folder / f"chromium-{at}.pdf"
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={path}", str(html), env=FIXED)
    return path


def node(script):
    def make(folder, at, text):
        path = folder / f"node-{at}.pdf"
        run("node", "-e", script, str(path), text, cwd=folder)
        return path
    return make


PDFKIT = "const P=require('pdfkit'),f=require('fs');const d=new P({info:{CreationDate:new Date(17e11)}});d.pipe(f.createWriteStream(process.argv[1]));d.text(process.argv[2]);d.end()"
JSPDF = "const {jsPDF}=require('jspdf'),f=require('fs');const d=new jsPDF();d.setCreationDate(new Date(17e11));d.text(process.argv[2],10,10);f.writeFileSync(process.argv[1],Buffer.from(d.output('arraybuffer')))"
PDFLIB = "const {PDFDocument}=require('pdf-lib'),f=require('fs');(async()=>{const d=await PDFDocument.create();d.addPage().drawText(process.argv[2]);f.writeFileSync(process.argv[1],await d.save())})()"

PDF_TOOLS = {
    "pdfTeX": tex("pdflatex"),
    "LuaTeX": tex("lualatex"),
    "ReportLab": reportlab(0),
    "ReportLab invariant": reportlab(1),
    "Typst": typst,
    "fpdf2": fpdf,
    "WeasyPrint": weasyprint,
    "LibreOffice": soffice,
    "Chromium": chromium,
    "PDFKit": node(PDFKIT),
    "jsPDF": node(JSPDF),
    "pdf-lib": node(PDFLIB),
}


def first_id(path):
    import pypdf
    reader = pypdf.PdfReader(str(path))
    ids = reader.trailer.get("/ID")
    info = reader.metadata or {}
    return (bytes(ids[0].original_bytes).hex() if ids else None), str(info.get("/Producer", ""))


def derived(folder):
    """(beginning of the producer, how), and what was seen of the others."""
    for name, make in PDF_TOOLS.items():
        try:
            pairs = [first_id(make(folder, str(i), text)) for i, text in enumerate(TEXTS)]
        except Exception as why:  # a tool that is not there
            print(f"{name}: not tried ({why})", file=sys.stderr)
            continue
        (a, producer), (b, _) = pairs
        state = "no /ID" if a is None else "same" if a == b else "different"
        print(f"{name}: {state}; producer {producer!r}", file=sys.stderr)
        if state == "same":
            beginning = re.split(r"[ /-]?\d| - ", producer)[0].strip() or name
            yield beginning, f"{name}, producer \"{producer}\""


#: Authors that PDF libraries write when they are told none.
PDF_AUTHORS = {"(anonymous)": "ReportLab 5.1"}


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    rsids, authors = {r: "pandoc before 2.19" for r in PANDOC_BEFORE_2_19}, dict(PDF_AUTHORS)
    for name, path in docx_tools(folder):
        found, names = marks_of_docx(path)
        print(f"{name}: {len(found)} rsids, names {sorted(names)}", file=sys.stderr)
        rsids.update({r: name for r in found})
        authors.update({n: name for n in names})
    out = [HEAD]
    for kind, values in [("rsid", rsids), ("author", authors), ("derived", dict(derived(folder)))]:
        out.append(f"[{kind}]")
        out += [f"{value} | {source}" for value, source in sorted(values.items())]
        out.append("")
    (HERE / "template_marks.txt").write_text("\n".join(out))


if __name__ == "__main__":
    main()
