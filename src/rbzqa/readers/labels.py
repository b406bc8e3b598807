"""The words by which a letterhead is known, in every format."""

import re

SALUTATION = re.compile(r"(?:zeer )?geachte\b|(?:mijnheer|mevrouw|meneer) de voorzitter|hooggeachte\b", re.IGNORECASE)
# Labels, in small letters, and the facts that stand behind or below them.
LABELS = {
    "datum": "date",
    "betreft": "subject",
    "onderwerp": "subject",
    "kenmerk": "kenmerk",
    "ons kenmerk": "kenmerk",
    "onze referentie": "kenmerk",
    "ons referentienummer": "kenmerk",
}
