"""What each key of a file of `endorsements/` means, as an editor shows it.

Belongs here: one sentence for each key. Never here: their shape (`model.endorsement`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ENDORSEMENTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "EndorsementFile": {
            "organisation": "The organisation that speaks.",
            "endorsements": "What it says, text by text.",
        },
        "Endorser": {
            "id": "Short name in lower case, digits and hyphens. The file is named after it.",
            "name": "Name as people read it.",
            "url": "Web address of the organisation.",
        },
        "Endorsement": {
            "of": "The principle or control. Of a principle, its own sentence is meant, not its controls.",
            "position": "Whether the organisation endorses the text or dissents from it.",
            "statement": "Fingerprint of the text that was read. The page of the principle shows that of today.",
            "consent": "The written consent of the organisation to be named here.",
            "because": "Why, in the organisation's own words. Shown on the site.",
            "withdrawn": "Day on which it was withdrawn. From then on the site says only that, and when.",
        },
        "Consent": {
            "by": "Role that gave it in writing. Give a role, not a person. Not shown on the site.",
            "date": "Day of the letter or message.",
        },
    }
)
