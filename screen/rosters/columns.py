"""Which column of a file is which: by name in English and French, and by the mapping of a policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from screen.errors import RowProblem
from screen.policy import PURPOSES
from screen.roster import ANSWERS, DATES, WORDS
from screen.rosters.cells import clean, plain
from screen.rosters.problems import problem

KNOWN = (*WORDS, *ANSWERS, *DATES, *PURPOSES)
#: A misspelt column of these would silently lift a protection: an error, not a note.
GUARDING = frozenset(
    {"protection_code", "child_view", "parent_a", "parent_b", "left_on", "valid_from", "valid_to", "withdrawn_on"}
    | {"basis", "type", "family_id", "biometric_parent_ok", "biometric_child_ok", "student_number"}
)
_ALIASES = {
    "person_id": "id, person id, personid, identifiant, id personne, id eleve, ine, upn, pupil id, code eleve",
    "family_id": "family, famille, id famille, foyer, siblings, fratrie",
    "first": "first name, firstname, forename, given name, prenom, prenoms, first names",
    "last": "last name, lastname, surname, family name, nom, nom de famille",
    "known_as": "known as, preferred name, nickname, prenom d'usage, nom d'usage, usual name, surnom",
    "class": "classe, form, group, groupe, class name, tutor group, homeroom, registration group",
    "student_number": "student number, student no, student id, studentid, numero d'eleve, numero eleve, matricule, "
    "admission number, n° eleve, no eleve, pupil number",
    "type": "role, categorie, category, kind, statut",
    "basis": "legal basis, lawful basis, base legale, fondement, fondement juridique",
    "naming": "name ok, may be named, nommer, nom autorise, citation du nom, nommable",
    "valid_from": "valid from, from, start, start date, du, debut, date de debut, valable du, valide du, a partir du",
    "valid_to": "valid to, to, until, end, end date, expires, expiry, au, fin, date de fin, valable jusqu'au, "
    "jusqu'au, valide jusqu'au, expiration, expire le",
    "left_on": "left on, leaving date, left, date de depart, depart, sortie, date de sortie, parti le",
    "withdrawn_on": "withdrawn on, withdrawn, withdrawal date, retrait, retire le, date de retrait",
    "recorded_on": "recorded on, date recorded, saisi le, enregistre le, date de saisie",
    "recorded_by": "recorded by, saisi par, enregistre par",
    "parent_a": "parent a, parent 1, parent1, mother, mere, responsable 1, responsable legal 1",
    "parent_b": "parent b, parent 2, parent2, father, pere, responsable 2, responsable legal 2",
    "child_view": "child view, child, child says, avis de l'enfant, accord de l'enfant, avis enfant, enfant",
    "protection_code": "protection, protection code, protected, safeguarding, code de protection, code protection, "
    "protege, protegee, do not photograph, ne pas photographier",
    "biometric_parent_ok": "biometric parent ok, biometrics parent, biometrie parent, biometrie parents",
    "biometric_child_ok": "biometric child ok, biometrics child, biometrie enfant",
    "form_version": "form version, version, version du formulaire, formulaire",
    "display": "displays, affichage, in school, school display, wall display",
    "newsletter": "bulletin, lettre, journal, journal de l'ecole, lettre d'information, infolettre",
    "parents_app": "parents app, parent app, app, application parents, ent, espace parents, appli parents",
    "website": "web site, web, site, site web, site internet, school website, site de l'ecole",
    "social": "social media, reseaux sociaux, reseaux, social networks",
    "press": "media, presse, medias, newspapers, local press",
    "prospectus": "brochure, plaquette, publicity, marketing",
    "personal": "personal accounts, comptes personnels",
}


def key_of(header: str) -> str:
    """A header as it is compared: small letters, no accents, words joined by one underscore."""
    return re.sub(r"[^a-z0-9]+", "_", plain(header).replace("n°", "n ")).strip("_")


_NAMES = {
    key_of(alias): name
    for name in KNOWN
    for alias in (name, *(part.strip() for part in _ALIASES.get(name, "").split(",") if part.strip()))
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a file.

    Attributes:
        header_row: its number.
        at: index by name of the column.
        headers: what stands in the file, by name of the column.
        unknown: (index, header, key) of columns that are none of the known ones.
        problems: errors.
        width: cells in the header.
    """

    header_row: int
    at: Mapping[str, int]
    headers: Mapping[str, str]
    unknown: tuple[tuple[int, str, str], ...] = ()
    problems: tuple[RowProblem, ...] = ()
    width: int = 0


@dataclass(frozen=True, slots=True)
class RosterSettings:
    """How the files of this school are to be read; the table [roster] of a policy.

    Attributes:
        columns: names of columns by what stands in the header of the file: {"Photo web": "website"}.
        dates: day-first or month-first, where the file itself does not show it; empty to be told.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""


def find_header(rows: Iterable[tuple[int, tuple[str, ...]]], settings: RosterSettings) -> Columns:
    """The columns, from the first of the first ten filled rows that names person_id; else from the first row.

    Lists often carry a title above the header.
    """
    filled = [(number, cells) for number, cells in rows if any(clean(cell) for cell in cells)][:10]
    found = [_columns(number, cells, settings) for number, cells in filled]
    return next((columns for columns in found if "person_id" in columns.at), found[0])


def _columns(number: int, cells: tuple[str, ...], settings: RosterSettings) -> Columns:
    mapping = {key_of(header): name for header, name in settings.columns.items()}
    at: dict[str, int] = {}
    headers: dict[str, str] = {}
    unknown: list[tuple[int, str, str]] = []
    problems: list[RowProblem] = []
    for index, cell in enumerate(cells):
        key = key_of(cell)
        name = mapping.get(key) or _NAMES.get(key) or (key if key in mapping.values() else "")
        if not key:
            continue
        if not name:
            unknown.append((index, " ".join(cell.split()), key))
        elif name in at:
            pair = {"first": repr(headers[name]), "second": repr(cell.strip()), "name": name}
            problems.append(problem(number, name, "duplicate-column", **pair))
        else:
            at[name], headers[name] = index, " ".join(cell.split())
    return Columns(number, at, headers, tuple(unknown), tuple(problems), len(cells))


def nearest(key: str) -> str:
    """The known column that a misspelt one is likely to mean; empty if none is near."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    near = process.extractOne(key, list(_NAMES), scorer=fuzz.ratio, score_cutoff=80) if len(key) > 3 else None
    return _NAMES[near[0]] if near else ""
