//! Every statement of the tenant list without its account filter, many times over one connection:
//! the policies alone keep the accounts apart.

use super::*;
use crate::sql::statement;
use monitorah_core::AccountId;
use sqlx::{
    Column, Either, Row, SqlSafeStr, Statement, TypeInfo, ValueRef, postgres::PgArguments,
    query::Query,
};
use std::collections::BTreeMap;

/// How many calls, unless `MONITORAH_SOAK_CALLS` says another number.
const CALLS: u32 = 6_000;
/// What every value of an account holds, as bytes and as text: it is searched for in the other's.
const MARKS: [u8; 2] = [b'Q', b'Z'];

/// Numbers that look random and are the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn tenant(mark: u8) -> Tenant {
    Tenant::of(AccountId::from_bytes([mark; 16]))
}

/// An id of an account: its mark, and a number at the end.
fn id(mark: u8, number: u8) -> Vec<u8> {
    let mut id = vec![mark; 15];
    id.push(number);
    id
}

/// Said when the test is built: nothing in a product crate reads variables when it runs.
fn calls() -> u32 {
    option_env!("MONITORAH_SOAK_CALLS").map_or(CALLS, |asked| asked.parse().unwrap())
}

/// The statement as a build without the filters would have it.
fn unfiltered(text: &str) -> String {
    const FILTER: &str = "account_id = $1";
    let mut parts = text.split(FILTER);
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        // With the name of its table before it, where it has one.
        let named = text.ends_with('.');
        let name = text.trim_end_matches('.');
        let name = name.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        if named {
            text.truncate(name.len());
        }
        text.push_str("$1::bytea IS NOT NULL");
        text.push_str(part);
    }
    assert!(!text.contains(FILTER), "{text}");
    let mut text = typed(text);
    let writes = ["UPDATE ", "DELETE ", "INSERT "]
        .iter()
        .any(|verb| text.starts_with(verb));
    if writes && !text.contains("RETURNING") {
        text.push_str(" RETURNING account_id");
    }
    text
}

/// Rows of both accounts in every table of accounts, three each, every column marked.
async fn fill(admin: &mut PgConnection) {
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text \
         FROM information_schema.columns c JOIN pg_class t ON t.relname = c.table_name \
         WHERE c.table_schema = 'public' AND NOT t.relispartition AND c.is_identity = 'NO' \
         AND EXISTS (SELECT FROM information_schema.columns o WHERE o.table_schema = 'public' \
         AND o.table_name = c.table_name AND o.column_name = 'account_id') \
         ORDER BY c.table_name, c.ordinal_position",
    )
    .fetch_all(&mut *admin)
    .await
    .unwrap();
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (table, column, kind) in columns {
        tables.entry(table).or_default().push((column, kind));
    }
    // Rows are made without regard to each other.
    sqlx::raw_sql("SET session_replication_role = replica")
        .execute(&mut *admin)
        .await
        .unwrap();
    // Of this there is one row.
    tables.remove("installation");
    for (table, columns) in &tables {
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        for mark in MARKS {
            for number in 1..=3_u8 {
                let values: Vec<String> = columns
                    .iter()
                    .map(|(name, kind)| {
                        let letter = char::from(mark);
                        let hex = |bytes: Vec<u8>| {
                            let hex: String =
                                bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                            format!("'\\x{hex}'")
                        };
                        match (name.as_str(), kind.as_str()) {
                            ("account_id", _) => hex(vec![mark; 16]),
                            (_, "bytea") => hex(id(mark, number)),
                            ("status", _) if table == "events" => "'OPEN'".to_owned(),
                            ("state", _) if table == "outbox" => "'PENDING'".to_owned(),
                            (_, "text") => format!("'{}{number}'", letter.to_string().repeat(15)),
                            (_, "boolean") => "false".to_owned(),
                            _ => number.to_string(),
                        }
                    })
                    .collect();
                let text = format!(
                    "INSERT INTO {table} ({}) VALUES ({}) ON CONFLICT DO NOTHING",
                    names.join(", "),
                    values.join(", ")
                );
                sqlx::raw_sql(AssertSqlSafe(text))
                    .execute(&mut *admin)
                    .await
                    .unwrap();
            }
        }
    }
}

