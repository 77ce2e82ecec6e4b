"""What is printed, painted or written on things: wood, paper, boards, cards, all invented and drawn here."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import cv2
import matplotlib
import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

INK, PALE = (40, 44, 58), (246, 243, 236)
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def font(size: int, style: str = "") -> ImageFont.FreeTypeFont:
    """DejaVu Sans, as Matplotlib ships it; style is Bold, Oblique, ..."""
    return ImageFont.truetype(str(FONTS / f"DejaVuSans{'-' + style if style else ''}.ttf"), size)


def waves(height: int, width: int, cells: tuple[int, int], seed: int, octaves: int = 4) -> np.ndarray:
    """Smooth noise from -1 to 1 with so many cells down and across."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width), np.float32)
    for k in range(octaves):
        grid = rng.normal(0, 0.5**k, (max(2, cells[0] * 2**k), max(2, cells[1] * 2**k))).astype(np.float32)
        total += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
    return total / (np.abs(total).max() + 1e-6)


def wood(height: int = 900, width: int = 1800, tone=(196, 150, 98), seed: int = 1, planks: int = 5) -> np.ndarray:
    """Planks of wood, grain along the width."""
    out = np.zeros((height, width, 3), np.float32)
    edges = np.linspace(0, height, planks + 1).astype(int)
    rng = np.random.default_rng(seed)
    for k, (top, bottom) in enumerate(pairwise(edges)):
        rows, shape = bottom - top, waves(bottom - top, width, (2, 3), seed + 31 * k, 3)
        across = (
            np.linspace(0, 1, rows)[:, None] * rng.uniform(2.2, 4.2)
            + 1.5 * shape
            + 0.12 * waves(rows, width, (rows // 12, 6), seed + k, 2)
        )
        rings = 0.5 + 0.5 * np.sin(2 * math.pi * across)
        fine = waves(rows, width, (rows // 3, 10), seed + 77 * k, 2)
        value = 1 - 0.11 * rings**2 - 0.09 * fine + rng.uniform(-0.07, 0.05)
        out[top:bottom] = np.array(tone, np.float32) * value[..., None]
        out[max(top - 1, 0) : top + 1] *= 0.62
    return np.clip(out, 0, 255).astype(np.uint8)


def mottled(tone, amount: float = 0.03, size: tuple[int, int] = (512, 1024), seed: int = 3) -> np.ndarray:
    """A painted wall or cloth."""
    noise = waves(*size, (4, 8), seed, 3)[..., None] + 0.5 * waves(*size, (120, 240), seed + 1, 2)[..., None]
    return np.clip(np.array(tone, np.float32) * (1 + amount * noise), 0, 255).astype(np.uint8)


def sheet(width: int, height: int, tone=PALE) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty sheet and its pen."""
    image = Image.fromarray(mottled(tone, 0.012, (height, width), seed=width))
    return image, ImageDraw.Draw(image)


def scrawl(draw: ImageDraw.ImageDraw, at, text: str, size: int, colour, seed: int = 0) -> None:
    """Handwriting with a marker: slanted letters that dance a little on the line."""
    rng = np.random.default_rng(seed + len(text))
    x, y = at
    for letter in text:
        face = font(int(size * rng.uniform(0.95, 1.05)), "Oblique")
        draw.text((x, y + rng.normal(0, size * 0.025)), letter, fill=colour, font=face, stroke_width=max(1, size // 28))
        x += face.getlength(letter) * 1.02 + rng.normal(0, size * 0.012)


def whiteboard(lines, size: tuple[int, int] = (2000, 1000), doodle: bool = True) -> np.ndarray:
    """A whiteboard; lines are (x, y, text, size, colour)."""
    image, draw = sheet(*size, (244, 246, 246))
    smear = waves(size[1], size[0], (3, 5), 5, 4)[..., None] * 5
    image = Image.fromarray(np.clip(np.asarray(image) + smear - 2, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for number, (x, y, text, points, colour) in enumerate(lines):
        scrawl(draw, (x, y), text, points, colour, number)
    if doodle:
        sun = (size[0] - 230, 170)
        draw.ellipse((sun[0] - 70, sun[1] - 70, sun[0] + 70, sun[1] + 70), outline=(222, 140, 20), width=9)
        for k in range(12):
            a = k * math.pi / 6
            ends = [(sun[0] + r * math.cos(a), sun[1] + r * math.sin(a)) for r in (95, 135)]
            draw.line(ends, fill=(222, 140, 20), width=9)
    return np.asarray(image)


def portrait_drawing(size: int = 300, skin=(226, 178, 140), hair=(70, 44, 30), shirt=(60, 110, 160)) -> Image.Image:
    """The drawn head on an invented card; nobody's face."""
    image = Image.new("RGB", (4 * size, 5 * size), (206, 220, 230))
    draw, s = ImageDraw.Draw(image), size
    draw.ellipse((0.35 * s, 3.55 * s, 3.65 * s, 7 * s), fill=shirt)
    draw.rectangle((1.6 * s, 2.9 * s, 2.4 * s, 3.8 * s), fill=tuple(int(0.88 * c) for c in skin))
    draw.ellipse((0.95 * s, 0.6 * s, 3.05 * s, 3.1 * s), fill=hair)
    draw.ellipse((1.12 * s, 0.95 * s, 2.88 * s, 3.4 * s), fill=skin)
    draw.pieslice((1.0 * s, 0.55 * s, 3.0 * s, 2.35 * s), 185, 355, fill=hair)
    for x in (1.62, 2.38):
        draw.ellipse(((x - 0.14) * s, 1.98 * s, (x + 0.14) * s, 2.14 * s), fill=(250, 250, 250))
        draw.ellipse(((x - 0.07) * s, 1.98 * s, (x + 0.07) * s, 2.13 * s), fill=(50, 40, 30))
        draw.arc(((x - 0.2) * s, 1.76 * s, (x + 0.2) * s, 2.05 * s), 200, 340, fill=hair, width=s // 14)
    draw.line((2.0 * s, 2.1 * s, 1.92 * s, 2.5 * s, 2.03 * s, 2.53 * s), fill=(190, 140, 105), width=s // 20)
    draw.arc((1.62 * s, 2.45 * s, 2.38 * s, 2.95 * s), 20, 160, fill=(170, 70, 70), width=s // 12)
    return image.resize((size, 5 * size // 4), Image.Resampling.LANCZOS)


def identity_card(name: str, number: str, group: str, valid: str) -> np.ndarray:
    """A student card of a school that does not exist."""
    image = Image.new("RGB", (1012, 638), (248, 249, 250))
    draw = ImageDraw.Draw(image)
    for y in range(170, 638, 9):
        draw.line([(x, y + 6 * math.sin(x / 60 + y)) for x in range(0, 1012, 12)], fill=(226, 236, 240), width=2)
    draw.rectangle((0, 0, 1012, 150), fill=(24, 92, 110))
    draw.polygon(((0, 150), (1012, 150), (1012, 164), (0, 178)), fill=(236, 168, 52))
    draw.text((40, 26), "Birchmoor School", fill="white", font=font(58, "Bold"))
    draw.text((40, 96), "STUDENT CARD", fill=(214, 236, 240), font=font(34))
    image.paste(portrait_drawing(250), (44, 212))
    draw.rectangle((44, 212, 294, 524), outline=(150, 160, 170), width=3)
    for y, label, value in ((206, "Name", name), (318, "Student No.", number), (430, "Class", group)):
        draw.text((336, y), label, fill=(110, 120, 130), font=font(28))
        draw.text((336, y + 34), value, fill=INK, font=font(50, "Bold"))
    draw.text((44, 556), f"Valid until {valid}", fill=(90, 96, 110), font=font(30))
    x = 560
    for width in np.random.default_rng(4).integers(2, 10, 44):
        draw.rectangle((x, 552, x + width - 1, 616), fill=INK)
        x += int(width) + 3
    return rounded(image, 44)


def rounded(image: Image.Image, radius: int) -> np.ndarray:
    """RGBA pixels with round corners."""
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, image.width - 1, image.height - 1), radius, fill=255)
    return np.dstack([np.asarray(image.convert("RGB")), np.asarray(mask)])


def badge(first: str, second: str) -> np.ndarray:
    """A visitor's name badge."""
    image = Image.new("RGB", (900, 560), (252, 252, 250))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 900, 170), fill=(188, 46, 46))
    draw.text((450, 85), "HELLO, I AM", fill="white", font=font(74, "Bold"), anchor="mm")
    draw.text((450, 300), first, fill=INK, font=font(128, "Bold"), anchor="mm")
    draw.text((450, 440), second, fill=INK, font=font(84), anchor="mm")
    return rounded(image, 50)


def report_card(name: str, number: str, rows) -> np.ndarray:
    """A report with grades."""
    image, draw = sheet(1240, 1754, (250, 249, 244))
    draw.rectangle((0, 0, 1240, 34), fill=(24, 92, 110))
    draw.text((96, 90), "Birchmoor School", fill=(24, 92, 110), font=font(64, "Bold"))
    draw.text((96, 176), "Report, spring term", fill=INK, font=font(44))
    for y, label, value in ((286, "Student", name), (352, "Student No.", number), (418, "Class", "4B")):
        draw.text((96, y), label, fill=(100, 108, 120), font=font(36))
        draw.text((396, y), value, fill=INK, font=font(40, "Bold"))
    draw.rectangle((96, 520, 1144, 590), fill=(220, 232, 234))
    for x, head in ((116, "Subject"), (640, "Grade"), (900, "Effort")):
        draw.text((x, 534), head, fill=INK, font=font(38, "Bold"))
    for k, (subject, grade, effort) in enumerate(rows):
        y = 612 + 86 * k
        draw.text((116, y), subject, fill=INK, font=font(40))
        draw.text((640, y), grade, fill=(24, 60, 140), font=font(44, "BoldOblique"))
        draw.text((900, y), effort, fill=INK, font=font(40))
        draw.line((96, y + 66, 1144, y + 66), fill=(200, 206, 210), width=2)
    base = 640 + 86 * len(rows)
    draw.text((96, base), "Remarks", fill=(100, 108, 120), font=font(36))
    scrawl(draw, (96, base + 60), "A good term. Keep reading aloud at home!", 40, (30, 50, 130))
    draw.line((760, base + 260, 1144, base + 260), fill=INK, width=3)
    scrawl(draw, (790, base + 196), "P. Winterhalder", 46, (30, 50, 130), 9)
    return np.asarray(image)


def poster(kind: int, size: tuple[int, int] = (700, 900)) -> np.ndarray:
    """Children's pictures without words: hills, a fish, a rocket, a rainbow."""
    width, height = size
    image, draw = sheet(width, height, [(196, 224, 240), (168, 214, 220), (44, 48, 92), (232, 240, 248)][kind % 4])
    if kind % 4 == 0:
        draw.ellipse((440, 90, 610, 260), fill=(250, 206, 70))
        for k, tone in enumerate(((110, 170, 90), (84, 146, 80), (58, 118, 70))):
            points = [(x, 480 + 120 * k + 70 * math.sin(x / (120 + 25 * k) + 2 * k)) for x in range(0, width + 20, 10)]
            draw.polygon([*points, (width, height), (0, height)], fill=tone)
    elif kind % 4 == 1:
        draw.polygon(((470, 450), (640, 330), (640, 570)), fill=(226, 96, 60))
        draw.ellipse((120, 310, 520, 590), fill=(240, 138, 62))
        for k in range(3):
            draw.arc((250 + 70 * k, 340, 330 + 70 * k, 560), 250, 110, fill=(206, 90, 50), width=12)
        draw.ellipse((190, 400, 250, 460), fill="white")
        draw.ellipse((208, 418, 236, 446), fill=INK)
        for x, y, r in ((110, 240, 26), (160, 160, 18), (90, 110, 34)):
            draw.ellipse((x - r, y - r, x + r, y + r), outline="white", width=7)
    elif kind % 4 == 2:
        for x, y in np.random.default_rng(8).integers(20, (width - 20, height - 20), (46, 2)):
            draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=(250, 240, 190))
        draw.polygon(((350, 150), (250, 380), (450, 380)), fill=(220, 70, 60))
        draw.rectangle((250, 380, 450, 640), fill=(236, 236, 240))
        draw.ellipse((300, 410, 400, 510), fill=(110, 180, 220), outline=(90, 100, 120), width=10)
        draw.polygon(((250, 540), (180, 680), (250, 640)), fill=(220, 70, 60))
        draw.polygon(((450, 540), (520, 680), (450, 640)), fill=(220, 70, 60))
        draw.polygon(((290, 640), (410, 640), (350, 800)), fill=(250, 180, 60))
    else:
        for k, tone in enumerate(
            ((214, 70, 66), (238, 150, 60), (246, 214, 80), (110, 176, 96), (80, 140, 200), (126, 96, 170))
        ):
            draw.arc((60 + 34 * k, 220 + 34 * k, 640 - 34 * k, 900 - 34 * k), 180, 360, fill=tone, width=36)
        draw.rectangle((0, 570, width, height), fill=(120, 180, 100))
    return np.asarray(image)


def leaf(tone=(70, 130, 60)) -> np.ndarray:
    """A leaf, pointing up, with alpha."""
    image = Image.new("RGBA", (240, 480), (*tone, 0))
    draw = ImageDraw.Draw(image)
    side = [(120 + 108 * math.sin(math.pi * t) ** 0.8, 470 - 460 * t) for t in np.linspace(0, 1, 40)]
    draw.polygon(side + [(240 - x, y) for x, y in reversed(side)], fill=(*tone, 255))
    draw.line((120, 475, 120, 30), fill=tuple(int(1.25 * c) for c in tone), width=7)
    for k in range(7):
        y = 420 - 52 * k
        for sign in (-1, 1):
            draw.line((120, y, 120 + sign * 70, y - 50), fill=tuple(int(1.15 * c) for c in tone), width=4)
    return np.asarray(image)


def globe() -> np.ndarray:
    """A globe's map: seas and land that only look like ours."""
    height, width = 512, 1024
    land = waves(height, width, (3, 5), 11, 5) + 0.12 * waves(height, width, (24, 48), 12, 2)
    sea, ground = np.array((70, 136, 186)), np.array((196, 180, 116))
    out = np.where((land > 0.08)[..., None], ground + 30 * land[..., None], sea + 20 * land[..., None])
    out[np.abs(land - 0.08) < 0.012] = (120, 110, 80)
    out[:: height // 9] *= 0.9
    return np.clip(out, 0, 255).astype(np.uint8)


def clock() -> np.ndarray:
    """A wall clock at ten past ten."""
    image = Image.new("RGBA", (500, 500), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((4, 4, 496, 496), fill=(60, 66, 78, 255))
    draw.ellipse((28, 28, 472, 472), fill=(250, 250, 248, 255))
    for k in range(12):
        a = k * math.pi / 6
        draw.line(
            [(250 + r * math.sin(a), 250 - r * math.cos(a)) for r in (180, 208)], fill=(40, 44, 58, 255), width=10
        )
    for a, r, w in ((math.radians(305), 120, 16), (math.radians(60), 170, 10)):
        draw.line((250, 250, 250 + r * math.sin(a), 250 - r * math.cos(a)), fill=(40, 44, 58, 255), width=w)
    return np.asarray(image)


def barcode(text: str, kind: str = "QRCode", scale: int = 12) -> Image.Image:
    """A QR code or barcode that can be read."""
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    return Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(made, scale=scale))).convert("RGB")


def notice(title: str, lines, payload: str) -> np.ndarray:
    """A notice with a QR code."""
    image, draw = sheet(900, 1200, (253, 250, 240))
    draw.rectangle((0, 0, 900, 210), fill=(64, 110, 84))
    draw.text((450, 105), title, fill="white", font=font(84, "Bold"), anchor="mm")
    for k, line in enumerate(lines):
        draw.text((450, 290 + 70 * k), line, fill=INK, font=font(48), anchor="mm")
    code = barcode(payload).resize((620, 620), Image.Resampling.NEAREST)
    image.paste(code, (140, 500))
    return np.asarray(image)


def book_cover(number: str) -> np.ndarray:
    """The back of a book with its barcode."""
    image, draw = sheet(750, 1000, (74, 120, 140))
    draw.rectangle((40, 40, 710, 960), outline=(226, 206, 150), width=8)
    draw.ellipse((215, 130, 535, 450), fill=(236, 178, 80))
    draw.polygon(((60, 560), (250, 330), (400, 480), (520, 380), (690, 560)), fill=(50, 84, 98))
    code = barcode(number, "EAN13", 5)
    code = code.resize((430, 200), Image.Resampling.NEAREST)
    draw.rectangle((262, 680, 712 - 2, 920), fill="white")
    image.paste(code, (270, 700))
    return np.asarray(image)


def screen_of_blocks() -> np.ndarray:
    """A laptop's screen with a program of coloured blocks; no words."""
    image = Image.new("RGB", (1200, 750), (250, 250, 252))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 1200, 60), fill=(80, 90, 170))
    tones = ((76, 151, 255), (255, 171, 25), (89, 192, 89), (207, 99, 207), (255, 102, 128))
    rng = np.random.default_rng(2)
    for k in range(9):
        x, w = 90 + 46 * (k % 3), int(rng.integers(190, 330))
        draw.rounded_rectangle((x, 100 + 66 * k, x + w, 154 + 66 * k), 10, fill=tones[k % 5])
        draw.ellipse((x + w - 60, 112 + 66 * k, x + w - 16, 142 + 66 * k), fill="white")
    draw.rectangle((660, 100, 1150, 560), fill=(214, 232, 250))
    draw.polygon(((660, 560), (660, 440), (840, 380), (1010, 450), (1150, 400), (1150, 560)), fill=(126, 186, 110))
    draw.ellipse((830, 280, 960, 410), fill=(250, 150, 40))
    draw.polygon(((850, 300), (846, 250), (890, 286)), fill=(250, 150, 40))
    draw.polygon(((940, 300), (944, 250), (900, 286)), fill=(250, 150, 40))
    return np.asarray(image)
