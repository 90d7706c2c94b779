language-name = English
skip-to-content = Skip to content
page-menu = Page
sign-out = Sign out
sign-in-title = Sign in
sign-in-hint = Use an API key that may read monitors. The first one is made by
sign-in-key = API key
sign-in-button = Sign in
sign-in-refused = This key is not valid here: it may be mistyped, revoked or expired.
sign-in-scope = This key may not read monitors: use one with the scope monitors:read.
monitors-title = Monitors
monitors-shown =
    { $count ->
        [one] { $count } monitor on this page
       *[other] { $count } monitors on this page
    }
monitors-as-of = as of
monitors-none = There is no monitor yet. Make one with
lost-title = No such page
lost-hint = This address is not of this list: a part of it is missing, or it is old. Begin with the first page.
monitors-absent = There is no such monitor: it may have been deleted, or belongs to another account.
column-state = State
column-name = Name
column-type = Type
column-last = Last result
last-none = none yet
pager-first = First page
pager-all = All monitors
pager-next = Next page
state-pending = Pending
state-up = Up
state-degraded = Degraded
state-down = Down
state-unknown = Unknown
state-paused = Paused
state-maintenance = Maintenance
state-stale = out of date
ago-seconds =
    { $count ->
        [one] { $count } second ago
       *[other] { $count } seconds ago
    }
ago-minutes =
    { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
ago-hours =
    { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
ago-days =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
