# Ce que dit l'audit. Les nombres arrivent écrits.

## Comment les propositions se joignent

comma = { ", " }
semicolon = { " ; " }
or = { " ou " }
plus = { " + " }
space = { " " }

## Noms techniques

rounding-up_or_down = arrondi au plus proche
rounding-trunc = troncature
rounding-cut = troncature
statistic-odds_ratio = odds ratio
statistic-ci_low = borne basse
statistic-ci_high = borne haute
statistic-p_value = p
statistic-estimate = estimation
statistic-mean = moyenne
statistic-sd = écart type
statistic-se = erreur type
statistic-n = n
statistic-percent = %
statistic-median = médiane
statistic-q1 = premier quartile
statistic-q3 = troisième quartile
statistic-iqr = écart interquartile
statistic-min = minimum
statistic-max = maximum
statistic-difference = différence
statistic-risk_ratio = risque relatif
statistic-hazard_ratio = hazard ratio
statistic-coefficient = coefficient
method-pearson = Pearson
method-yates = Yates
method-likelihood_ratio = rapport de vraisemblance
method-wald = Wald
method-fisher = Fisher
slip-point = virgule perdue ou déplacée
slip-sign = un signe
slip-digit = un chiffre
slip-lost = un chiffre perdu
slip-added = un chiffre en trop
slip-swapped = deux chiffres inversés

## Lectures

only = seulement { $readings }
and = { " et " }
nor = { " ni " }
otherwise = si ce n'est pas { $readings }
no-power = aucun nombre imprimé ainsi ne pourrait échouer à ce contrôle
only-levels_add_up = seulement si l'on pouvait donner plusieurs de ces réponses
only-multiple_answers = seulement si plus de personnes ont répondu
only-criteria = seulement si le critère a été appliqué autrement
only-group_sizes = seulement si des personnes sont dans plusieurs groupes ou dans aucun de ceux imprimés
only-whole_from_parts = seulement si les groupes sont d'autres personnes ou ont été cotés autrement
only-score_direction = seulement si les points ont été comptés en sens inverse
only-rank_test = seulement si beaucoup de valeurs sont ex æquo
only-duplicated_cells = seulement si deux covariables agissent de même par hasard
only-between_tables = seulement si les autres covariables changent autant l'effet
only-outcome_definition = seulement si le critère a été défini autrement
only-exposed_against_counts = seulement si la covariable a été découpée autrement
only-text_against_table = seulement si le texte parle d'autre chose
only-repeated_numbers = seulement si d'autres personnes sont comparées
only-claimed_significance = seulement par un autre test ou à un autre seuil
only-counted_rows = seulement si d'autres lignes sont comptées
only-rows_lacking = seulement si ces lignes ont été omises à dessein
only-rounding_convention = seulement si un même tableau est imprimé de deux façons
unseen = { $n } { $n ->
        [one] nombre qu'aucun contrôle n'examine
       *[other] nombres qu'aucun contrôle n'examine
    }
