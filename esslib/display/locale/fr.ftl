### Mots et phrases des figures, des tableaux et des pages, en français.
### Un fait entre accolades arrive écrit ; les espaces insécables devant : ; ! ? % viennent à la lecture.

## Marques

synthetic = Données synthétiques : aucune réponse réelle n'a été utilisée.
withheld = Moins de { $n } personnes : effectif non montré (–), ni rien qui permette de le retrouver.
unprotected = Rien n'est retenu : de petits effectifs sont montrés, et des personnes peuvent être reconnues. À ne donner à personne.

## Diagramme de flux

flow-line = { $label } : { $n }
flow-invited = Invitations envoyées
flow-no_response = Sans réponse
flow-responses = Réponses reçues
flow-excluded = Non inclus
flow-included = Inclus
flow-analysed = Analysés
flow-without_score = Sans score, faute d'une réponse

## Boîtes à moustaches

box-tick =
    { $label }
    n = { $n }
    moyenne ± écart type : { $mean_sd }
box-key =
    Trait plein : médiane ; pointillés : moyenne ; boîte : quartiles ; moustaches : extrêmes ;
    { $dots ->
        [averaged] un point par répondant, à la moyenne de plusieurs voisins
        [thinned] au plus { $n } points par groupe, espacés régulièrement selon le rang
       *[each] un point par répondant
    }
box-test = Différence des moyennes : { $difference } points { $interval }, { $p } (Mann-Whitney)

## Carnet à curseurs

explore-total = Score total
explore-axis = { $outcome } ({ $low } à { $high } points)
explore-group = { $label } : n = { $n }, moyenne ± écart type { $mean_sd }, médiane { $median } { $quartiles }
explore-no_test = Avec ces choix, un des groupes n'a aucun score : il n'y a rien à comparer.

## Carte

map-none = Non précisé : { $n }
map-credit = Fond de carte : { $credit }

## Répartition des scores

distribution-score = Score (points)
distribution-share =
    Part des répondants ayant
    au plus ce score (%)
distribution-expected = Score attendu sous une loi normale
distribution-score_of = { $dots ->
    [averaged] Score (moyenne de voisins)
   *[each] Score observé
}

## Barres empilées

likert-axis = Part des répondants (%)

## Items par classe

heat-mean_points = Points moyens
heat-share_percent = Part de la différence (%)
heat-na_percent = « Non applicable » (%)
heat-alt-row = « { $item } » : { $cells }

## Valeurs propres

scree-observed = réponses de la cohorte
scree-random = réponses mélangées au hasard (95e centile)
scree-component = Composante
scree-eigenvalue = Valeur propre
scree-alt = Composantes au-dessus du hasard : { $n }. La première a une valeur propre de { $eigenvalue }, contre { $random } pour des réponses mélangées ; elle porte { $percent } de la variance des items.

## Phrases sur le questionnaire

reading-ends = Items dont plus de { $limit } des réponses sont au minimum (effet plancher) : { $n_floor } sur { $n } ; au maximum (effet plafond) : { $n_ceiling } sur { $n }. Pour le score entier : { $floor } des répondants au minimum, { $ceiling } au maximum.
reading-carriers = Les items qui portent le plus la différence : { $most } ; ensemble, { $together }. Ceux qui la portent le moins : { $least }.
cells-attained = Sur { $n } cases de la régression, au plus { $rounded } peuvent être rendues si les nombres sont arrondis, au plus { $truncated } s'ils sont tronqués. La cohorte en rend { $met }.
reading-spread = Sur { $n } cohortes reconstruites à partir des mêmes nombres imprimés, l'alpha des répondants complets va de { $alpha_minimum } à { $alpha_maximum } et l'oméga de { $omega_minimum } à { $omega_maximum }.

## Graphiques en forêt

forest-odds_ratio = OR [IC { $level }]
forest-coefficient = Coefficient [IC { $level }]
forest-p = p
forest-odds_ratio_axis = Odds ratio (échelle logarithmique)
forest-coefficient_axis = Coefficient de régression (log odds ratio)
forest-difference = Différence [IC]
forest-difference_axis = Différence des scores moyens (points)
forest-pooled = Synthèse (effets aléatoires)
forest-prediction = Intervalle de prédiction
forest-by_size = { $n } cohortes par différence croissante

## Statuts des nombres imprimés, dans leur ordre

