"""Small synthetic exports, typed by hand, for the tests of reading, cleaning and describing."""

import os
import sys
from contextlib import contextmanager

import pandas as pd

from esslib.paths import resolve
from esslib.survey.cleaning import clean
from esslib.survey.codebook import Codebook
from esslib.survey.export import ExportError, decode, read_export, validate
from esslib.voice import Voice

FULL_ANSWER = {
    "uses_predice_pro": "no",
    "usual_tool": "phone",
    "usual_messenger": "whatsapp",
    "preferred_channel": "usual_tool",
    **{f"ess_q{number:02d}": "agree" for number in range(1, 21)},
    "profession": "general_practitioner",
    "activity": "liberal",
    "age_years": "41",
    "gender": "female",
    "postcode": "59000",
    "town": "Lille",
    "zone": "urban|zip",
    "devices": "desktop|tablet|laptop|personal_phone",
    "it_skill": "good",
    "patients_per_day": "from_20_to_30",
    "home_visits": "under_5",
    "teleconsultations": "none",
    "patient_mix": "adults|women",
    "consultation_length": "from_15_to_20",
    "consultation_reason": "both",
    "exchange_frequency": "weekly",
    "correspondents": "private_nurse|pharmacist",
    "urgency": "not_urgent",
    "exchange_purposes": "patient_discussion|mdt_meeting",
}
# Wording of our own, as long as a survey tool's, none of it the questionnaire's.
LONG_HEADINGS = {
    "uses_predice_pro": "Est-ce que vous utilisez déjà Predice PRO avec vos confrères ?",
    "usual_tool": "Moyen de communication interprofessionnelle dont vous avez l'usage habituel",
    "usual_messenger": "Messagerie instantanée à laquelle vous recourez le plus souvent",
    "preferred_channel": "Entre les deux, lequel a votre préférence ?",
    "ess_q01": "L'accès à l'outil reste verrouillé tant qu'on n'a pas donné de code",
    "ess_q02": "On se connecte avec deux facteurs (secret, puis code reçu)",
    "ess_q03": "Les paramètres d'authentification sont robustes",
    "ess_q04": "On peut s'identifier par carte CPS",
    "ess_q05": "Après un temps d'inactivité, l'outil se verrouille seul",
    "ess_q06": "L'outil est conforme au RGPD",
    "ess_q07": "Un hébergeur agréé garde les données de santé",
    "ess_q08": "En cas d'incident, on sait à qui il faut s'adresser",
    "ess_q09": "L'identité de chaque interlocuteur est contrôlée",
    "ess_q10": "L'outil n'est accessible qu'à des professionnels de santé",
    "ess_q11": "Il sert exclusivement à soigner : aucune confusion avec le privé",
    "ess_q12": "Le secret médical est préservé",
    "ess_q13": "Le patient peut lire l'historique de chaque accès à son dossier",
    "ess_q14": "On peut recueillir le consentement du patient avant d'échanger",
    "ess_q15": "Les sources externes ne peuvent pas lire les données",
    "ess_q16": "Le partage d'informations dans l'équipe est sûr",
    "ess_q17": "Le partage de documents dans l'équipe est sûr",
    "ess_q18": "Ceux qui sont hors du cercle de soin n'y entrent pas",
    "ess_q19": "Plusieurs niveaux de confidentialité selon le métier",
    "ess_q20": "Aucune revente de données n'est à craindre",
    "profession": "Vous exercez quelle profession ?",
    "activity": "Votre type d'activité",
    "age_years": "Votre âge en années révolues",
    "gender": "Vous êtes de quel sexe ?",
    "postcode": "Code postal du cabinet",
    "town": "Ville du cabinet",
    "zone": "Dans quelle zone se trouve le cabinet où l'on vous voit exercer ?",
    "devices": "Outils de communication que vous maniez de façon régulière",
    "it_skill": "Votre aisance devant un écran",
    "patients_per_day": "Nombre habituel de patients dans une journée",
    "home_visits": "Visites à domicile dans une journée",
    "teleconsultations": "Téléconsultations dans une journée",
    "patient_mix": "De qui se compose surtout votre patientèle ?",
    "consultation_length": "Durée d'une consultation ordinaire",
    "consultation_reason": "Motif de consultation dominant",
    "exchange_frequency": "À quelle fréquence avez-vous des échanges avec d'autres métiers ?",
    "correspondents": "Quels professionnels vous arrive-t-il de joindre (communiquer) ?",
    "urgency": "Vos échanges sont-ils urgents ?",
    "exchange_purposes": "Motif principal de ces échanges",
}


def answers_of(codebook: Codebook, *people: dict[str, str | None]) -> pd.DataFrame:
    """Return decoded answers, one row per person: the full answer with what each says else."""
    rows = [{**FULL_ANSWER, **person} for person in people]
    frame = pd.DataFrame(rows, columns=codebook.names(), dtype="str")
    return frame.set_axis(pd.RangeIndex(2, len(rows) + 2, name="row"))


def tidy_of(codebook: Codebook, *people: dict[str, str | None]) -> pd.DataFrame:
    """Return the tidy frame of such people; they differ by town, so that none is a duplicate."""
    distinct = [{"town": f"Lille {number}", **person} for number, person in enumerate(people)]
    return clean(answers_of(codebook, *distinct), codebook)


def written(answers: pd.DataFrame, codebook: Codebook, *, label: str = "label_fr") -> pd.DataFrame:
    """Write decoded answers as a survey tool would: `label` heads columns and fills cells."""
    columns = {}
    for name in answers:
        row = codebook.variable(name)
        texts = (
            codebook.levels_of(name).set_index("code", drop=False)[label.replace("name", "code")]
            if row["level_set"]
            else {}
        )
        columns[row[label]] = [
            " ; ".join(texts.get(code, code) for code in cell.split("|"))
            for cell in answers[name].fillna("")
        ]
    return pd.DataFrame(columns)


def read_answers(path, codebook: Codebook) -> pd.DataFrame:
    """Read, decode and validate an export."""
    return validate(decode(read_export(path, codebook).answers, codebook), codebook).astype("str")


def read_or_refuse(path, codebook: Codebook) -> str:
    """Take a file as far as the tidy frame; return what the ExportError says, empty without one."""
    try:
        answers = read_answers(path, codebook)
    except ExportError as error:
        assert str(error)
        return str(error)
    assert len(clean(answers, codebook)) == len(answers) > 0
    return ""


@contextmanager
def unchanged(*frames: pd.DataFrame):
    """Fail when the body changes one of the frames."""
    before = [frame.copy(deep=True) for frame in frames]
    yield
    for old, new in zip(before, frames, strict=True):
        pd.testing.assert_frame_equal(old, new)


def surroundings(**settings):
    """The environment of a program on a machine with other settings.

    Under an ASCII locale Python 3.11 does not start in a folder with accents: it reads the path of
    the installed package in the locale's encoding.
    """
    readable = {} if sys.prefix.isascii() else {"LC_ALL": "C.UTF-8"}
    return {**os.environ, **settings, **readable}


def speaking(lang="fr", **bound):
    """Return a voice with the words of the study, bound to nothing else of it."""
    return Voice(lang, **bound).knowing(resolve("data/locale"))