reading-convention-rounded = si les nombres sont arrondis au plus proche
reading-convention-truncated = si les nombres sont tronqués
reading-convention-half_up = si les moitiés sont arrondies vers le haut
reading-convention-half_down = si les moitiés sont arrondies vers le bas
reading-convention-half_even = si les moitiés sont arrondies au chiffre pair
reading-convention-ceiling = si les nombres sont arrondis par excès
reading-convention-floor = si les nombres sont arrondis par défaut
reading-kind-whole = pour des valeurs entières
reading-kind-binary = pour des valeurs 0 et 1
reading-kind-continuous = pour des valeurs qui ne sont pas entières
reading-answered-all = si les { $n } personnes ont répondu
reading-answered-fewer = si moins de { $n } personnes ont répondu
reading-answered-other = pour un autre effectif que { $n }
reading-adjusted-crude = pour une estimation brute
reading-adjusted-adjusted = pour une estimation ajustée
reading-model-logistic = pour un modèle logistique
reading-model-ordinal = pour un modèle logistique ordinal
reading-model-linear = pour un modèle linéaire
reading-model-cox = pour un modèle de Cox
reading-model-poisson = pour un modèle de Poisson
reading-interval-wald = pour un intervalle de Wald
reading-interval-robust = pour un intervalle à erreurs robustes
reading-interval-t = pour un intervalle de Student
reading-interval-profile = pour un intervalle de vraisemblance profilée
reading-interval-exact = pour un intervalle exact
reading-interval-score = pour un intervalle du score
reading-interval-bootstrap = pour un intervalle par bootstrap
reading-level = au niveau { $level } %
reading-test-wald = pour un test de Wald
reading-test-lr = pour un test du rapport de vraisemblance
reading-test-score = pour un test du score
reading-test-t = pour un test de Student
reading-test-welch = pour un test de Welch
reading-test-rank = pour un test de rangs
reading-test-chi2 = pour un test du khi-deux
reading-test-chi2_yates = pour un test du khi-deux avec la correction de Yates
reading-test-fisher = pour un test de Fisher
reading-tails-two = pour un test bilatéral
reading-tails-one = pour un test unilatéral
reading-tails-corrected = pour un p corrigé pour plusieurs comparaisons
reading-order-a-b = si c'est le premier moins le second
reading-order-b-a = si c'est le second moins le premier

## Conventions d'arrondi

checks-need = { $n } { $n ->
        [one] constat
       *[other] constats
    } seulement si { $convention }
convention-rounded = arrondi
convention-truncated = tronqué

## Effectifs

a-sum = une somme de { $size }
levels-sum = { $variable }, { $group } : somme { $total }, groupe { $size }{ $missing ->
        [0] { "" }
       *[other] { " " }; { $missing } sans réponse
    }
answers = { $variable }, { $group } : { $answers } { $answers ->
        [one] réponse
       *[other] réponses
    } de { $people } { $people ->
        [one] personne
       *[other] personnes
    }
answers-allowed = { $most } { $most ->
        [one] réponse permise
       *[other] réponses permises
    } au plus
parts-sum = les parties font { $total }
excluded-yet-counted = { $name } : exclus par les critères, pourtant { $counted } { $counted ->
        [one] compté
       *[other] comptés
    }
groups-sum = les groupes font { $total }
share-of = { $count } sur { $n } font { $share } %
none-counted = personne n'est compté
sizes-fit = pour { $first } à { $last } personnes, c'est ce pourcentage
invitations = { $n } { $n ->
        [one] invitation
       *[other] invitations
    }
share-of-invitations = { $people } { $people ->
        [one] personne est
       *[other] personnes sont
    } { $rate } % de { $least } à { $most } invitations
counted = { $row } ({ $n })
unanswered = sans réponse ({ $n })

## Moyennes et écarts types

granular = n = { $n }, { $rounding } : { $why }
statistic-is = { $statistic } { $value }
sample-prints = un échantillon donne ces nombres
sum-prints = une somme de { $total } donne cette moyenne
no-sum = aucune somme de réponses entières ne donne cette moyenne
no-sum-in = les moyennes { $means } multipliées par { $answers } réponses ne contiennent aucune somme entière possible
no-sum-allows-sd = aucune somme admissible ne permet cet écart type
sd-below-least = l'écart type est plus petit que ces sommes ne le permettent
sd-above-greatest = l'écart type est plus grand que les bornes ne le permettent
no-whole-squares = aucune somme de carrés entière ne donne cet écart type
wrong-parity = la somme des carrés n'a pas la bonne parité
no-such-squares = aucun échantillon n'a une telle somme de carrés
squares-below = la somme { $total } demande une somme de carrés de { $first } à { $last }, la plus petite est { $least }
squares-above = la somme { $total } demande une somme de carrés de { $first } à { $last }, la plus grande est { $greatest }
no-squares = somme { $total } : aucun nombre entier de carrés
squares-parity = la somme { $total } demande une somme de carrés de { $first } à { $last }, qui doit être { $parity }
squares-searched = la somme { $total } demande une somme de carrés de { $first } à { $last }, { $parity } et de { $low } à { $high } : aucune n'est atteinte (recherche complète)
even = paire
odd = impaire
further-sums = et de même pour { $n } { $n ->
        [one] autre somme
       *[other] autres sommes
    }