status-reproduced = reproduits
status-differs = différents
status-needs = sous réserve
status-impossible = impossibles

## Nombres imprimés, case par case

fidelity-key = { $label } ({ $n })
fidelity-share = { $n } sur { $total }
fidelity-head = Reproduits

## Spécifications

multiverse-axis =
    Différence
    (points)
multiverse-axis-log_odds_ratio =
    Coefficient
    (log odds ratio)
multiverse-verdict = La conclusion « { $conclusion } » { $n ->
    [0] ne peut être jugée : aucune spécification ne donne d'estimation.
   *[other] tient dans { $n_holding } spécifications sur { $n } ({ $percent }) ; { $decided }.
}
multiverse-decided = le choix qui en décide le plus est « { $choice } » : { $most_percent } avec « { $most } », { $least_percent } avec « { $least } »
multiverse-undecided = aucun choix n'y change rien
multiverse-none = Aucune spécification ne donne d'estimation.

## Choix d'une spécification et leurs valeurs

choice-score_direction = Sens du score
choice-score_direction-literal = littéral
choice-score_direction-any = sans effet
choice-contrast = Comparaison
choice-outcome = Mesure
choice-na_rule = Non applicable
choice-na_rule-item_median = médiane de l'item
choice-na_rule-person_mean = moyenne de la personne
choice-na_rule-item_mean = moyenne de l'item
choice-na_rule-complete_case = cas complets
choice-na_rule-multiple_imputation = imputation multiple
choice-na_scope = Calcul par
choice-na_scope-compared_group = groupe comparé
choice-na_scope-whole_sample = échantillon entier
choice-na_scope-any = sans effet
choice-unanswered = Item sans réponse
choice-unanswered-exclude = répondant exclu
choice-unanswered-as_not_applicable = comme non applicable
choice-unanswered-any = sans effet
choice-covariate_gaps = Covariable sans réponse
choice-covariate_gaps-any = sans effet
choice-covariate_gaps-as_coded = selon le tableau imprimé
choice-covariate_gaps-complete_cases = répondant exclu
choice-covariate_gaps-unexposed = non exposé
choice-covariate_gaps-exposed = exposé
choice-test = Test
choice-test-welch = Welch
choice-test-yuen = Yuen (moyennes tronquées)
choice-test-mann_whitney = Mann-Whitney
choice-test-brunner_munzel = Brunner-Munzel
choice-test-ols = moindres carrés
choice-test-ols_hc3 = moindres carrés, HC3
choice-test-huber = Huber (robuste)
choice-test-logit_wald = logistique, Wald
choice-test-logit_profile = logistique, profil
choice-test-logit_firth = logistique de Firth
choice-adjustment = Ajustement
choice-adjustment-none = aucun
choice-adjustment-all = toutes les covariables

## Textes qui remplacent une figure

alt-separator = { "" } ; { "" }
alt-pair = { $label } : { $value }
alt-flow = Diagramme de flux du recrutement. { $steps }.
alt-box-group = { $label } (n = { $n }) : moyenne ± écart type { $mean_sd }, médiane { $median }, quartiles { $quartiles }, extrêmes { $extremes }
alt-distribution = Répartition des scores et écart à la loi normale (test de Shapiro-Wilk) : { $groups }.
alt-distribution-group = { $label }, { $p }
alt-likert = Réponses aux { $n } items en barres empilées. { $groups }.
alt-likert-group = { $label } : accord le plus fréquent pour « { $most } » ({ $most_share }), le plus rare pour « { $least } » ({ $least_share })
alt-forest = Graphique en forêt de { $n } covariables. { $n_clear ->
    [0] Tous les intervalles de confiance à { $level } contiennent { $neutral }
   *[other] Intervalle de confiance à { $level } qui ne contient pas { $neutral } : { $rows }
}.
alt-fidelity = { $total } nombres imprimés, une case chacun : { $statuses }. { $places }.
alt-fidelity-place = { $where } : { $n } sur { $total } reproduits
alt-multiverse = Courbe de { $n } spécifications : différence de { $low } à { $high } points, { $clear } intervalles sans 0.
alt-calibration-group = prédit { $predicted }, observé { $observed } (de { $ci_low } à { $ci_high })
alt-cells = Position des cases de la régression parmi les valeurs que le nombre imprimé peut représenter : { $n } cases sur { $total } à l'intérieur. À l'extérieur : { $missed }.
alt-cohorts = Graphique en forêt de la différence principale dans { $n } cohortes, de { $low } à { $high } points. { $pooled }

