language-name = Deutsch
skip-to-content = Zum Inhalt springen
page-menu = Seite
sign-out = Abmelden
sign-in-title = Anmelden
sign-in-hint = Mit einem API-Schlüssel, der Monitore lesen darf. Den ersten erzeugt
sign-in-key = API-Schlüssel
sign-in-button = Anmelden
sign-in-refused = Dieser Schlüssel gilt hier nicht: vielleicht ist er vertippt, widerrufen oder abgelaufen.
sign-in-scope = Dieser Schlüssel darf keine Monitore lesen: nötig ist der Bereich monitors:read.
monitors-title = Monitore
monitors-shown =
    { $count ->
        [one] { $count } Monitor auf dieser Seite
       *[other] { $count } Monitore auf dieser Seite
    }
monitors-as-of = Stand
monitors-none = Es gibt noch keinen Monitor. Einen anlegen mit
lost-title = Diese Seite gibt es nicht
lost-hint = Diese Adresse gehört nicht zu dieser Liste: ein Teil fehlt, oder sie ist alt. Weiter geht es auf der ersten.
monitors-absent = Diesen Monitor gibt es nicht: vielleicht wurde er gelöscht, oder er gehört einem anderen Konto.
column-state = Zustand
column-name = Name
column-type = Art
column-last = Letztes Ergebnis
last-none = noch keines
pager-first = Erste Seite
pager-all = Alle Monitore
pager-next = Nächste Seite
state-pending = Ausstehend
state-up = In Ordnung
state-degraded = Beeinträchtigt
state-down = Ausgefallen
state-unknown = Unbekannt
state-paused = Pausiert
state-maintenance = Wartung
state-stale = veraltet
ago-seconds =
    { $count ->
        [one] vor { $count } Sekunde
       *[other] vor { $count } Sekunden
    }
ago-minutes =
    { $count ->
        [one] vor { $count } Minute
       *[other] vor { $count } Minuten
    }
ago-hours =
    { $count ->
        [one] vor { $count } Stunde
       *[other] vor { $count } Stunden
    }
ago-days =
    { $count ->
        [one] vor { $count } Tag
       *[other] vor { $count } Tagen
    }
