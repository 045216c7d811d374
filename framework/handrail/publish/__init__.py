"""The site: a bundle and public reports become pages that nobody needs a terminal to read.

Belongs here: choosing what stands on which page, and the one adapter to the site engine. Never here: judging, wording
of findings (that is `report`), or what may be public at all (that is `assess.project`).
"""
