### Words and sentences of this study alone, in English: its score, its tools, its thesis.

## Axis of the score

score-axis = e-Health Security Score ({ $low } to { $high } points)

## Explorable notebook

explore-thesis = Diamond: mean in the thesis's reading

## Items by class

heat-alt = { $n } items by class of tools. First row, { $first }. Last row, { $last }.

## Sentences on the questionnaire

reading-no_carriers = The classes of tools cannot be compared item by item in this cohort.

## Forest plots

forest-low = ← less secured
forest-high = more secured →

## Specifications

multiverse-thesis = the thesis's reading

## Choices of a specification, and their values

choice-score_direction-agreement_is_secure = agreement = security
choice-secured_definition = Secured tool
choice-secured_definition-methods = as in the methods
choice-secured_definition-regression = as in the bivariate table
choice-secured_definition-any = no effect
choice-frequency_cut = Frequent exchanges
choice-frequency_cut-any = no effect
choice-frequency_cut-daily = daily
choice-frequency_cut-several_weekly = several times a week or more
choice-frequency_cut-weekly = weekly or more
choice-frequency_cut-several_monthly = several times a month or more
choice-adjustment-age_gender = age and gender

## Texts that stand for a figure

alt-map = Map of the respondents by département. { $places }.
alt-box = Box plots of the e-Health Security Score. { $groups }. { $test }.
alt-multiverse-thesis = { "" } The thesis's reading: { $estimate } points.
alt-calibration = Observed share of secured tools against the predicted share, in { $n } groups of respondents. { $groups }.

## Tables: headings and cells

table_secured = Secured tool
table_other = Non-secured tool
table_risk_exposed = Secured share, with
table_risk_unexposed = Secured share, without
table_tool_class = Class of tools
table_events = With a secured tool
table_items_located = Located in the thesis
table_item_located = thesis

## Tables: labels of codes

table_label-tool = Preferred communication tool
table_label-departement = Département
table_label-response_rate = Response rate
table_label-bivariate-covariates = Characteristics in the bivariate analysis
table_label-bivariate-significant = Significant characteristics in the bivariate analysis
table_label-multivariate-covariates = Characteristics in the multivariate analysis
table_label-cpts = CPTS approached
table_label-reminders = Reminders
table_label-data_collection-months = Length of the data collection (months)
table_label-predice_pro_use-months = Length of use of Predice PRO (months)
table_label-ess_items = Items of the score
table_label-alpha = Significance level (%)
table_label-confidence_level = Confidence level
table_label-ess_total = e-Health Security Score
table_label-check-outcome_definition = Definition of a secured tool
table_label-place-tableau_1 = Table 1
table_label-statistic-secured_exposed = Exposed, secured tool
table_label-statistic-other_exposed = Exposed, other tool

## Tables: captions and notes

table_tableau_1-caption = Table 1 (counts). Profile of the respondents in both groups
table_comparison-caption = e-Health Security Score (points) of the compared groups
table_bivariate-caption = Table 1 (bivariate analysis). Characteristics associated with the use of a secured tool
table_bivariate-note =
    Counts: respondents with the characteristic out of all in the column.
    OR: odds ratio, above 1 when a secured tool is more frequent with the characteristic; Woolf confidence interval (CI).
    Chi-square test without continuity correction; two-sided Fisher exact test.
table_multivariate-caption = Table 2 (multivariate analysis). Characteristics associated with the use of a secured tool
table_multivariate-note =
    Logistic regression on all characteristics together; a positive coefficient means that a secured tool is more frequent with the characteristic.
    Maximum likelihood: Wald confidence interval (CI) and test; OR: odds ratio, exponential of the coefficient.
    Firth: penalised likelihood, safer with few respondents; profile likelihood interval, likelihood ratio test.
table_bivariate_checks-note =
    Share of respondents whose tool is secured, among those with the characteristic and among the others; difference in percentage points, Newcombe confidence interval (CI).
    Holm: limits the risk of a single false positive among all tests. BH (Benjamini-Hochberg): limits the share of false positives among the significant tests.
table_predictors_by_definition-caption = Both analyses under either classification of the tools
table_predictors_by_definition-note =
    Coefficients (log odds ratios): positive, a secured tool is more frequent with the characteristic.
    Bivariate analysis: Woolf interval, chi-square test. Multivariate analysis: maximum likelihood, Wald.
