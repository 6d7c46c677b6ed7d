"""Taizhang 台账: read a text's figures, mend its layout, and find what cannot all be right."""

__version__ = "0.1.0"
