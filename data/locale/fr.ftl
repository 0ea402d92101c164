### Mots et phrases propres à cette étude, en français : son score, ses outils, son mémoire.

## Axe du score

score-axis = Score e-Santé Sécurité ({ $low } à { $high } points)

## Carnet à curseurs

explore-thesis = Losange : moyenne selon la lecture de la thèse

## Items par classe

heat-alt = { $n } items par classe d'outils. Première ligne, { $first }. Dernière ligne, { $last }.

## Phrases sur le questionnaire

reading-no_carriers = Les classes d'outils ne peuvent être comparées item par item sur cette cohorte.

## Graphiques en forêt

forest-low = ← moins sécurisé
forest-high = plus sécurisé →

## Spécifications

multiverse-thesis = lecture de la thèse

## Choix d'une spécification et leurs valeurs

choice-score_direction-agreement_is_secure = accord = sécurité
choice-secured_definition = Outil sécurisé
choice-secured_definition-methods = selon les méthodes
choice-secured_definition-regression = selon le tableau bivarié
choice-secured_definition-any = sans effet
choice-frequency_cut = Échanges fréquents
choice-frequency_cut-any = sans effet
choice-frequency_cut-daily = chaque jour
choice-frequency_cut-several_weekly = plusieurs fois par semaine ou plus
choice-frequency_cut-weekly = chaque semaine ou plus
choice-frequency_cut-several_monthly = plusieurs fois par mois ou plus
choice-adjustment-age_gender = âge et sexe

## Textes qui remplacent une figure

alt-map = Carte des répondants par département. { $places }.
alt-box = Boîtes à moustaches du score e-Santé Sécurité. { $groups }. { $test }.
alt-multiverse-thesis = { "" } Lecture de la thèse : { $estimate } points.
alt-calibration = Part observée des outils sécurisés selon la part prédite, en { $n } groupes de répondants. { $groups }.

## Tableaux : titres de colonnes, cellules

table_secured = Outil sécurisé
table_other = Outil non sécurisé
table_risk_exposed = Part sécurisée, avec
table_risk_unexposed = Part sécurisée, sans
table_tool_class = Classe d'outils
table_events = Dont outil sécurisé
table_items_located = Lus dans le mémoire
table_item_located = mémoire

## Tableaux : libellés de codes

table_label-tool = Outil de communication privilégié
table_label-departement = Département
table_label-response_rate = Taux de réponse
table_label-bivariate-covariates = Caractéristiques de l'analyse bivariée
table_label-bivariate-significant = Caractéristiques significatives de l'analyse bivariée
table_label-multivariate-covariates = Caractéristiques de l'analyse multivariée
table_label-cpts = CPTS sollicitées
table_label-reminders = Relances
table_label-data_collection-months = Durée du recueil (mois)
table_label-predice_pro_use-months = Durée d'usage de Predice PRO (mois)
table_label-ess_items = Items du score
table_label-alpha = Seuil de significativité (%)
table_label-confidence_level = Niveau de confiance
table_label-ess_total = Score e-Santé Sécurité
table_label-check-outcome_definition = Définition de l'outil sécurisé
table_label-place-tableau_1 = Tableau 1
table_label-statistic-secured_exposed = Exposés, outil sécurisé
table_label-statistic-other_exposed = Exposés, autre outil

## Tableaux : titres et notes

table_tableau_1-caption = Tableau 1 (effectifs). Profil des répondants des deux groupes
table_comparison-caption = Score e-Santé Sécurité (points) des groupes comparés
table_bivariate-caption = Tableau 1 (analyse bivariée). Caractéristiques associées à l'usage d'un outil sécurisé
table_bivariate-note =
    Effectifs : répondants qui ont la caractéristique sur l'ensemble des répondants de la colonne.
    OR : odds ratio, supérieur à 1 quand l'outil sécurisé est plus fréquent avec la caractéristique ; intervalle de confiance (IC) de Woolf.
    Test du khi-deux sans correction de continuité ; test exact de Fisher bilatéral.
table_multivariate-caption = Tableau 2 (analyse multivariée). Caractéristiques associées à l'usage d'un outil sécurisé
table_multivariate-note =
    Régression logistique sur toutes les caractéristiques ensemble ; un coefficient positif signifie que l'outil sécurisé est plus fréquent avec la caractéristique.
    Maximum de vraisemblance : intervalle de confiance (IC) et test de Wald ; OR : odds ratio, exponentielle du coefficient.
    Firth : vraisemblance pénalisée, plus sûre quand il y a peu de répondants ; intervalle de vraisemblance profilée, test du rapport de vraisemblances.
table_bivariate_checks-note =
    Part des répondants dont l'outil est sécurisé, parmi ceux qui ont la caractéristique et parmi les autres ; différence en points de pourcentage, intervalle de confiance (IC) de Newcombe.
    Holm : limite le risque d'un seul faux positif parmi tous les tests. BH (Benjamini-Hochberg) : limite la part des faux positifs parmi les tests significatifs.