in-steps = { $proof }{ $steps }
steps-up = { " " }(compté vers le haut à partir de { $origin } par pas de 1/{ $items })
steps-down = { " " }(compté vers le bas à partir de { $origin } par pas de 1/{ $items })
out-of-order = { $low } { $low_text } dépasse { $high } { $high_text }
in-order = ils vont croissant
size-unknown = aucun effectif de ce groupe n'est imprimé, ou plusieurs le sont
bounds-crossed = la plus petite valeur dépasse la plus grande
mean-outside = la moyenne est hors des valeurs
mean-inside = des valeurs entre ces bornes peuvent avoir cette moyenne et cet écart type
means-apart = les moyennes s'écartent de { $least } à { $most }
pooled = moyenne { $mean }, écart type { $sd } avec { $first } et { $second } personnes
splits-allow = des { $splits } partages de { $n } personnes, { $mean } permettent la moyenne et { $both } la moyenne avec l'écart type, pour toutes les valeurs vraies possibles des six nombres (un seul score par personne)
higher-mean-is-less = { $group } : { $mean } ; { $rival } : { $rival_mean } ; « { $answer } » vaut { $points } point sur { $most } au plus : selon les méthodes, la moyenne la plus haute serait l'accord le plus faible
variance-left = avec { $first } et { $second } personnes, la part { $share } de la variance sans ex æquo suffit
tied-sizes = tailles du second groupe qui demandent beaucoup d'ex æquo : { $sizes }
no-size = aucune

## Estimations, intervalles et p

interval = { $opening }{ $low } ; { $high }{ $closing }
from-to = { $low } à { $high }
estimate-inside = l'intervalle contient son estimation
estimate-outside = l'intervalle ne contient pas son estimation
geometric-mean = la moyenne géométrique des bornes est entre { $low } et { $high } ; l'estimation dans { $estimate }
midpoint = le milieu des bornes est entre { $low } et { $high } ; l'estimation dans { $estimate }
only-on-ties = égaux seulement si les trois nombres tombent juste entre deux arrondis
p-between = p entre { $low } et { $high }
wald-p = le p de Wald tiré de l'estimation et de l'intervalle est entre { $low } et { $high } ; le p imprimé entre { $printed_low } et { $printed_high }
test-p = le p de la statistique est entre { $low } et { $high } ; le p imprimé entre { $printed_low } et { $printed_high }
error-of-sd = un écart type divisé par la racine de { $n } personnes est entre { $least } et { $most }
ratio-between = l'estimation divisée par l'erreur standard est entre { $low } et { $high }
width-of-error = les bornes sont éloignées d'autant d'erreurs standard que le niveau le demande
error-of-people = erreur type entre { $low } et { $high } ; { $n } personnes ne peuvent donner moins de { $least }
repeats = « { $row } » répète « { $first } »
p-differ = leurs p diffèrent : une ligne au plus est juste
both-effects = log de l'odds ratio entre { $low } et { $high }, coefficient entre { $adjusted_low } et { $adjusted_high }
opposed = de sens opposés
same-within-unit = égaux à une unité près : { $cells }
slip = { $what } ({ $kind })
also-printed = imprimé aussi ailleurs : { $copies }
copy = { $value } ({ $table }, { $row }, { $statistic })

## Tableaux à quatre cases