## Tableaux : titres de colonnes, cellules

table_characteristic = Caractéristique
table_group = { $label } (n = { $n })
table_standardised_difference = Différence standardisée
table_p = p
table_test = { $sign } = { $name }
table_several = { $label } (plusieurs réponses possibles)
table_answered = Ont répondu
table_of = { $n } sur { $total }
table_mean_sd = Moyenne ± écart type
table_median_quartiles = Médiane [Q1 ; Q3]
table_compared = Groupe comparé
table_shapiro_p = p (Shapiro-Wilk)
table_difference = Différence [IC { $level }]
table_mann_whitney_p = p (Mann-Whitney)
table_rank_biserial = Taille d'effet r
table_item = Item
table_median = Médiane (points)
table_item_total = r item-reste
table_alpha_if_dropped = Alpha sans l'item
table_odds_ratio_interval = OR [IC { $level }]
table_odds_ratio = OR
table_chi2_p = p (khi-deux)
table_fisher_p = p (Fisher)
table_coefficient = Coefficient [IC { $level }]
table_wald_p = p (Wald)
table_firth_coefficient = Firth : coefficient [IC { $level }]
table_firth_p = p (Firth)
table_what = Résultat
table_statistic = Statistique
table_printed = Imprimé
table_recomputed = Recalculé
table_match = Comparaison
table_effect_size = Taille d'effet
table_method = Intervalle
table_value_interval = Valeur [IC { $level }]
table_test_name = Test
table_test_statistic = Statistique du test
table_p_holm = p (Holm)
table_risk_difference = Différence, points [IC { $level }]
table_holm_p = p (Holm)
table_bh_p = p (BH)
table_wald_estimate = Wald [IC { $level }], p
table_profile_estimate = Profil [IC { $level }], p
table_firth_estimate = Firth [IC { $level }], p
table_definition_estimate = Coefficient { $name } [IC { $level }], p
table_measure = Mesure
table_apparent = Ici
table_corrected = Attendu ailleurs
table_guide = Repère
table_from_to = { $low } à { $high }
table_range = Étendue
table_estimate = Valeur
table_interval = Intervalle de confiance
table_na_interval = Non applicable (%) [IC 95 %]
table_floor = Au minimum
table_ceiling = Au maximum
table_compared_classes = Classes comparées
table_mean_first = Moyenne, première classe
table_mean_second = Moyenne, seconde classe
table_cliff_delta = Delta de Cliff [IC { $level }]
table_adjusted_p = p (Holm)
table_share = Part de la différence
table_this_cohort = Cette cohorte
table_range_ends = { $low } à { $high }
table_cohorts = Cohortes
table_whole_scale = Ensemble des items
table_no_row = aucun
table_check = Contrôle
table_verdict = Verdict
table_expected = Attendu
table_proof = Preuve
table_status = Statut
table_conclusion = Conclusion
table_specifications = Spécifications
table_holds = Tient
table_deciding_choice = Choix décisif
table_most = Tient le plus
table_least = Tient le moins
table_choice = Choix
table_value = Valeur
table_criterion = Critère
table_target = Objectif
table_per_group = Par groupe
table_respondents = Répondants
table_where = Où
table_targets = Nombres à rendre
table_met = Rendus
table_reading = Lecture retenue
table_achieved = Cohorte synthétique
table_missed_by = Écart
table_coefficient_within = Coefficient, d'après sa case
table_middle_within = Coefficient, d'après les bornes
table_guideline = Grille
table_items_computed = Calculés ici
table_items_absent = Absents
table_items_all = Tous
table_item_computed = calculé
table_item_absent = absent
table_reported_item = Item
table_place = Où
table_cohort = Cohorte
table_group_mean = { $label }, moyenne (n)
table_mean_n = { $mean } ({ $n })
table_difference_ci = Différence [IC]
table_weight = Poids
table_tau_estimator = Estimation de τ²
table_mean_difference = Différence moyenne [IC 95 %]
table_prediction = Prédiction à 95 %
table_tau = τ (points)
table_i2 = I²
table_q_p = p (Q de Cochran)
table_reason = Raison

## Tableaux : titres et notes