/// A value for each place of a statement: mine, the other's, or none.
fn bind<'q>(
    mut query: Query<'q, Postgres, PgArguments>,
    kinds: &[String],
    draw: &mut Draw,
) -> Query<'q, Postgres, PgArguments> {
    for (place, kind) in kinds.iter().enumerate() {
        let mark = MARKS[draw.below(2)];
        let number = u8::try_from(draw.below(3) + 1).unwrap();
        let nothing = place > 0 && draw.below(3) == 0;
        query = match kind.as_str() {
            "BYTEA" if place == 0 => query.bind(vec![mark; 16]),
            "BYTEA" => query.bind((!nothing).then(|| id(mark, number))),
            "INT8" => query.bind([0, i64::from(number), i64::from(number), 1_000][draw.below(4)]),
            "BOOL" => query.bind(draw.below(2) == 0),
            "TEXT" => query.bind(
                (!nothing).then(|| format!("{}{number}", char::from(mark).to_string().repeat(15))),
            ),
            other => panic!("no value for {other}"),
        };
    }
    query
}

/// A statement without its filter, and the types of its places.
struct Bare {
    name: &'static str,
    text: String,
    kinds: Vec<String>,
}

async fn every_statement(admin: &mut PgConnection) -> Vec<Bare> {
    let mut statements = Vec::new();
    for (name, text) in statement::TENANT {
        let text = unfiltered(text);
        let prepared = (&mut *admin)
            .prepare(AssertSqlSafe(text.clone()).into_sql_str())
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}: {text}"));
        let Some(Either::Left(kinds)) = prepared.parameters() else {
            panic!("{name} says nothing of its parameters");
        };
        let kinds = kinds.iter().map(|kind| kind.name().to_owned()).collect();
        statements.push(Bare { name, text, kinds });
    }
    statements
}

/// What came of many calls.
#[derive(Debug, Default)]
struct Seen {
    rows: u32,
    refused: u32,
    /// Rows of the other account, and the first of the statements that gave one.
    leaked: u32,
    first: Option<String>,
}

/// Calls statements at random, each in a transaction of one of the two accounts.
async fn call(store: &PostgresStore, statements: &[Bare], calls: u32) -> Seen {
    let mut draw = Draw(0x5eed);
    let mut seen = Seen::default();
    for _ in 0..calls {
        let me = draw.below(2);
        let (mine, other) = (MARKS[me], MARKS[1 - me]);
        let Bare { name, text, kinds } = &statements[draw.below(statements.len())];
        // A transaction that writes, so that none is refused for another reason; it is rolled back.
        let mut tx = store.begin_write(&tenant(mine)).await.unwrap();
        let query = bind(sqlx::query(AssertSqlSafe(text.clone())), kinds, &mut draw);
        match query.fetch_all(&mut *tx).await {
            Ok(rows) => {
                for row in rows {
                    seen.rows += 1;
                    let leaks = row.columns().iter().any(|column| {
                        let value = row.try_get_raw(column.ordinal()).unwrap();
                        let bytes = if value.is_null() {
                            &[][..]
                        } else {
                            value.as_bytes().unwrap()
                        };
                        let theirs = bytes.windows(8).any(|part| part == [other; 8]);
                        // An update may carry what it was given back to us; never a row of theirs.
                        theirs && (column.name() == "account_id" || text.starts_with("SELECT"))
                    });
                    if leaks {
                        seen.leaked += 1;
                        seen.first.get_or_insert_with(|| format!("{name}: {text}"));
                    }
                }
            }
            Err(sqlx::Error::Database(error)) => {
                seen.refused += u32::from(error.code().as_deref() == Some("42501"));
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_account_filters_nothing_leaks() {
    let cluster = Cluster::start().await.unwrap();
    let (store, database) = migrated(&cluster, 1).await;
    let mut admin = PgConnection::connect_with(&database).await.unwrap();
    fill(&mut admin).await;
    let statements = every_statement(&mut admin).await;
    let calls = calls();
    let seen = call(&store, &statements, calls).await;
    assert_eq!(seen.leaked, 0, "{seen:?}");
    // The calls did something: they found rows, and tried to write for the other.
    assert!(seen.rows > calls / 10, "{seen:?}");
    assert!(seen.refused > calls / 100, "{seen:?}");
    println!("{calls} calls: {seen:?}");

    // Without the policy of one table the same calls find what it hid.
    sqlx::raw_sql("ALTER TABLE monitors DISABLE ROW LEVEL SECURITY")
        .execute(&mut admin)
        .await
        .unwrap();
    let seen = call(&store, &statements, CALLS / 4).await;
    assert!(seen.leaked > 0, "a leak is not seen: {seen:?}");
    store.close().await;
}
