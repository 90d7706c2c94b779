//! `monitorah migrate` on PostgreSQL: roles, login, schema and rights, as the administrator.

use super::{PostgresTarget, scram};
use crate::{
    migration::{self, SchemaState},
    sql::fault::fault,
};
use monitorah_core::{StoreError, StoreErrorKind, StoreResult};
use sqlx::{Connection, PgConnection};

const ROLES: &str = include_str!("../../migrations/postgres/roles.sql");
const RIGHTS: &str = include_str!("../../migrations/postgres/rights.sql");

/// The advisory lock of a migration: "monitora" in ASCII. Of several callers at the same moment one
/// works and the others wait, then find nothing to do.
const LOCK: i64 = 0x6d6f_6e69_746f_7261;
/// How often it is tried again when another database of the same server is being migrated at the
/// same moment: roles belong to both.
const TRIES: u32 = 5;

/// The password as what the server keeps of it, in the server's own form.
const VERIFIER: &str = "SELECT set_config('monitorah.login', $1, true), \
    set_config('monitorah.word', 'SCRAM-SHA-256$' || $2::bigint || ':' || encode($3, 'base64') \
    || '$' || encode($4, 'base64') || ':' || encode($5, 'base64'), true)";
/// A password that is none, or that only the server can make a verifier of.
const WORD: &str =
    "SELECT set_config('monitorah.login', $1, true), set_config('monitorah.word', $2, true)";

/// Makes the login of the server. The password goes through a setting of the transaction: the log
/// of statements has no word of it, and where values are logged too, it has what the server keeps.
const LOGIN: &str = "DO $$
DECLARE
    login constant text := current_setting('monitorah.login');
    word constant text := current_setting('monitorah.word');
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', login);
    ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = login AND (rolinherit OR NOT rolcanlogin))
    THEN
        EXECUTE format('ALTER ROLE %I LOGIN NOINHERIT', login);
    END IF;
    IF word <> '' THEN
        EXECUTE format('ALTER ROLE %I PASSWORD %L', login, word);
    END IF;
    IF NOT pg_has_role(login, 'monitorah_app', 'MEMBER') THEN
        EXECUTE format('GRANT monitorah_app TO %I', login);
    END IF;
    IF NOT pg_has_role(login, 'monitorah_worker', 'MEMBER') THEN
        EXECUTE format('GRANT monitorah_worker TO %I', login);
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), login);
END
$$";

/// Somebody who signs in already, and whom the server could not sign in as.
const TOO_MIGHTY: &str = "SELECT EXISTS (SELECT FROM pg_roles l JOIN pg_roles r \
    ON pg_has_role(l.oid, r.oid, 'MEMBER') WHERE l.rolname = $1 \
    AND (r.rolsuper OR r.rolbypassrls OR r.rolname = 'monitorah_owner'))";

fn refused(why: impl Into<String>) -> StoreError {
    StoreError::new(StoreErrorKind::Unavailable, why)
}

/// Brings a database up to this version of the software, and makes what the server needs to sign in
/// as `login`: roles, that login with its password, schema and rights. What is there already stays.
///
/// # Errors
/// `Unavailable` when the schema is newer than this version, `admin` may not do this, or the two
/// name different databases or the same role.
pub async fn migrate(admin: &PostgresTarget, login: &PostgresTarget) -> StoreResult<()> {
    if admin.place() != login.place() {
        return Err(refused(format!(
            "database_admin_url leads to {admin} and database_url to {login}: name the same \
             server and database in both"
        )));
    }
    if admin.user() == login.user() {
        return Err(refused(
            "database_admin_url and database_url name the same role: the server must not be able \
             to do what a migration does, so name another one in database_url",
        ));
    }
    let connect = admin.connect().options([
        ("lock_timeout", "30s"),
        ("search_path", "public"),
        // Each of them says what it found already done.
        ("client_min_messages", "warning"),
    ]);
    let mut connection = PgConnection::connect_with(&connect).await.map_err(fault)?;
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(LOCK)
        .execute(&mut connection)
        .await
        .map_err(fault)?;
    // The lock ends with the session.
    let done = work(&mut connection, login).await;
    let _ = connection.close().await;
    done
}

async fn work(connection: &mut PgConnection, login: &PostgresTarget) -> StoreResult<()> {
    migration::check(&state(connection).await?)?;
    roles(connection, login).await?;
    run(connection, "SET ROLE monitorah_owner").await?;
    migration::POSTGRES
        .run(&mut *connection)
        .await
        .map_err(migration::failed)?;
    let mut tx = connection.begin().await.map_err(fault)?;
    run(&mut tx, RIGHTS).await?;
    tx.commit().await.map_err(fault)
}

async fn state(connection: &mut PgConnection) -> StoreResult<SchemaState> {
    let table: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut *connection)
        .await
        .map_err(fault)?;
    if !table {
        return Ok(migration::state(&migration::POSTGRES, None));
    }
    let applied = sqlx::query_scalar(migration::APPLIED)
        .fetch_one(connection)
        .await
        .map_err(fault)?;
    Ok(migration::state(&migration::POSTGRES, applied))
}

async fn run(connection: &mut PgConnection, text: &'static str) -> StoreResult<()> {
    sqlx::raw_sql(text)
        .execute(connection)
        .await
        .map_err(fault)?;
    Ok(())
}

/// Makes roles and login. They belong to the whole server, and to no lock of one database.
async fn roles(connection: &mut PgConnection, login: &PostgresTarget) -> StoreResult<()> {
    let mut tries = TRIES;
    loop {
        match try_roles(connection, login).await {
            Ok(()) => return Ok(()),
            Err(Attempt::Refused(error)) => return Err(error),
            Err(Attempt::Failed(error)) => {
                tries -= 1;
                if tries == 0 || !is_race(&error) {
                    return Err(fault(error));
                }
            }
        }
    }
}

enum Attempt {
    Refused(StoreError),
    Failed(sqlx::Error),
}

impl From<sqlx::Error> for Attempt {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error)
    }
}

/// Whether two changed one row of the server's own catalogue at the same moment.
fn is_race(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|refusal| refusal.code());
    matches!(code.as_deref(), Some("XX000" | "23505" | "40001" | "40P01"))
}

async fn try_roles(connection: &mut PgConnection, login: &PostgresTarget) -> Result<(), Attempt> {
    let (login, password) = (login.user(), login.password());
    let mut tx = connection.begin().await?;
    sqlx::raw_sql(ROLES).execute(&mut *tx).await?;
    let too_mighty: bool = sqlx::query_scalar(TOO_MIGHTY)
        .bind(login)
        .fetch_one(&mut *tx)
        .await?;
    if too_mighty {
        return Err(Attempt::Refused(refused(format!(
            "the role {login:?} of database_url is a superuser, has BYPASSRLS or may become the \
             owner of the tables: name another one there, and it is made"
        ))));
    }
    let salt: Vec<u8> = sqlx::query_scalar("SELECT uuid_send(gen_random_uuid())")
        .fetch_one(&mut *tx)
        .await?;
    let password = password.unwrap_or_default();
    let verifier = Some(password).filter(|password| !password.is_empty());
    match verifier.and_then(|password| scram::verifier(password, &salt)) {
        Some(verifier) => sqlx::query(VERIFIER)
            .bind(login)
            .bind(i64::from(scram::ROUNDS))
            .bind(salt)
            .bind(verifier.stored.as_slice())
            .bind(verifier.server.as_slice()),
        None => sqlx::query(WORD).bind(login).bind(password),
    }
    .execute(&mut *tx)
    .await?;
    sqlx::raw_sql(LOGIN).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}