table_tableau_1-balance = Différence standardisée : écart entre les groupes (première colonne moins seconde) rapporté à l'écart type commun, sans unité ; pour une question à réponse unique, distance de Yang et Dalton, sans signe, qui porte comme p sur le bloc entier et figure sur sa première ligne.
table_tableau_1-tests = Tests, sans ajustement pour leur nombre : { $tests }.
table_tableau_1-note =
    Effectif et, entre parenthèses, pourcentage des personnes qui ont répondu à la question.
    Quand plusieurs réponses étaient possibles, la somme des pourcentages dépasse 100 %.
table_comparison-note =
    Différence des moyennes, premier groupe moins second ; intervalle de confiance (IC) de Welch.
    Test de Mann-Whitney bilatéral, corrigé des ex æquo et de la continuité ; r : corrélation bisériale de rang, positive quand le premier groupe a les scores les plus élevés.
    Shapiro-Wilk : une petite valeur de p parle contre une distribution normale.
table_effect_sizes-caption = Tailles d'effet et leurs intervalles
table_effect_sizes-note =
    g de Hedges : différence des moyennes en écarts types communs, corrigée pour les petits effectifs.
    Probabilité de supériorité : chance qu'un répondant du premier groupe ait un score plus élevé qu'un répondant du second, ex æquo comptés pour moitié ; 0,5 quand rien ne distingue les groupes. r bisérial de rang : la même, ramenée de −1 à 1.
table_robust_tests-caption = Le résultat dépend-il du test ?
table_robust_tests-note =
    Tests bilatéraux. Brunner-Munzel et Welch n'exigent pas la même dispersion dans les deux groupes ; les permutations ne supposent aucune loi.
    p (Holm) : corrigé, sous un même test, pour toutes les comparaisons.
table_items-caption = Réponses aux items du score et cohérence de chaque item
table_items-note =
    Nombre de répondants pour chaque réponse ; médiane sans les réponses « Non applicable ».
    r item-reste : corrélation avec la somme des autres items. Alpha sans l'item : alpha de Cronbach des autres items.
table_bivariate_checks-caption = Analyse bivariée : parts et différences de parts ; correction pour le nombre de tests
table_multivariate_checks-caption = Régression logistique : les mêmes coefficients, estimés de trois façons
table_multivariate_checks-note =
    Wald et profil : maximum de vraisemblance ; l'intervalle de Wald est symétrique, celui du profil suit la vraisemblance, et son test est celui du rapport de vraisemblances.
    Firth : vraisemblance pénalisée, intervalle de vraisemblance profilée, test du rapport de vraisemblances.
table_model_trust-caption = Jusqu'où croire le modèle
table_beside_printed-caption = Nombres imprimés et nombres recalculés
table_beside_printed-note = Recalculé : nombre tiré des données de ce dossier, avec autant de décimales que le nombre imprimé.
table_counts-caption = Réponses
table_counts-note = Toutes les réponses lues sont comptées.
table_matches-caption = Comparaison avec les nombres imprimés
table_matches-note = Chaque nombre imprimé est comparé une fois.
table_risk-caption = Risque de reconnaître un répondant
table_risk-note = Une classe réunit les répondants qui ont les mêmes caractéristiques ; ne pas répondre en est une.
table_score_summary-note = Étendue : plus petit et plus grand score observés.
table_reliability-caption = Cohérence interne du score
table_reliability-note =
    Alpha : alpha de Cronbach, avec son intervalle de confiance à 95 % (Feldt) ; celui d'un alpha calculé sur des points remplacés est trop étroit.
    Alpha et oméga ordinaux : d'après les corrélations polychoriques, sans intervalle.
    Un tiret à la place d'une valeur : elle ne peut être calculée sur cette cohorte (moins de trois répondants complets, ou un item sans variation).
table_items_by_class-note = Nombre de répondants pour chaque réponse. Non applicable : part des réponses données ; intervalle de confiance (IC) de Wilson.
table_floor_ceiling-caption = Réponses aux deux bouts de l'échelle
table_floor_ceiling-note = n : répondants qui ont des points. Au-delà de 15 % à un bout, l'échelle ne distingue plus assez les répondants (Terwee).
table_item_differences-note =
    Sans les réponses « Non applicable ». Part : différence de l'item dans la somme des différences des items ; négative quand l'item va dans l'autre sens.
    p : Mann-Whitney, corrigé par Holm sur toutes les lignes.
