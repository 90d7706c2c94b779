//! Refuses to work as a role that row-level security does not hold, or on tables without it.

use crate::sql::fault::fault;
use monitorah_core::{StoreError, StoreErrorKind, StoreResult};
use sqlx::{PgConnection, Row};

/// What a role may not be that the server signs in as, each as a sentence of its own.
const ROLE: &str = "SELECT session_user::text AS who, \
    bool_or(r.rolsuper) AS super, bool_or(r.rolbypassrls) AS bypass, \
    bool_or(r.rolname = 'monitorah_owner') AS owner \
    FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER')";

/// Tables of accounts that somebody owns who signs in, or that no policy holds.
const TABLES: &str = "SELECT c.relname::text FROM pg_class c \
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id' AND NOT a.attisdropped \
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') \
    AND (NOT c.relrowsecurity OR NOT c.relforcerowsecurity \
    OR pg_has_role(session_user, c.relowner, 'MEMBER')) ORDER BY 1 LIMIT 1";

const SETTINGS: &str = "SELECT current_setting('synchronous_commit') = 'on' AS durable, \
    pg_is_in_recovery() AS standby, (SELECT rolinherit FROM pg_roles \
    WHERE rolname = session_user) AS inherits, \
    (SELECT count(*) FROM pg_roles r WHERE r.rolname IN ('monitorah_app', 'monitorah_worker') \
    AND pg_has_role(session_user, r.oid, 'MEMBER')) = 2 AS member";

const DO: &str = "name a plain role in database_url, and run \"monitorah migrate\" with \
    database_admin_url, which makes it";

fn unsafe_role(who: &str, what: &str) -> StoreError {
    StoreError::new(
        StoreErrorKind::Unavailable,
        format!("the role {who:?} {what}: one account could see another one's data; {DO}"),
    )
}

/// Whether it is safe to work on this connection. The checks that only make sense on a schema that
/// is there come last, and say nothing of a database that was never migrated.
pub(super) async fn judge(connection: &mut PgConnection) -> StoreResult<()> {
    let role = sqlx::query(ROLE)
        .fetch_one(&mut *connection)
        .await
        .map_err(fault)?;
    let who: String = role.try_get("who").map_err(fault)?;
    for (column, what) in [
        ("super", "is a superuser, or may become one"),
        ("bypass", "has BYPASSRLS, or may become a role that has it"),
        ("owner", "may become the owner of the tables"),
    ] {
        if role.try_get(column).map_err(fault)? {
            return Err(unsafe_role(&who, what));
        }
    }
    let settings = sqlx::query(SETTINGS)
        .fetch_one(&mut *connection)
        .await
        .map_err(fault)?;
    let says = |column: &str| settings.try_get::<bool, _>(column).map_err(fault);
    let refuse = |why: String| Err(StoreError::new(StoreErrorKind::Unavailable, why));
    if !says("durable")? {
        return refuse(
            "the database does not keep synchronous_commit = on, so what was answered could be \
             lost: let this role set it"
                .to_owned(),
        );
    }
    if says("standby")? {
        return refuse(
            "the database is a standby, which takes no writes: name its primary in database_url"
                .to_owned(),
        );
    }
    if !says("member")? {
        return refuse(format!(
            "the role {who:?} may not work as monitorah_app and monitorah_worker: {DO}"
        ));
    }
    if says("inherits")? {
        return Err(unsafe_role(
            &who,
            "has INHERIT, and so the rights of the engine in every transaction",
        ));
    }
    let table: Option<String> = sqlx::query_scalar(TABLES)
        .fetch_optional(connection)
        .await
        .map_err(fault)?;
    match table {
        Some(table) => Err(unsafe_role(
            &who,
            &format!("owns the table {table}, or nothing holds it there"),
        )),
        None => Ok(()),
    }
}
