"""The closed set of reason codes: a sentence, the next step and the source of the rule behind each.

A verdict says only codes; what people read is made from this table, translated through the catalogues in
``screen/locale``. The true cause of a refusal never stands here: protection, objection and a plain "no" all show as
``no-consent``, so that a report tells nobody why a child must not be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MCPS = "Montgomery County Public Schools, best practices for social media"
THOT = "Thot Cursus, social media at school (2010)"
ICO = "UK ICO, data protection in schools: photographs; reprimands of 2020"
NSPCC = "NSPCC, photography and sharing images guidance"
CNIL = "CNIL and académies: authorisation to use the image of a minor"
FERPA = "US Department of Education, FERPA: photos and videos"
BELGIUM = "Belgian data protection authority: targeted and incidental pictures"
EN_62676 = "EN 62676-4: pixels a metre to identify a person"
GDPR = "GDPR article 5(1)(c): data minimisation"
OWN = "rule of this program: when in doubt, people look"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a finding is not simply kept, or why it is.

    Attributes:
        code: stable word of the verdict.
        sentence: what is wrong, in English, for people.
        next_step: what would mend it, in English; empty where nothing is to be done.
        source: the guidance that the rule follows.
    """

    code: str
    sentence: str
    next_step: str
    source: str


_FACES = (
    Reason(
        "no-consent",
        "Nobody agreed to this person being shown here.",
        "Cover the person, choose another photo, or ask for written consent first.",
        f"{MCPS}; {THOT}; {ICO}; {CNIL}",
    ),
    Reason(
        "named-in-picture",
        "The name of this person stands beside the picture, and naming was not agreed to.",
        "Take the name away (badge, caption, file name) or cover the face.",
        f"{NSPCC}; {MCPS}",
    ),
    Reason(
        "ambiguous",
        "It is not certain who this is: several people fit.",
        "Look at the photo and say who it is, or cover the face.",
        OWN,
    ),
    Reason(
        "recognition-only",
        "Only face recognition says who this is; that never clears a photo alone.",
        "Look at the photo and say who it is, or cover the face.",
        "EU GDPR article 9; UK Protection of Freedoms Act 2012, sections 26 to 28",
    ),
    Reason(
        "weak-evidence",
        "Only a name in the file or beside the face says who this is.",
        "Look at the photo and say who it is, or cover the face.",
        OWN,
    ),
    Reason(
        "incidental",
        "Somebody is in the background of an open event and cannot be told apart clearly.",
        "Decide whether the photo is of the event and not of this person; else cover the face.",
        f"{BELGIUM}; {FERPA}; {MCPS}",
    ),
    Reason(
        "depicted",
        "This face seems to be on a poster, a screen, a card or a drawing.",
        "Look whether it shows somebody of the school; if so, cover it.",
        OWN,
    ),
    Reason(
        "personal-account",
        "Pictures in which a pupil may be seen are never published on staff's own accounts.",
        "Use an account of the school.",
        f"{MCPS}; {THOT}",
    ),
    Reason(
        "may-be-a-face",
        "Something here may be a face.",
        "It is covered in safe copies. Look at the photo; if it is nobody, photoscreen review uncovers it.",
        OWN,
    ),
    Reason("consent", "There is consent for this purpose.", "", ICO),
    Reason("no-face", "Nobody can be recognised: the back of a head, or covered.", "", MCPS),
    Reason("not-identifiable", "The face is too small or too blurred to recognise.", "", EN_62676),
    Reason("weak", "Probably not a face.", "", OWN),
)

_TEXT = (
    Reason("student-id", "A student number can be read.", "Cover the number.", f"{MCPS}; {FERPA}"),
    Reason("name", "A name can be read.", "Cover the name.", f"{NSPCC}; {MCPS}"),
    Reason("grade", "A grade or mark can be read.", "Cover the grade.", f"{MCPS}; {FERPA}"),
    Reason("class", "The name of a class can be read.", "Cover the class.", NSPCC),
    Reason("contact", "An address, a telephone number or an account can be read.", "Cover it.", NSPCC),
    Reason(
        "unreadable",
        "There is writing that the program could not read but people may.",
        "Read it at full size, and cover it if it is private.",
        OWN,
    ),
    Reason("private-text", "Something private can be read.", "Cover it.", f"{GDPR}; {FERPA}"),
    Reason("code", "A QR code or barcode can be scanned.", "Cover the code.", GDPR),
    Reason("naming-allowed", "Naming this person was agreed to.", "", NSPCC),
)

