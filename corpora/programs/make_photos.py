#!/usr/bin/env python3
"""Makes corpora/photos: drawn portraits inside documents by python-docx and reportlab.

Planted: one portrait under two names as the same file (p01, p02), and one as a copy that lost 5 % along two sides, half
its size and most of its quality (p03, p04). Twins: two faces in one pose before one background (p05, p06); one logo (p07,
p08); one small icon in all documents. Texts are those of invented people of corpora/programs/demo.
The same versions of Pillow, python-docx and reportlab give the same bytes. Needs these three.
"""
import io
import sys
from pathlib import Path

import docx
from docx.shared import Mm
from PIL import Image, ImageDraw
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Image as Flowable
from reportlab.platypus import Paragraph, SimpleDocTemplate

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "demo")]
from documents import DATE, blocks, settle  # noqa: E402
from faces import face  # noqa: E402

OUT = HERE.parent / "photos"


def jpeg(image, quality=88):
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def png(image):
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def worn(image):
    """Cropped by 5 % at the left and the top, halved, saved at quality 60."""
    width, height = image.size
    cut = image.crop((width // 20, height // 20, width, height))
    return jpeg(cut.resize((cut.width // 2, cut.height // 2), Image.LANCZOS), 60)


def logo():
    image = Image.new("RGB", (240, 240), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse([20, 20, 220, 220], fill=(20, 60, 120))
    draw.polygon([(120, 50), (180, 180), (60, 180)], fill="white")
    return png(image)


def icon():
    image = Image.new("RGB", (24, 24), "white")
    ImageDraw.Draw(image).rectangle([3, 6, 20, 17], outline=(60, 60, 60), width=2)
    return png(image)


def word(text, pictures, target):
    document = docx.Document()
    core = document.core_properties
    core.author = core.last_modified_by = next(body for kind, body in blocks(text) if kind == "name")
    core.created = core.modified = DATE
    core.comments, core.title, core.revision = "", "Résumé", 2
    for picture, width in pictures:
        document.add_picture(io.BytesIO(picture), width=Mm(width))
    for kind, body in blocks(text):
        level = {"name": 0, "section": 1, "post": 2}.get(kind)
        if level is not None:
            document.add_heading(body, level)
        else:
            document.add_paragraph(body, style="List Bullet" if kind == "bullet" else None)
    document.save(target)
    settle(target)


def pdf(text, pictures, target):
    styles = getSampleStyleSheet()
    named = {"name": "Title", "section": "Heading1", "post": "Heading2", "bullet": "Bullet"}
    flow = []
    for picture, width in pictures:
        wide, high = ImageReader(io.BytesIO(picture)).getSize()
        flow.append(Flowable(io.BytesIO(picture), width * mm, width * mm * high / wide, hAlign="RIGHT"))
    escape = lambda s: s.replace("&", "&amp;").replace("<", "&lt;")
    for kind, body in blocks(text):
        mark = "• " if kind == "bullet" else ""
        flow.append(Paragraph(mark + escape(body), styles[named.get(kind, "BodyText")]))
    SimpleDocTemplate(str(target), invariant=1, title="Résumé").build(flow)


def main():
    shared, changed = face(3, 1, 1), face(4, 2, 2)
    portraits = {
        "p01": (word, jpeg(shared)),
        "p02": (word, jpeg(shared)),
        "p03": (pdf, jpeg(changed)),
        "p04": (word, worn(changed)),
        "p05": (word, jpeg(face(20, 5, 5))),
        "p06": (pdf, jpeg(face(21, 5, 5))),
        "p07": (word, jpeg(face(22, 6, 6))),
        "p08": (pdf, jpeg(face(23, 7, 7))),
    }
    texts = ["a02", "a04", "a05", "a07", "a09", "a10", "a15", "a20"]
    OUT.mkdir(exist_ok=True)
    for (name, (write, portrait)), source in zip(portraits.items(), texts):
        text = (HERE / "demo" / "resumes" / f"{source}.md").read_text(encoding="utf-8")
        pictures = [(portrait, 35), (icon(), 5)] + ([(logo(), 20)] if name in ("p07", "p08") else [])
        folder = OUT / name
        folder.mkdir(exist_ok=True)
        write(text, pictures, folder / ("resume.pdf" if write is pdf else "resume.docx"))


if __name__ == "__main__":
    main()
