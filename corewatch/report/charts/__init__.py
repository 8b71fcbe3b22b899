"""Figures as inline SVG that matplotlib writes and the style sheet colours; matplotlib is loaded when the first one is drawn."""