table_predictors_by_definition-caption = Les deux analyses sous chaque classement des outils
table_predictors_by_definition-note =
    Coefficients (log odds ratios) : positif, l'outil sécurisé est plus fréquent avec la caractéristique.
    Analyse bivariée : intervalle de Woolf, test du khi-deux. Analyse multivariée : maximum de vraisemblance, Wald.
table_model_trust-note =
    Attendu ailleurs : corrigé de l'optimisme par rééchantillonnage (bootstrap), comme sur de nouveaux répondants.
    AUC : part des paires (outil sécurisé, autre outil) que le modèle range dans le bon ordre. Inflation de la variance : ce que les autres covariables ajoutent à l'incertitude d'un coefficient.
table_score_summary-caption = Score e-Santé Sécurité (points) par comparaison
table_items_by_class-caption = Réponses aux items par classe d'outils
table_known_groups-caption = Score (points) selon la classe d'outils
table_known_groups-note =
    « Non applicable » a ici la même valeur dans toutes les classes : les moyennes peuvent s'écarter un peu de celles des comparaisons du mémoire.
    Différence des moyennes, première classe moins seconde (Welch). Delta de Cliff : de −1 à 1, positif quand la première classe a les scores les plus élevés (Brunner-Munzel). p : Mann-Whitney, corrigé par Holm.
table_item_differences-caption = Items (points) selon la classe d'outils
table_ranges-note = Étendue : plus petite et plus grande valeur sur des cohortes tirées au sort parmi celles qui ont les nombres imprimés. Ce n'est pas un résultat sur les médecins : c'est ce que ces nombres laissent indéterminé.
table_reporting_counts-caption = Items des quatre grilles, selon l'endroit où l'on en trouve le contenu
table_reporting_counts-note = Calculés : un carnet ou une fonction de ce dossier en donne le contenu. Lus dans le mémoire : ses pages le disent. Absents : ni l'un ni l'autre, dans la partie du mémoire qui a été lue.
table_reporting_checklist-caption = Les quatre grilles, item par item
table_reporting_checklist-note = Intitulés abrégés, de notre main ; les grilles d'origine font foi. Calculé : carnet, section et fichier, ou fonction. Absent : une raison quand elle est connue.

## Phrases sur les facteurs prédictifs

predictors-events = Le modèle estime { $k } coefficients avec { $n_rarer } répondants dans le plus petit des deux groupes ({ $n_events } ont un outil sécurisé, sur { $n }), soit { $epv } événements par covariable ; à { $enough } par covariable, la règle la plus citée, ces données en soutiennent { $supported }.
predictors-validation = Si l'on tire au sort un utilisateur d'outil sécurisé et un autre répondant, le modèle les reconnaît dans { $apparent } des cas ici, et sans doute dans { $corrected } chez de nouveaux répondants (le hasard : 50 %). Pour y prédire juste, ses coefficients seraient à multiplier par { $slope }.
predictors-definition = { $n ->
    [0] D'un classement des outils à l'autre, aucun des { $total } tests ne change de verdict au seuil de { $alpha }.
   *[other] Tests dont le verdict au seuil de { $alpha } change d'un classement des outils à l'autre : { $n } sur { $total } ({ $which }).
}

## Prochaine étude

plan-regression = Un modèle logistique à { $n_parameters } covariables demande { $n_total } répondants, dont { $n_events } avec un outil sécurisé ({ $epp } par covariable) ; la cohorte en a { $n_now }, dont { $n_events_now }.

## Grilles de lecture

reporting-sentence = Sur { $total } items, { $computed } sont calculés ici, { $located } se lisent dans le mémoire et { $absent } manquent dans la partie lue.

## Titres des figures

figure_title-figure_1_flow = Figure 1. De l'invitation à l'analyse : le diagramme de flux
figure_title-figure_2_primary = Figure 2. Score des utilisateurs et des non-utilisateurs de Predice PRO
figure_title-figure_3_secondary_1 = Figure 3. Score des outils sécurisés, Predice PRO à part, et des outils non sécurisés
figure_title-figure_4_secondary_2 = Figure 4. Score de Predice PRO et des autres outils sécurisés
figure_title-map_respondents = Carte. Répondants par département
figure_title-regression_cells = Cases de la régression face aux nombres imprimés
figure_title-items_likert = Réponses à chaque item du score
figure_title-scree = Valeurs propres des items face au hasard
figure_title-items_by_class = Items selon la classe d'outils
figure_title-distribution_primary = Répartition des scores, critère principal
figure_title-distribution_secondary_1 = Répartition des scores, outils sécurisés et non sécurisés
figure_title-distribution_secondary_2 = Répartition des scores, Predice PRO et autres outils sécurisés
figure_title-forest_bivariate = Odds ratios de l'analyse bivariée
figure_title-forest_multivariate = Coefficients de la régression logistique
figure_title-calibration = Calibration de la régression logistique
figure_title-fidelity = Nombres imprimés, selon ce que la cohorte en rend
figure_title-multiverse = Spécifications, utilisateurs et non-utilisateurs
figure_title-multiverse_secondary_1 = Spécifications, outils sécurisés et non sécurisés
figure_title-multiverse_secondary_2 = Spécifications, Predice PRO et autres outils sécurisés
figure_title-multiverse_excellent_it_skills = Spécifications, aisance informatique
figure_title-multiverse_weekly_exchanges = Spécifications, échanges fréquents
figure_title-next_study_power = Puissance selon le nombre de répondants
figure_title-next_study_precision = Précision selon le nombre de répondants