table_ranges-caption = Cette cohorte parmi les cohortes reconstruites
table_audit_summary-caption = Contrôles des nombres imprimés
table_audit_summary-note = Compatible : au moins un jeu de données peut donner ces nombres. Impossible : aucun ne le peut.
table_findings-caption = Constats de l'audit
table_findings-note = Preuve : ce que le programme a énuméré ou la borne qui est franchie.
table_fidelity-caption = Nombres imprimés que la cohorte ne rend pas
table_fidelity-note = Impossible : l'audit prouve qu'aucune donnée compatible avec le reste ne peut donner ce nombre.
table_verdicts-caption = Chaque conclusion, dans toutes les spécifications
table_verdicts-note =
    Seules comptent les spécifications qui donnent une estimation.
    Choix décisif : celui dont les valeurs écartent le plus cette part.
table_shares-caption = Part des spécifications où la conclusion tient, choix par choix
table_shares-note = Tous les autres choix varient.
table_next_study-caption = Effectifs nécessaires à une prochaine étude
table_next_study-note =
    Différence : test de Mann-Whitney bilatéral sur la distribution du score de la cohorte, et intervalle de Welch.
    Régression : critères de Riley et al. ; le plus grand effectif s'impose.
table_families-caption = Nombres imprimés à rendre, et nombres rendus
table_families-note = Rendu : la valeur de la cohorte synthétique donne, à la précision imprimée, le nombre imprimé.
table_readings-caption = Lectures retenues
table_readings-note = Chaque ligne est un endroit où les nombres imprimés se contredisent ou ne disent pas assez.
table_targets-caption = Nombres visés et atteints
table_targets-note = Écart : distance aux valeurs que le nombre imprimé peut représenter ; ✓ quand il n'y en a pas.
table_attainable-caption = Lignes de la régression qu'aucune donnée ne peut rendre en entier
table_attainable-note = Un intervalle de Wald a son coefficient au milieu. Les deux intervalles n'ont au plus qu'une extrémité en commun : une case au moins de la ligne est fausse.
table_cohorts-caption = Différence principale dans chaque cohorte
table_cohorts-note =
    Score moyen en points, entre parenthèses l'effectif ; différence des moyennes, premier groupe moins second, avec l'intervalle de confiance de Welch ; p de Mann-Whitney.
    Poids : part de la cohorte dans la synthèse à effets aléatoires.
table_cohorts_pooled-caption = Synthèse des cohortes à effets aléatoires
table_cohorts_pooled-note =
    Différence moyenne avec l'intervalle de confiance à 95 % de Hartung-Knapp (facteur d'échelle au moins égal à 1) ; prédiction : différence attendue dans une nouvelle cohorte, à 95 %.
    I² : part de la variation entre cohortes qui dépasse le hasard ; τ : écart type de la différence entre cohortes.
table_cohorts_failed-caption = Cohortes sans résultat
table_cohorts_failed-note = Le message est celui du programme ; la cohorte est reprise au prochain lancement.

## Tableaux : libellés de codes

