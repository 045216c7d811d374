"""Judging: declaration and observations in, assessment out.

Belongs here: the meaning of findings (DESIGN section 4), computed once. Pure: no clock, no files, no printing. Never
here: opening evidence (its sibling `evidence` does that, and neither imports the other).
"""
