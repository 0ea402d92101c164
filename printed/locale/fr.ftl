# Ce que dit l'audit, en français. Les nombres arrivent écrits.

comma = { ", " }