table_label-test-chi2 = khi-deux sans correction
table_label-test-fisher = exact de Fisher
table_label-test-mann_whitney = Mann-Whitney
table_label-test-brunner_munzel = Brunner-Munzel
table_label-test-welch = t de Welch
table_label-test-permutation_difference = Permutations, différence des moyennes
table_label-test-permutation_u = Permutations, U de Mann-Whitney
table_label-population = Population
table_label-n_unanswered = Sans réponse
table_label-statistic-n = Effectif
table_label-statistic-threshold = Seuil
table_label-statistic-points = Points
table_label-statistic-percent = Pourcentage
table_label-statistic-mean = Moyenne
table_label-statistic-sd = Écart type
table_label-statistic-median = Médiane
table_label-statistic-min = Minimum
table_label-statistic-max = Maximum
table_label-statistic-difference = Différence des moyennes
table_label-statistic-odds_ratio = OR
table_label-statistic-coefficient = Coefficient
table_label-statistic-ci_low = Borne inférieure de l'intervalle
table_label-statistic-ci_high = Borne supérieure de l'intervalle
table_label-statistic-p_value = p
table_label-statistic-alpha_complete = Alpha, répondants sans aucun « Non applicable »
table_label-statistic-alpha_item_median = Alpha, « Non applicable » remplacé par la médiane de l'item
table_label-statistic-alpha_ordinal = Alpha ordinal, tous les répondants
table_label-statistic-omega_ordinal = Oméga ordinal, tous les répondants
table_label-statistic-n_complete = Nombre de répondants sans aucun « Non applicable »
table_label-statistic-n_components = Composantes au-dessus du hasard
table_label-statistic-first_component_percent = Variance portée par la première composante
table_label-statistic-item_total = Corrélation item-reste
table_label-statistic-na_percent = Non applicable
table_label-statistic-floor_percent = Au minimum
table_label-statistic-ceiling_percent = Au maximum
table_label-statistic-cliff_delta = Delta de Cliff
table_label-statistic-share_percent = Part de la différence
table_label-statistic-outcome = Critère de jugement
table_label-statistic-shapiro_p = p (Shapiro-Wilk)
table_label-size-hedges_g = g de Hedges
table_label-size-cles = Probabilité de supériorité
table_label-size-rank_biserial = r bisérial de rang
table_label-method-noncentral_t = t non central
table_label-method-brunner_munzel = Brunner-Munzel
table_label-method-bootstrap = bootstrap (BCa)
table_label-match = Comparaison
table_label-nearest = ✓ identique
table_label-truncated = ✓ identique (troncature)
table_label-differs = ≠ différent
table_label-check-rounding_convention = Convention d'arrondi
table_label-check-levels_add_up = Effectifs qui doivent s'additionner
table_label-check-multiple_answers = Réponses multiples
table_label-check-subtotal = Sous-totaux
table_label-check-criteria = Critères d'inclusion
table_label-check-group_sizes = Taille des groupes
table_label-check-percentages = Pourcentages
table_label-check-order_of_values = Ordre des valeurs
table_label-check-percent_of_count = Pourcentage d'un effectif
table_label-check-no_check = Nombres sans contrôle
table_label-check-granularity = Moyennes et écarts types possibles
table_label-check-difference_of_means = Différence des moyennes
table_label-check-whole_from_parts = Ensemble et parties
table_label-check-score_direction = Sens du score
table_label-check-rank_test = Test des rangs
table_label-check-interval_symmetry = Intervalle et estimation
table_label-check-p_from_interval = Valeur de p et intervalle
table_label-check-standard_error_bound = Borne de l'erreur standard
table_label-check-duplicated_cells = Lignes identiques
table_label-check-two_by_two = Tableau à quatre cases
table_label-check-exposed_against_counts = Découpage des caractéristiques
table_label-check-between_tables = D'un tableau à l'autre
table_label-check-text_against_table = Texte et tableau
table_label-check-repeated_numbers = Nombres répétés
table_label-check-claimed_significance = Significativité affirmée
table_label-check-counted_rows = Nombre de facteurs
table_label-check-rows_lacking = Caractéristiques absentes d'un tableau
table_label-verdict-consistent = compatible
table_label-verdict-not_checked = non contrôlé
table_label-verdict-needs = possible
table_label-verdict-impossible = impossible
table_label-status-reproduced = reproduit
table_label-status-differs = différent
table_label-status-needs = autre lecture
table_label-status-impossible = impossible
table_label-place-bivariate = Analyse bivariée
table_label-place-multivariate = Analyse multivariée
table_label-place-text = Texte
table_label-place-methods = Méthodes
table_label-multivariate-significant = Facteurs significatifs de l'analyse multivariée
table_label-question-comparison = Différence entre deux groupes
table_label-question-regression = Facteurs prédictifs (régression logistique)
table_label-criterion-simulated_power = Puissance, par simulation
table_label-criterion-noether = Puissance, formule de Noether
table_label-criterion-half_width = Précision de la différence
table_label-criterion-shrinkage = Peu de surajustement
table_label-criterion-optimism = Peu d'optimisme du R²
table_label-criterion-overall_risk = Risque global précis
table_label-kind-contradiction = Nombres qui se contredisent
table_label-kind-rounding = Moyennes tronquées
table_label-kind-totals = Effectifs qui ne font pas le total
table_label-kind-two_cuts = Un intitulé, deux découpages
table_label-kind-left_out = Cases hors d'atteinte
table_label-paule_mandel = Paule-Mandel
table_label-dersimonian_laird = DerSimonian-Laird