table_model_trust-note =
    Expected elsewhere: corrected for optimism by resampling (bootstrap), as on new respondents.
    AUC: share of the pairs (secured tool, other tool) that the model puts in the right order. Variance inflation: what the other covariates add to the uncertainty of a coefficient.
table_score_summary-caption = e-Health Security Score (points) by comparison
table_items_by_class-caption = Answers to the items by class of tools
table_known_groups-caption = Score (points) by class of tools
table_known_groups-note =
    “Not applicable” has the same value in all classes here: the means may differ a little from those of the thesis's comparisons.
    Difference of means, first class minus second (Welch). Cliff's delta: from −1 to 1, positive when the first class has the higher scores (Brunner-Munzel). p: Mann-Whitney, adjusted by Holm.
table_item_differences-caption = Items (points) by class of tools
table_ranges-note = Range: smallest and largest value over cohorts drawn at random among those that have the printed numbers. This is no finding about doctors: it is what these numbers leave open.
table_reporting_counts-caption = Items of the four checklists by where their content is found
table_reporting_counts-note = Computed: a notebook or a function of this compendium gives the content. Located in the thesis: its pages say it. Absent: neither, in the part of the thesis that was read.
table_reporting_checklist-caption = The four checklists, item by item
table_reporting_checklist-note = Short titles of our own; the original checklists decide. Computed: notebook, section and file, or function. Absent: a reason where it is known. Places are in French.

## Sentences on the predictors

predictors-events = The model estimates { $k } coefficients with { $n_rarer } respondents in the smaller of the two groups ({ $n_events } of { $n } have a secured tool), that is { $epv } events per covariate; at { $enough } per covariate, the rule most cited, these data support { $supported }.
predictors-validation = If a user of a secured tool and another respondent are drawn at random, the model tells them apart in { $apparent } of cases here, and probably in { $corrected } among new respondents (chance: 50%). To predict well there, its coefficients would have to be multiplied by { $slope }.
predictors-definition = { $n ->
    [0] From one classification of the tools to the other, none of the { $total } tests changes its verdict at the { $alpha } level.
   *[other] Tests whose verdict at the { $alpha } level changes from one classification of the tools to the other: { $n } of { $total } ({ $which }).
}

## Next study

plan-regression = A logistic model with { $n_parameters } covariates needs { $n_total } respondents, { $n_events } of them with a secured tool ({ $epp } per covariate); the cohort has { $n_now }, { $n_events_now } of them.

## Reporting checklists

reporting-sentence = Of { $total } items, { $computed } are computed here, { $located } are located in the thesis and { $absent } are missing from the part that was read.

## Titles of the figures

figure_title-figure_1_flow = Figure 1. From invitation to analysis: the flow chart
figure_title-figure_2_primary = Figure 2. Score of users and non-users of Predice PRO
figure_title-figure_3_secondary_1 = Figure 3. Score of secured tools, Predice PRO apart, and of non-secured tools
figure_title-figure_4_secondary_2 = Figure 4. Score of Predice PRO and of the other secured tools
figure_title-map_respondents = Map. Respondents by département
figure_title-regression_cells = Cells of the regression beside the printed numbers
figure_title-items_likert = Answers to each item of the score
figure_title-scree = Eigenvalues of the items beside chance
figure_title-items_by_class = Items by class of tools
figure_title-distribution_primary = Distribution of the scores, primary outcome
figure_title-distribution_secondary_1 = Distribution of the scores, secured and non-secured tools
figure_title-distribution_secondary_2 = Distribution of the scores, Predice PRO and other secured tools
figure_title-forest_bivariate = Odds ratios of the bivariate analysis
figure_title-forest_multivariate = Coefficients of the logistic regression
figure_title-calibration = Calibration of the logistic regression
figure_title-fidelity = Printed numbers, by what the cohort gives of them
figure_title-multiverse = Specifications, users and non-users
figure_title-multiverse_secondary_1 = Specifications, secured and non-secured tools
figure_title-multiverse_secondary_2 = Specifications, Predice PRO and other secured tools
figure_title-multiverse_excellent_it_skills = Specifications, IT skills
figure_title-multiverse_weekly_exchanges = Specifications, frequent exchanges
figure_title-next_study_power = Power by number of respondents
figure_title-next_study_precision = Precision by number of respondents

## Places in the thesis

