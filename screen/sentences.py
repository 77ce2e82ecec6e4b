"""The sentences that words.py picks from, in English; ``screen/locale`` holds the other languages."""

from __future__ import annotations

from screen.records import CodeDetails, Decision, Details, MetadataDetails, NameDetails, QualityDetails
from screen.translation import marked as _

#: A decision as a short word beside a photo.
DECISIONS = {
    Decision.KEEP: _("Ready"),
    Decision.REDACT: _("Cover first"),
    Decision.REVIEW: _("Look first"),
    Decision.REFUSE: _("Not for publication"),
}
#: The same where a safe copy hides nothing in the picture: it is only turned, or freed of hidden data and such.
TURN_FIRST, CLEAN_FIRST = _("Turn first"), _("Clean first")
#: What a decision says of a photo.
VERDICTS = {
    Decision.KEEP: _("This photo can be published as it is."),
    Decision.REDACT: _("Do not publish this photo as it is."),
    Decision.REVIEW: _("Somebody must look at this photo before it is published."),
    Decision.REFUSE: _("This photo is not to be published."),
}
#: What to do next with a photo.
NEXT_STEPS = {
    Decision.KEEP: _("Nothing needs to be done."),
    Decision.REDACT: _("Make a safe copy and publish that one."),
    Decision.REVIEW: _("Look at the photo and decide."),
    Decision.REFUSE: _("Choose another photo."),
}
#: The same where the places of publication differ.
READY_IN_PLACES = _("This photo can be published as it is in some places only.")
REFUSED_IN_PLACES = (
    _("In some places this photo is not to be published."),
    _("Choose another photo for those places."),
)
#: Checks, by id.
CHECKS = {
    "face": _("Face"),
    "hand": _("Hand"),
    "back": _("Back of a head"),
    "text": _("Writing"),
    "code": _("Code"),
    "blur": _("Sharpness"),
    "orientation": _("Orientation"),
    "metadata": _("Hidden data"),
    "filename": _("File name"),
    "caption": _("Caption"),
    "quality": _("Quality"),
}
PURPOSES = {
    "display": _("display at school"),
    "newsletter": _("newsletter"),
    "parents_app": _("parents' app"),
    "website": _("website"),
    "social": _("social media"),
    "press": _("press"),
    "prospectus": _("prospectus"),
    "personal": _("staff's own accounts"),
}
OCCASIONS = {"classroom": _("classroom"), "open-event": _("event open to the community")}
FACES = {
    "clear": _("A face that can be recognised."),
    "marginal": _("A face that people who know the person may recognise."),
    "none": _("A face too small or unclear to be recognised."),
}
TEXTS = {
    "student-id": _("A student number."),
    "name": _("A name."),
    "grade": _("A grade or mark."),
    "class": _("The name of a class."),
    "contact": _("An address, telephone number or e-mail address."),
    "school": _("The name of a school."),
    "unreadable": _("Writing that could not be read."),
    "other": _("Other writing."),
}
CODES = {
    "qr": _("A QR code."),
    "barcode": _("A barcode."),
    "mrz": _("The machine-readable lines of an identity document."),
}
METADATA = {
    "gps": _("The place where the photo was taken is stored in the file."),
    "device": _("The camera or phone is stored in the file."),
    "time": _("The time when the photo was taken is stored in the file."),
    "name": _("A name is stored in the file."),
    "region": _("A named face is stored in the file."),
    "thumbnail": _("A small preview picture is stored in the file. It may show what was cut away."),
    "credit": _("A name or a copyright notice is stored in the file."),
    "comment": _("A comment or description is stored in the file."),
    "trailer": _("More data stands behind the picture in the file, a short film perhaps."),
    "several-pictures": _("The file holds more than one picture."),
    "other": _("Other data is stored in the file."),
}
#: The safe copy says it no longer, so that the post has to.
CREDIT = _("Give credit in your post: {credit}")
NAMES = {
    "name": _("A name in the {where}."),
    "student-id": _("A student number in the {where}."),
    "date": _("A date in the {where}."),
    "class": _("A class in the {where}."),
    "grade": _("A grade or mark in the {where}."),
    "contact": _("Contact details in the {where}."),
    "tag": _("A tag of a person in the {where}."),
    "special-population": _("Words on special needs, health or family in the {where}."),
}
PLACES = {"filename": _("file name"), "folder": _("folder name"), "caption": _("caption")}
QUALITY = {
    "dark": _("The photo is very dark."),
    "burnt-out": _("Large parts of the photo are burnt out."),
    "small": _("The photo has few pixels."),
    "small-for-print": _("The photo has few pixels for print."),
    "portrait": _("The photo is upright; most places show wide pictures best."),
    "mirrored": _("The photo is mirrored."),
    "screenshot": _("This looks like a screenshot or a drawing."),
    "several-frames": _("The file holds more than one picture."),
}
TURNS = {
    0: _("The photo is the right way up."),
    1: _("The photo lies on its side."),
    2: _("The photo is upside down."),
    3: _("The photo lies on its side."),
}
#: From this score on "no turn needed" is believed.
LEAST_UPRIGHT = 0.5
TURN_UNKNOWN = _("Nothing in the photo tells for certain which way up it is.")
#: Why a photo is not sharp.
BLURS = {
    "motion": _("The camera shook, or somebody moved."),
    "focus": _("The picture is out of focus."),
    "empty": _("Nothing in the picture has a clear outline."),
}
TWIN = _("Another photo looks like the same shot: {twin}.")
FAILURES = {
    "missing": (_("The file is not there."), _("Check the name and the folder.")),
    "unreadable": (_("The file cannot be read."), _("Check its permissions.")),
    "empty": (_("The file is empty."), _("Copy it again from the camera or phone.")),
    "not-a-photo": (_("This is no photo that can be read."), _("Save it as JPEG, PNG or HEIC and screen that.")),
    "unsupported": (_("This kind of file is not supported."), _("Save it as JPEG, PNG or HEIC and screen that.")),
    "truncated": (_("The end of the picture is missing."), _("Copy it again from the camera or phone.")),
    "broken": (_("The picture is broken."), _("Copy it again from the camera or phone.")),
    "too-large": (_("The picture is too large."), _("Save a smaller copy and screen that.")),
    "timeout": (_("Screening this photo took too long."), _("Look at it yourself, or screen a smaller copy.")),
    "crashed": (_("Screening this photo broke off."), _("Look at it yourself. Do not publish it unscreened.")),
    "check-failed": (_("A check could not be carried out."), _("Look at it yourself. Do not publish it unscreened.")),
    "fault": (_("The program has a fault."), _("Look at it yourself, and please report the fault.")),
}
FAILED = (_("This photo could not be screened."), _("Look at it yourself. Do not publish it unscreened."))
#: What was seen where the check says no more; also what stands for an unknown kind.
SEEN = {
    "face": _("A face."),
    "hand": _("A hand."),
    "back": _("A head seen from behind."),
    "text": _("Writing."),
    "code": _("A code that machines can read."),
    "blur": _("The photo is too blurred."),
    "quality": _("The photo may not be fit to post."),
}
#: Faces of which the check is not sure, by certainty.
UNSURE_FACES = {
    "doubtful": _("Perhaps a face. In doubt it is covered."),
    "unclear": _("Something on a person that is hard to make out."),
    "weak": _("Something like a face, but most likely none."),
}
DEPICTED = _("A face on a poster, screen, card or drawing.")
PRIVATE_WORDS = _("Private words in the {where}.")
SHARP = _("The photo is sharp enough.")
SOMETHING = _("{check}: something was found.")
#: Checks whose sentence on what was seen says all; the general reason would repeat it.
SEEN_IS_ENOUGH = frozenset({"metadata", "filename", "caption"})
#: Checks whose reason says all.
REASON_IS_ENOUGH = frozenset({"text", "code", "orientation", "quality"})
#: Records whose field kind tells which sentence it is, and the sentence for a kind that is not known.
BY_KIND: dict[type[Details], dict[str, str]] = {
    CodeDetails: CODES,
    MetadataDetails: METADATA,
    NameDetails: NAMES,
    QualityDetails: QUALITY,
}
KIND_UNKNOWN: dict[type[Details], str] = {
    CodeDetails: SEEN["code"],
    MetadataDetails: METADATA["other"],
    NameDetails: PRIVATE_WORDS,
    QualityDetails: SEEN["quality"],
}
#: Checks whose findings are people.
PEOPLE = frozenset({"face", "back"})
#: Checks whose findings may name somebody who must not be shown: in a refused photo those not kept look alike, too.
NAMERS = frozenset({"text", "metadata", "filename", "caption"})
#: Reasons to refuse that say nothing of any person.
SAME_FOR_ALL = frozenset({"personal-account", "blurred", "dark", "burnt-out", "poor-quality"})
NOT_EVERYBODY = _("Not everybody in this photo may be shown.")