no-table-prints = aucun des { $found } tableaux à quatre cases de { $n } personnes qui ont cet odds ratio et l'intervalle de Woolf n'a p = { $p }
tables-print = { $exact } des { $found } tableaux à quatre cases de { $n } personnes qui ont cet odds ratio et l'intervalle de Woolf ont ce p ({ $methods }) : { $tables }
p-is = p = { $nearest }
p-nearest = { $value } ({ $method })
no-table-has-p = aucun des { $n } tableaux de { $least } à { $most } personnes qui ont cet odds ratio et cet intervalle n'a p = { $p } ; ici { $nearest }
no-table-of-any-size = aucun tableau d'aucune taille : l'odds ratio n'est pas la moyenne géométrique de son intervalle
other-splits = ne convient qu'à d'autres partages : [{ $splits }]
split = ({ $n } ; { $outcome })
no-table-tried = aucun tableau des tailles essayées
with-outcome = { $n } avec le critère
exact-rows = { $exact } { $exact ->
        [one] ligne est exacte
       *[other] lignes sont exactes
    } avec { $outcome } sur { $n }, { $at_count } avec les { $counted } que les groupes comptent ; la différence de { $gap } est { $rows }
no-single-row = aucune ligne seule
exposed = le tableau à quatre cases a { $exposed } { $exposed ->
        [one] exposé
       *[other] exposés
    }, l'effectif de même intitulé { $total }
other-level = l'autre modalité

## Le texte et ses tableaux

in-table = { $value } ({ $table })
tables-say = tableau : { $numbers }
not-significant = non significatif
both-below = l'intervalle et p restent sous { $alpha }
holds-no-effect = l'intervalle contient l'absence d'effet
p-may-be = p { $p } peut valoir { $alpha } ou plus
impossible-interval = l'estimation n'est pas le milieu de l'intervalle imprimé ; elle et la borne haute donnent { $low } en bas
so-holds-no-effect = cet intervalle-là contient l'absence d'effet
p-implied = p tiré de l'estimation et de l'intervalle est entre { $low } et { $high }
table-rows = le tableau a { $n } { $n ->
        [one] ligne
       *[other] lignes
    }
certainly-below = p certainement sous { $alpha } : { $below } ; au seuil même : { $perhaps }
rows-lacking = { $n } { $n ->
        [one] ligne de { $source } n'est
       *[other] lignes de { $source } ne sont
    } pas dans { $table }

## Ce qui ne va pas dans un fichier

empty-file = { $file } est vide ; il lui faut les colonnes { $columns }.
uneven-line = la ligne { $line } a { $cells } cases, l'en-tête { $width } ; mettez entre guillemets une case qui contient le séparateur.
wrong-columns = colonnes manquantes : { $missing } ; colonnes inconnues : { $unknown } ; les colonnes sont { $columns }.
columns-missing = { $file } : les colonnes { $columns } manquent.
repeated-ids = la colonne id répète ou laisse vide { $ids } ; donnez à chaque nombre le sien.
wrong-lines = colonne { $column } : { $faults }
at-line = ligne { $line } : { $fault }
not-a-number = { $text } n'est pas un nombre imprimé comme '2.70', '-0,5' ou '< 0.001'.
no-sd = écart type { $sd } avec n = { $n } : un écart type est au moins 0 et demande deux personnes.
not-whole = { $name } vaut { $size } ; donnez un nombre entier, 1 ou plus.
no-table-up-to = aucun tableau à quatre cases d'au plus { $n } personnes n'a cet odds ratio et cet intervalle ; donnez n, le nombre de personnes.
nothing-between = le minimum { $minimum } et le maximum { $maximum } ne laissent aucune réponse entière entre eux.
unknown-name = { $what } { $text } est inconnu ; choisissez parmi : { $known }.
unknown-name-near = { $what } { $text } est inconnu ; le plus proche est { $near }.
declared-n = n { $text } n'est pas un nombre entier, 1 ou plus.
declared-items = items { $text } n'est pas un nombre entier, 1 ou plus.
declared-events = events { $text } n'est pas un nombre entier, 0 ou plus.
declared-level = level { $text } n'est pas un niveau de confiance comme 95, 90 ou 0.99.
declared-twice = { $id } : { $option } vaut { $value }, et { $other } dans une autre ligne de la même rangée ; n'en déclarez qu'un.
must-be-whole = { $statistic } { $text } n'est pas un nombre entier ; tapez-le sans séparateur de milliers.
must-be-at-least = { $statistic } { $text } est sous { $least } ; vérifiez le nombre et sa statistique.
must-be-at-most = { $statistic } { $text } dépasse { $most } ; vérifiez le nombre et sa statistique.
thousands = { $text } peut être { $whole } ou { $point } ; tapez { $whole } si le signe sépare les milliers, { $point } s'il est décimal.
unreadable = lecture impossible : { $error }