where-Tableau_1-effectifs = Table 1 (counts)
where-Tableau_1-analyse_bivariee = Table 1 (bivariate analysis)
where-Tableau_2-analyse_multivariee = Table 2 (multivariate analysis)
where-Resume = Abstract
where-Figure_2-legende = Figure 2, caption
where-Figure_3-legende = Figure 3, caption
where-Figure_4-legende = Figure 4, caption
where-Resultats_3 = Results 3
where-Resultats_4 = Results 4
where-Resultats_5 = Results 5
where-Resultats_6-bivariee = Results 6, bivariate
where-Resultats_6-multivariee = Results 6, multivariate
where-Methodes_1_d = Methods 1 d
where-Methodes_1_b = Methods 1 b
where-Methodes_2_a = Methods 2 a
where-Methodes_4 = Methods 4
where-Methodes_3_a = Methods 3 a
where-Annexes = Appendices
where-Introduction_generale-5-citee_par_les_methodes = General introduction, 5 (cited by the methods)
where-Methodes-1 = Methods, 1
where-Methodes-1-1_d-Recueil_de_donnees-b = Methods, 1; 1 d; Data collection, b
where-Methodes-1-Recueil_de_donnees-b = Methods, 1; Data collection, b
where-Methodes-1_a = Methods, 1 a
where-Methodes-1_a-guides_et_reglement-aucun_entretien_decrit = Methods, 1 a (guides and regulation; no interview described)
where-Methodes-1_a-elaboration-aucun_essai_decrit = Methods, 1 a (development; no trial described)
where-Methodes-1_a-1_d = Methods, 1 a; 1 d
where-Methodes-1_a-Recueil_de_donnees-b-Annexes = Methods, 1 a; Data collection, b; Appendices
where-Methodes-1_b = Methods, 1 b
where-Methodes-1_d = Methods, 1 d
where-Methodes-1_d-invitations_par_courriel = Methods, 1 d (invitations by e-mail)
where-Methodes-1_d-relances_des_coordinateurs = Methods, 1 d (reminders by the coordinators)
where-Methodes-1_d-echantillon_de_convenance-non_nomme_ainsi = Methods, 1 d (convenience sample, not named so)
where-Methodes-2_a-non_applicable_seulement = Methods, 2 a (“not applicable” only)
where-Methodes-2_a-2_b = Methods, 2 a; 2 b
where-Methodes-2_a-Annexes = Methods, 2 a; Appendices
where-Methodes-3_a-4 = Methods, 3 a; 4
where-Methodes-Recueil_de_donnees-b = Methods, Data collection, b
where-Methodes-Recueil_de_donnees-b-anonymat-5 = Methods, Data collection, b (anonymity); 5
where-Methodes-Recueil_de_donnees-b-5 = Methods, Data collection, b; 5
where-Resultats-6-intitules_des_tableaux = Results, 6 (headings of the tables)
where-affirmee_sans_comparaison-Methodes-Recueil_de_donnees-b = claimed without comparison: Methods, Data collection, b
where-aucun_autre_instrument = no other instrument
where-aucune_mesure_de_reference = no reference measure
where-durees_ecartees_de_l-export = durations left out of the export
where-declaration_a_la_CNIL-Methodes-5 = declared to the French data protection authority (CNIL): Methods, 5
where-hors_de_l-extrait_disponible = outside the available excerpt
where-hors_de_l-extrait_disponible-discussion = outside the available excerpt (discussion)
where-hors_de_l-extrait_disponible-resume = outside the available excerpt (abstract)
where-hors_de_l-extrait_disponible-titre-resume = outside the available excerpt (title, abstract)
where-part_de_non_applicable-02_score_construction = share of “not applicable”: 02_score_construction
where-pour_une_prochaine_etude-08_next_study = for a next study: 08_next_study
where-reponse_non_applicable_offerte-Annexes = answer “not applicable” offered: Appendices
where-role_de_l-URPS-Methodes-5-financement_non_enonce = role of the regional professional union (URPS): Methods, 5; funding not stated
where-sans_objet-une_seule_passation = not applicable: administered once
where-texte_de_l-invitation_non_fourni = text of the invitation not provided
where-une_seule_passation = administered once

## Pages

page-title = e-Health Security Score: results
page-synthetic =
    Synthetic cohort: these answers were made by a program,
    none was given by a physician.
