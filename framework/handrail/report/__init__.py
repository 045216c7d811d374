"""Assessments for readers: one file per format, and one place for every sentence.

Belongs here: wording, layout and encoding of what was judged. Never here: judging (`assess`), reading or writing files,
printing.
"""