## Endroits du mémoire

where-Tableau_1-effectifs = Tableau 1 (effectifs)
where-Tableau_1-analyse_bivariee = Tableau 1 (analyse bivariée)
where-Tableau_2-analyse_multivariee = Tableau 2 (analyse multivariée)
where-Resume = Résumé
where-Figure_2-legende = Figure 2, légende
where-Figure_3-legende = Figure 3, légende
where-Figure_4-legende = Figure 4, légende
where-Resultats_3 = Résultats 3
where-Resultats_4 = Résultats 4
where-Resultats_5 = Résultats 5
where-Resultats_6-bivariee = Résultats 6, bivariée
where-Resultats_6-multivariee = Résultats 6, multivariée
where-Methodes_1_d = Méthodes 1 d
where-Methodes_1_b = Méthodes 1 b
where-Methodes_2_a = Méthodes 2 a
where-Methodes_4 = Méthodes 4
where-Methodes_3_a = Méthodes 3 a
where-Annexes = Annexes
where-Introduction_generale-5-citee_par_les_methodes = Introduction générale, 5 (citée par les méthodes)
where-Methodes-1 = Méthodes, 1
where-Methodes-1-1_d-Recueil_de_donnees-b = Méthodes, 1 ; 1 d ; Recueil de données, b
where-Methodes-1-Recueil_de_donnees-b = Méthodes, 1 ; Recueil de données, b
where-Methodes-1_a = Méthodes, 1 a
where-Methodes-1_a-guides_et_reglement-aucun_entretien_decrit = Méthodes, 1 a (guides et règlement ; aucun entretien décrit)
where-Methodes-1_a-elaboration-aucun_essai_decrit = Méthodes, 1 a (élaboration ; aucun essai décrit)
where-Methodes-1_a-1_d = Méthodes, 1 a ; 1 d
where-Methodes-1_a-Recueil_de_donnees-b-Annexes = Méthodes, 1 a ; Recueil de données, b ; Annexes
where-Methodes-1_b = Méthodes, 1 b
where-Methodes-1_d = Méthodes, 1 d
where-Methodes-1_d-invitations_par_courriel = Méthodes, 1 d (invitations par courriel)
where-Methodes-1_d-relances_des_coordinateurs = Méthodes, 1 d (relances des coordinateurs)
where-Methodes-1_d-echantillon_de_convenance-non_nomme_ainsi = Méthodes, 1 d (échantillon de convenance, non nommé ainsi)
where-Methodes-2_a-non_applicable_seulement = Méthodes, 2 a (« non applicable » seulement)
where-Methodes-2_a-2_b = Méthodes, 2 a ; 2 b
where-Methodes-2_a-Annexes = Méthodes, 2 a ; Annexes
where-Methodes-3_a-4 = Méthodes, 3 a ; 4
where-Methodes-Recueil_de_donnees-b = Méthodes, Recueil de données, b
where-Methodes-Recueil_de_donnees-b-anonymat-5 = Méthodes, Recueil de données, b (anonymat) ; 5
where-Methodes-Recueil_de_donnees-b-5 = Méthodes, Recueil de données, b ; 5
where-Resultats-6-intitules_des_tableaux = Résultats, 6 (intitulés des tableaux)
where-affirmee_sans_comparaison-Methodes-Recueil_de_donnees-b = affirmée sans comparaison : Méthodes, Recueil de données, b
where-aucun_autre_instrument = aucun autre instrument
where-aucune_mesure_de_reference = aucune mesure de référence
where-durees_ecartees_de_l-export = durées écartées de l'export
where-declaration_a_la_CNIL-Methodes-5 = déclaration à la CNIL : Méthodes, 5
where-hors_de_l-extrait_disponible = hors de l'extrait disponible
where-hors_de_l-extrait_disponible-discussion = hors de l'extrait disponible (discussion)
where-hors_de_l-extrait_disponible-resume = hors de l'extrait disponible (résumé)
where-hors_de_l-extrait_disponible-titre-resume = hors de l'extrait disponible (titre, résumé)
where-part_de_non_applicable-02_score_construction = part de « non applicable » : 02_score_construction
where-pour_une_prochaine_etude-08_next_study = pour une prochaine étude : 08_next_study
where-reponse_non_applicable_offerte-Annexes = réponse « non applicable » offerte : Annexes
where-role_de_l-URPS-Methodes-5-financement_non_enonce = rôle de l'URPS : Méthodes, 5 ; financement non énoncé
where-sans_objet-une_seule_passation = sans objet : une seule passation
where-texte_de_l-invitation_non_fourni = texte de l'invitation non fourni
where-une_seule_passation = une seule passation

## Pages

page-title = Score e-Santé Sécurité : résultats
page-synthetic =
    Cohorte synthétique : ces réponses ont été construites par un programme,
    aucune n’a été donnée par un médecin.
