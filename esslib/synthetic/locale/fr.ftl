# Quelle lecture a été retenue là où des nombres imprimés se contredisent. Les nombres arrivent écrits.

nearest-table = aucun tableau d'entiers ne donne cette ligne ; le plus proche a { $secured } exposés avec un outil sécurisé et { $other } avec un autre
left-to-regression = aucun tableau d'entiers ne donne cette ligne ; seule la régression la contraint
two-outcomes = les deux tableaux n'ont pas le même critère ; celui-ci compte { $secured } outils sécurisés sur { $n }
truncated-mean = { $n } nombres entiers n'ont jamais une moyenne qui s'arrondit à { $mean } ; lue comme tronquée
two-answers = { $n ->
        [one] { $n } répondant a donné deux réponses
       *[other] { $n } répondants ont donné deux réponses
    }
no-answer = { $n } sans réponse
exposed = exposés : { $values }
left-out = aucun intervalle centré sur son coefficient n'a les trois cases de cette ligne ; case abandonnée
comma = { ", " }