## Les tableaux tels qu'ils sont imprimés

too-large = { $file } dépasse { $limit } millions d'octets une fois décompressé ; donnez le tableau seul.
damaged = { $file } ne se lit pas comme son extension l'annonce ({ $error }) ; enregistrez-le de nouveau, ou collez le tableau dans un fichier .txt.
no-table = { $file } ne contient pas de tableau : aucune ligne n'a deux cases. Séparez les colonnes par des tabulations ou par au moins deux espaces.
document-type = un fichier bureautique avec un type de document ({ $name }) n'est pas lu : il pourrait appeler d'autres fichiers. Enregistrez-le de nouveau, ou collez le tableau dans un fichier .txt.
needs-openpyxl = les fichiers .xlsx sont lus par openpyxl : pip install openpyxl, ou enregistrez la feuille en .csv.
cell = { $table }, ligne { $row }, colonne { $column } : { $text } n'a pas été compris : { $why }
ambiguous = ce peut être { $readings } ; dites-le dans l'en-tête, la ligne ou --legend
no-reading = ni en-tête, ni ligne, ni légende ne dit ce que c'est
no-number = ce n'a pas la forme d'un nombre, ou une virgule ou un point y sépare soit des milliers, soit des décimales (voir --decimal)
no-heading = sa colonne n'a pas d'en-tête
no-label = sa ligne n'a pas d'intitulé
which-estimate = ce peut aller avec l'une ou l'autre des estimations à sa gauche
not-significant-only = seul est dit que p n'est pas petit
no-check-of = aucun contrôle ne connaît { $statistic }
torn-line = elle n'a pas les colonnes des en-têtes, ou ses mots sont entre elles ; séparez-les par des tabulations
same-place = une autre case a les mêmes ligne, groupe et statistique
size-of-row = sa ligne porte sur { $n } personnes, sans dire combien sont dans ce groupe
numbers-read = { $numbers ->
        [one] { $numbers } nombre lu
       *[other] { $numbers } nombres lus
    } dans { $file } ; { $unread ->
        [0] toutes les cases ont été comprises
        [one] une case n'a pas été comprise
       *[other] { $unread } cases n'ont pas été comprises
    }.

## Le rapport en une page

page-title = Les nombres imprimés vont-ils ensemble ?
page-file = { $file } : { $numbers ->
        [one] { $numbers } nombre lu
       *[other] { $numbers } nombres lus
    }, { $checks ->
        [0] qu'aucun contrôle ne regarde
        [one] un contrôle
       *[other] { $checks } contrôles
    }.