_PICTURE = (
    Reason("blurred", "The photo is too blurred to see what happens.", "Choose a sharper photo.", MCPS),
    Reason("dark", "The photo is too dark to see what happens.", "Choose a brighter photo.", OWN),
    Reason("burnt-out", "The photo is too bright to see what happens.", "Choose another photo.", OWN),
    Reason("small", "The photo is small and will look bad when enlarged.", "Use the original photo.", OWN),
    Reason(
        "portrait",
        "The photo stands upright; landscape suits most networks better.",
        "Use a suggested crop, if there is one.",
        MCPS,
    ),
    Reason(
        "small-for-print",
        "The photo has few pixels for print.",
        "Use the original photo, or print it small.",
        OWN,
    ),
    Reason(
        "mirrored",
        "The writing runs backwards: the photo is mirrored, as selfies are.",
        "Mirror it with a photo program if the writing is to be read.",
        OWN,
    ),
    Reason(
        "screenshot",
        "This looks like a screenshot or a drawing, not like a photo.",
        "Look for names and messages in it; use the photo itself if there is one.",
        OWN,
    ),
    Reason(
        "stricter-twin",
        "Another photo of this folder looks like the same shot, and more was found in that one.",
        "Compare the two at full size, and publish one of them only.",
        OWN,
    ),
    Reason("poor-quality", "The photo is not fit to be posted.", "Choose another photo.", OWN),
    Reason("sideways", "The photo lies on its side.", "Turn it; the safe copy is turned.", OWN),
    Reason("upside-down", "The photo stands on its head.", "Turn it; the safe copy is turned.", OWN),
    Reason(
        "several-pictures",
        "The file holds several pictures, and only the first one was screened.",
        "Publish the safe copy: it holds one picture.",
        GDPR,
    ),
    Reason(
        "fewer-people-found",
        "Fewer people were found than you said are in the picture.",
        "Look for the missing people and cover them by hand.",
        OWN,
    ),
)

_FILE = (
    Reason("gps", "The file says where the photo was taken.", "Publish the safe copy: it holds no position.", GDPR),
    Reason(
        "names-in-metadata",
        "The file holds names or captions that cannot be seen.",
        "Publish the safe copy: it holds no hidden text.",
        f"{NSPCC}; {GDPR}",
    ),
    Reason(
        "hidden-picture",
        "The file holds a second picture, such as a thumbnail of the photo as it was before.",
        "Publish the safe copy: it holds one picture only.",
        GDPR,
    ),
    Reason(
        "hidden-data",
        "The file holds hidden data, such as the device or the time.",
        "Publish the safe copy: it holds no hidden data.",
        GDPR,
    ),
    Reason(
        "name-in-filename",
        "The name of the file or its folder names somebody.",
        "Publish the safe copy: it gets a name that says nothing.",
        NSPCC,
    ),
    Reason(
        "private-filename",
        "The name of the file or its folder holds a number, a date, a class or a contact.",
        "Publish the safe copy: it gets a name that says nothing.",
        f"{NSPCC}; {FERPA}",
    ),
)

_CAPTION = (
    Reason("name-in-caption", "The caption names somebody.", "Write the caption without names.", f"{NSPCC}; {MCPS}"),
    Reason(
        "private-caption",
        "The caption holds a number, a grade, a class or a contact.",
        "Write the caption without it.",
        f"{MCPS}; {FERPA}",
    ),
    Reason("tag", "The caption tags somebody.", "Write the caption without tags of people.", MCPS),
    Reason(
        "special-population",
        "Words tell that somebody belongs to a special group, such as special education.",
        "Take these words out of the caption, the file name or the picture.",
        MCPS,
    ),
)

_OTHER = (
    Reason(
        "plugin",
        "An additional check found something.",
        "Look at the photo before you publish it.",
        OWN,
    ),
)

#: Every reason that a verdict can give, by code.
REASONS: Mapping[str, Reason] = MappingProxyType(
    {reason.code: reason for reason in (*_FACES, *_TEXT, *_PICTURE, *_FILE, *_CAPTION, *_OTHER)}
)
