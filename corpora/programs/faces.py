#!/usr/bin/env python3
"""Draws portraits of nobody: faces of ellipses, in a chosen pose before a chosen background.

    faces.py DIR NUM [POSES [BACKGROUNDS]]    NUM faces as PNG, for measure_photos.rs

A face follows from its number alone: width, height, skin, hair, eyes, brows, nose, mouth, glasses, beard, clothes. Two
numbers in one pose before one background are what `same-photo` must tell apart. Needs Pillow.
"""
import random
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (360, 460)
SCALE = 2
HAIR = [(40, 30, 25), (90, 60, 40), (150, 110, 60), (200, 170, 110), (120, 120, 125), (60, 25, 20)]
IRIS = [(70, 45, 30), (60, 90, 130), (70, 110, 70), (50, 50, 50)]


def shade(colour, factor):
    return tuple(min(255, int(c * factor)) for c in colour)


class Face:
    """One face being drawn, twice as large as it will be."""

    def __init__(self, number, pose, background):
        self.random = random.Random(f"face {number}")
        self.pose = random.Random(f"pose {pose}")
        self.width, self.height = SIZE[0] * SCALE, SIZE[1] * SCALE
        self.image = Image.new("RGB", (self.width, self.height))
        self.draw = ImageDraw.Draw(self.image)
        self.ground(random.Random(f"background {background}"))
        self.cx = self.width * (0.5 + self.pose.uniform(-0.05, 0.05))
        self.cy = self.height * (0.44 + self.pose.uniform(-0.04, 0.04))
        self.unit = self.width * (0.25 + self.pose.uniform(-0.02, 0.02))
        self.turn = self.pose.uniform(-0.15, 0.15) * self.unit

    def ground(self, choose):
        top = [choose.randrange(140, 235) for _ in range(3)]
        bottom = [max(0, c - choose.randrange(10, 60)) for c in top]
        for y in range(self.height):
            part = y / self.height
            colour = tuple(int(a * (1 - part) + b * part) for a, b in zip(top, bottom))
            self.draw.line([(0, y), (self.width, y)], fill=colour)

    def ellipse(self, x, y, a, b, fill):
        self.draw.ellipse([x - a, y - b, x + a, y + b], fill=fill)

    def between(self, low, high):
        return self.random.uniform(low, high)

    def body(self):
        tone = self.random.random()
        self.skin = tuple(int(a * (1 - tone) + b * tone) for a, b in zip((245, 214, 190), (150, 105, 80)))
        self.hair = self.random.choice(HAIR)
        self.fw, self.fh = self.unit * self.between(0.88, 1.08), self.unit * 1.32 * self.between(0.94, 1.06)
        cloth = tuple(self.random.randrange(30, 200) for _ in range(3))
        self.ellipse(self.cx, self.height * 1.05, self.unit * self.between(1.55, 1.95), self.unit * 1.25, cloth)
        if self.random.random() < 0.5:
            neck = [(self.cx - self.unit * 0.35, self.cy + self.fh * 0.9), (self.cx + self.unit * 0.35, self.cy + self.fh * 0.9)]
            self.draw.polygon([*neck, (self.cx, self.cy + self.fh * 1.75)], fill=(235, 235, 235))
        self.draw.rectangle([self.cx - self.unit * 0.36, self.cy + self.fh * 0.5, self.cx + self.unit * 0.36,
                             self.cy + self.fh * 1.2], fill=shade(self.skin, 0.88))

    def head(self):
        style = self.random.randrange(4)
        if style in (1, 2):
            self.ellipse(self.cx, self.cy + self.unit * 0.1 * style, self.fw * self.between(1.15, 1.35),
                         self.fh * self.between(1.1, 1.35), self.hair)
        crown = self.hair if style != 3 else self.skin
        self.ellipse(self.cx, self.cy - self.fh * 0.18, self.fw * 1.08, self.fh * 0.95 * self.between(1.05, 1.2), crown)
        for side in (-1, 1):
            self.ellipse(self.cx + side * self.fw, self.cy, self.unit * 0.13, self.unit * 0.24, shade(self.skin, 0.92))
        self.ellipse(self.cx, self.cy, self.fw, self.fh, self.skin)
        if style != 3:
            part, tilt = self.between(0.5, 0.72), self.random.randrange(-12, 12)
            box = [self.cx - self.fw * 1.02, self.cy - self.fh * 1.06, self.cx + self.fw * 1.02,
                   self.cy - self.fh * (1.06 - 2 * (1 - part))]
            self.draw.chord(box, 180 + tilt, 360 + tilt, fill=self.hair)

    def eyes(self):
        apart, y = self.fw * self.between(0.36, 0.48), self.cy - self.fh * self.between(0.06, 0.2)
        a = self.unit * self.between(0.13, 0.19)
        b, iris = a * self.between(0.4, 0.65), self.random.choice(IRIS)
        thick, rise, tilt = self.between(0.03, 0.08), self.between(0.2, 0.32), self.between(-0.06, 0.06) * self.unit
        glasses = self.random.random() < 0.3
        line = max(2, int(self.unit * 0.035))
        for side in (-1, 1):
            x = self.cx + side * apart + self.turn
            self.ellipse(x, y, a, b, (250, 250, 250))
            self.ellipse(x + self.turn * 0.2, y, b * 0.85, b * 0.85, iris)
            self.ellipse(x + self.turn * 0.2, y, b * 0.4, b * 0.4, (15, 15, 15))
            brow = y - self.unit * rise
            points = [(x - a * 1.3, brow + side * tilt), (x, brow - self.unit * 0.05), (x + a * 1.3, brow - side * tilt)]
            self.draw.line(points, fill=shade(self.hair, 0.8), width=max(2, int(thick * self.unit)))
            if glasses:
                self.draw.ellipse([x - a * 1.7, y - a * 1.3, x + a * 1.7, y + a * 1.3], outline=(30, 30, 30), width=line)
        if glasses:
            ends = [self.cx - apart + a * 1.7 + self.turn, self.cx + apart - a * 1.7 + self.turn]
            self.draw.line([(x, y) for x in ends], fill=(30, 30, 30), width=line)
        return y

    def nose_and_mouth(self, eyes):
        long, wide, x = self.fh * self.between(0.22, 0.36), self.unit * self.between(0.1, 0.2), self.cx + self.turn * 1.3
        top = eyes + self.unit * 0.1
        shape = [(x - wide * 0.3, top), (x + wide * 0.3, top), (x + wide, eyes + long), (x - wide, eyes + long)]
        self.draw.polygon(shape, fill=shade(self.skin, 0.93))
        self.ellipse(x, eyes + long, wide, wide * 0.5, shade(self.skin, 0.88))
        x, y = self.cx + self.turn, self.cy + self.fh * self.between(0.45, 0.6)
        wide, high = self.unit * self.between(0.28, 0.45), self.unit * self.between(0.06, 0.14)
        lips = (self.random.randrange(150, 200), self.random.randrange(70, 110), self.random.randrange(70, 110))
        if self.random.random() < 0.25:
            box = [self.cx - self.fw * 0.75, self.cy + self.fh * 0.1, self.cx + self.fw * 0.75, self.cy + self.fh]
            self.draw.chord(box, 10, 170, fill=shade(self.hair, 1.1))
        self.ellipse(x, y, wide, high, lips)
        self.draw.line([(x - wide, y), (x + wide, y)], fill=shade(lips, 0.6), width=max(2, int(self.unit * 0.02)))


def face(number, pose=0, background=0):
    """One portrait, with a grain that follows from all three numbers."""
    drawn = Face(number, pose, background)
    drawn.body()
    drawn.head()
    drawn.nose_and_mouth(drawn.eyes())
    image = drawn.image.filter(ImageFilter.GaussianBlur(1.5)).resize(SIZE, Image.LANCZOS)
    grain = random.Random(f"grain {number} {pose} {background}").randbytes(SIZE[0] * SIZE[1])
    noise = Image.frombytes("L", SIZE, bytes(b % 13 for b in grain))
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), 1, -6)


if __name__ == "__main__":
    folder, num = Path(sys.argv[1]), int(sys.argv[2])
    poses, grounds = (int(sys.argv[i]) if len(sys.argv) > i else 1 for i in (3, 4))
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(num):
        face(number, number % poses, number % grounds).save(folder / f"{number:05}.png")