## Tableaux : comparaison avec un nombre imprimé

table_match-nearest = ✓ identique
table_match-truncated = ✓ identique (troncature)
table_match-differs = ≠ différent

## Phrases sur une comparaison

table_sentence = { $contrast } : le score moyen est de { $first }, et de { $second }. La différence des moyennes est de { $difference } (test de Mann-Whitney : { $p } ; après correction de Holm pour { $n_tests } comparaisons : { $p_holm }). La probabilité de supériorité du premier groupe est de { $cles }, et le g de Hedges de { $hedges_g } (intervalles par bootstrap).
table_sentence-difference = { $value } points, IC { $level } { $interval }
table_sentence-size = { $value }, IC { $level } { $interval }
table_sentence-group = { $mean_sd } points (médiane et quartiles : { $median } ; n = { $n }) dans le groupe « { $label } »

## Jusqu'où croire le modèle

table_trust-epv = Événements par covariable
table_trust-epv-guide = au moins 10
table_trust-vif = Inflation de la variance
table_trust-vif-guide = moins de 5
table_trust-auc = AUC
table_trust-auc-guide = 0,5 : hasard ; 1 : parfait
table_trust-slope = Pente de calibration
table_trust-slope-guide = 1 : juste ; moins : trop extrême

## Phrases sur les facteurs prédictifs

predictors-multiplicity = Tests significatifs au seuil de { $alpha } : { $p_value } sur { $n } sans correction, { $p_holm } après Holm, { $p_bh } après Benjamini-Hochberg. Sans aucun effet réel, { $n } tests à ce seuil en donneraient déjà { $expected } en moyenne.
predictors-significance = « { $label } » : { $kind ->
    [all] association significative avec toutes les méthodes, { $yes }.
    [none] association non significative quelle que soit la méthode, { $no }.
   *[some] association significative avec { $yes } ; non significative avec { $no }.
}
predictors-method-chi2 = le khi-deux
predictors-method-holm = Holm
predictors-method-bh = Benjamini-Hochberg
predictors-method-wald = Wald
predictors-method-profile = le profil
predictors-method-firth = Firth
predictors-events-few = C'est trop peu : les coefficients tendent à être exagérés, leurs intervalles sont larges, et une caractéristique non significative n'est pas pour autant sans effet.
predictors-events-enough = Selon cette règle, c'est assez.
predictors-separation = Aucune combinaison de covariables ne sépare parfaitement les deux groupes : chaque coefficient a une valeur finie. Dans { $lost } des { $total } rééchantillonnages il n'en va pas ainsi, et ils sont laissés de côté.
predictors-separated = { $separating } : ces caractéristiques séparent parfaitement les deux groupes, et leurs coefficients seraient infinis. Le maximum de vraisemblance n'a donc pas de réponse ; seule la régression de Firth en donne une.
predictors-constant = { $constant } : même réponse chez tous ; le modèle s'en passe.
predictors-definition-test = « { $label } », { $analysis }
predictors-printed = Nombres imprimés retrouvés : { $met } sur { $total } ({ $percent }).

## Calibration

calibration-ideal = accord parfait
calibration-seen = groupe d'environ { $n } répondants, IC à 95 %
calibration-predicted = Part prédite par le modèle
calibration-observed = Part observée

## Risque de reconnaître un répondant

table_risk-known = Ce que l'on connaît
table_risk-n_classes = Classes
table_risk-k = Plus petite classe
table_risk-n_unique = Répondants seuls de leur classe
table_risk-n_below = Répondants en classe de moins de { $n }
table_risk-share = Part

## Prochaine étude

plan-simulated = simulation
plan-noether = formule de Noether
plan-target = objectif
plan-n_total = Répondants, les deux groupes ensemble
plan-power = Puissance
plan-half_width = Demi-largeur de l'intervalle (points)
plan-alt-power = Puissance du test de Mann-Whitney : { $first } avec { $n_first } répondants, { $last } avec { $n_last }.
plan-alt-precision = Demi-largeur de l'intervalle de la différence : { $first } points avec { $n_first } répondants, { $last } avec { $n_last }.
plan-alt-reached = { "" } { $sizes ->
    [0] Aucune des tailles montrées n'atteint l'objectif.
   *[other] Parmi les tailles montrées, l'objectif est atteint à partir de { $n } répondants.
}
plan-comparison = Pour avoir { $power } de chances de voir une différence de { $difference } points (Mann-Whitney bilatéral, seuil { $alpha }), il faut { $n_first } répondants dans un groupe et { $n_second } dans l'autre, soit { $n_total }.
plan-precision = Pour connaître la différence à { $half_width } points près, il faut { $n_first } répondants dans un groupe et { $n_second } dans l'autre, soit { $n_total }.
plan-unreachable = Aucune taille raisonnable n'atteint cet objectif.