page-findings = Constats
page-no-finding = Rien d'incompatible n'a été trouvé.
page-tables = Les tableaux imprimés
page-proof = Pourquoi ({ $check })
page-unread = Cases non comprises
page-unchecked = Lus, mais non contrôlés
page-assumed = Ce qui est supposé
page-rounding = Arrondi de { $table } : { $rounding } ({ $met }).
page-readings = Ce qu'aucun en-tête ne déclare (nombres entiers ou continus, estimation brute ou ajustée, type et niveau d'un intervalle, test) a été essayé de toutes les façons en usage ; « impossible » dit qu'il n'en reste aucune.
page-group = Chaque ligne porte sur toutes les personnes de son groupe, si le tableau n'imprime pas d'autre nombre.
found-impossible = { $where } : aucune donnée n'imprime ensemble { $numbers }.
found-needs = { $where } : { $numbers } vont ensemble { $readings }.
found-unsettled = { $where } : { $numbers } ne vont ensemble que par une coquille, ou pour d'autres personnes ou un autre critère qu'ici.
found-not_checked = { $where } : { $numbers }.
found-expected = { $sentence } Irait : { $expected }.
sign-impossible = impossible
sign-needs = ne va que sous conditions
sign-consistent = contrôlé, compatible
sign-not_checked = lu, qu'aucun contrôle ne regarde
sign-unread = non compris

## Noms des contrôles et des verdicts

check-rounding_convention = Convention d'arrondi
check-levels_add_up = Effectifs qui doivent s'additionner
check-multiple_answers = Réponses multiples
check-subtotal = Sous-totaux
check-criteria = Critères d'inclusion
check-group_sizes = Taille des groupes
check-percentages = Pourcentages
check-order_of_values = Ordre des valeurs
check-p_of_statistic = p d'un test
check-error_of_mean = Erreur standard d'une moyenne
check-ratio_of_error = Estimation rapportée à son erreur standard
check-interval_of_error = Intervalle et erreur standard
check-percent_of_count = Pourcentage d'un effectif
check-no_check = Nombres sans contrôle
check-granularity = Moyennes et écarts types possibles
check-difference_of_means = Différence des moyennes
check-whole_from_parts = Ensemble et parties
check-score_direction = Sens du score
check-rank_test = Test des rangs
check-interval_symmetry = Intervalle et estimation
check-p_from_interval = Valeur de p et intervalle
check-standard_error_bound = Borne de l'erreur standard
check-duplicated_cells = Lignes identiques
check-two_by_two = Tableau à quatre cases
check-outcome_definition = Définition du critère
check-exposed_against_counts = Découpage des caractéristiques
check-between_tables = D'un tableau à l'autre
check-text_against_table = Texte et tableau
check-repeated_numbers = Nombres répétés
check-claimed_significance = Significativité affirmée
check-counted_rows = Nombre de facteurs
check-rows_lacking = Caractéristiques absentes d'un tableau
verdict-consistent = compatible
verdict-not_checked = non contrôlé
verdict-needs = possible sous une lecture
verdict-impossible = impossible
verdict-check = contrôle

## La commande

command = Ligne de commande : `python -m printed check mes_nombres.csv`.
usage = usage :
arguments = arguments
options = options
help = affiche cette aide et s'arrête
language = langue des constats et de cette aide : en (par défaut) ou fr
audit = contrôle les nombres imprimés d'une étude
numbers = CSV, une ligne par nombre : id, table, row, statistic, printed ; ou un tableau imprimé
links = CSV des liens entre les nombres : kind, name, rows
output = écrit tous les contrôles dans ce CSV
read = lit un tableau imprimé et propose ses lignes, sur la sortie standard
printed-table = tableau imprimé : .csv, .xlsx, .docx, .html, ou texte aux colonnes séparées par des tabulations ou deux espaces
html = écrit les constats en une page, avec les tableaux et leurs cases marquées
legend = ce que sont les cases si le tableau ne le dit pas, par exemple "moyenne (ET)"
decimal = signe décimal, si les nombres ne le montrent pas
wrong-arguments = un argument manque ou n'est pas connu ; voir --help.
no-check = Ces nombres ne permettent aucun contrôle.
numbers-printed = nombres
at = où
proof = preuve
readings = convient
expected = attendu
heading = { $verdict } : { $check }
