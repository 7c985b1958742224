"""WCAG 2.2 contrast of what a person sees: of two colours, and of a picture's pixels."""

from collections import Counter

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage


def ratio(one: QColor | str, other: QColor | str) -> float:
    """From 1 to 21."""
    low, high = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def of_picture(image: QImage, rect: QRect) -> float:
    """Of the words in `rect`: the commonest colour is their ground, and of all others that which
    stands out most is the heart of their strokes. 1.0 where nothing is drawn."""
    colors = Counter(
        image.pixel(x, y)
        for x in range(max(0, rect.left()), min(image.width(), rect.right() + 1))
        for y in range(max(0, rect.top()), min(image.height(), rect.bottom() + 1))
    )
    if not colors:
        return 1.0
    ground = QColor.fromRgb(colors.most_common(1)[0][0])
    return max(ratio(ground, QColor.fromRgb(color)) for color in colors)