## Objectifs d'une prochaine étude

table_goal-half_width = ± { $value } points
table_goal-shrinkage = facteur ≥ { $value }
table_goal-optimism = ≤ { $value }
table_goal-overall_risk = ± { $value }

## Cases de la régression

cells-band = Valeurs qui s'arrondissent au nombre imprimé
cells-ci_low = Borne inférieure
cells-coefficient = Coefficient
cells-ci_high = Borne supérieure
cells-missed = Hors d'atteinte
cells-low_end =
    arrondi le
    plus bas
cells-printed =
    nombre
    imprimé
cells-high_end =
    arrondi le
    plus haut

## Plusieurs cohortes

cohorts-title = Comparaison de cohortes
cohorts-done = Cohortes analysées : { $n }. Échecs : { $n_failed }.
-cohorts-too_few = Il faut au moins deux cohortes avec une différence et son erreur type pour une synthèse.
cohorts-pooled = { $n ->
    [0] { -cohorts-too_few }
    [1] { -cohorts-too_few }
   *[other] Différence moyenne du score entre les deux groupes de la comparaison principale, sur { $n } cohortes : { $estimate } points. Intervalle de prédiction d'une nouvelle cohorte : { $prediction }. Hétérogénéité : I² = { $i2 }, τ² = { $tau2 }, { $p }.
}
cohorts-shown = Les { $shown } premières cohortes sur { $n } sont montrées ; toutes sont dans { $file }.
cohorts-pages = Pages de chaque cohorte

## Page d'accueil

index-printed = Sur { $total } nombres imprimés, la cohorte en rend { $reproduced } ; { $differs } diffèrent, { $other_reading } ne sont possibles que sous d’autres lectures et { $impossible } sont impossibles. L'audit des nombres imprimés entre eux compte { $checks } contrôles : { $consistent } compatibles, { $needs } possibles sous certaines lectures seulement, { $contradictory } impossibles ; { $not_checked } ne peuvent rien montrer.
index-heading-predictors = Facteurs prédictifs
index-heading-printed = Nombres imprimés

## Lecture d'un export

export-left_out = Colonnes laissées de côté : { $columns }.
export-none = aucune
table_reading-caption = Comment l'export a été lu
table_reading-note = Chaque texte de l'export, et la réponse qui y a été lue. La même liste, entière, est dans data/interim/reading.csv, pour qui détient les données.
reading_column-text = Dans l'export
reading_column-level = Lu comme
reading_column-method = D'après
reading_part-file = Le fichier
reading_part-heading = Les intitulés
reading_part-left_out = Colonnes laissées de côté
reading_part-notice = À vérifier
reading_method-code = le code
reading_method-label = le libellé
reading_method-pattern = une formulation connue
reading_method-wording = une formulation connue
reading_method-option = une réponse dans l'intitulé
reading_method-parts = plusieurs réponses
reading_method-number = le nombre
reading_method-other = « Autre »
reading_method-typed = un texte libre
reading_method-na_is_blank = « NA » lu comme une absence de réponse : lignes
reading_method-typed_under_other = texte écrit parmi les réponses, lu comme « Autre » : lignes
reading_method-not_placed = lieu que rien ne permet de situer
reading_method-totals = lignes de totaux, laissées de côté
reading_method-repeated_headings = intitulés répétés, laissés de côté

## Pages

page-skip = Aller au contenu
page-index = Sommaire
page-notebook = Carnet
page-notebooks = Les carnets
page-figure = Figure
page-others = Autres pages
page-nearby = Pages voisines
page-within = Dans cette page
page-code = Afficher le code
page-synthetic_mark = Cohorte synthétique
page-made_with = Fait avec { $programs }
page-made_from = { "" } à partir de { $file } (SHA-256 { $sha }…)
page-and = { "" } et { "" }
page-executed = Carnet exécuté
page-data = Données
page-libraries = Bibliothèques
