//! Rows that are read by name: a struct whose fields are called as the columns are.
//!
//! The derive of sqlx does this too, and has cargo build sqlx, SQLite and the cryptography once
//! more, for the compiler to call (decision 0032).

/// Declares a struct and reads it from a row of either database, a column a field. What begins with
/// `..` is another such struct, and comes first: its columns are in the same row.
macro_rules! columns {
    (
        $(#[$about:meta])*
        $vis:vis struct $name:ident {
            $(..$part:ident: $part_type:ty,)?
            $($(#[$field_about:meta])* $field_vis:vis $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$about])*
        $vis struct $name {
            $($part: $part_type,)?
            $($(#[$field_about])* $field_vis $field: $type,)*
        }

        impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for $name
        where
            &'static str: sqlx::ColumnIndex<R>,
            $($part_type: sqlx::FromRow<'r, R>,)?
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,)*
        {
            fn from_row(row: &'r R) -> sqlx::Result<Self> {
                Ok(Self {
                    $($part: <$part_type as sqlx::FromRow<'r, R>>::from_row(row)?,)?
                    $($field: row.try_get(stringify!($field))?,)*
                })
            }
        }
    };
}

pub(super) use columns;

#[cfg(test)]
mod tests {
    use sqlx::{Connection, Error, FromRow, SqliteConnection};

    columns! {
        struct Part {
            first: i64,
        }
    }

    columns! {
        /// A row with another one in it.
        struct Whole {
            ..part: Part,
            /// A column that may be empty.
            second: Option<String>,
        }
    }

    async fn read(text: &'static str) -> Result<Whole, Error> {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let row = sqlx::query(text).fetch_one(&mut connection).await.unwrap();
        Whole::from_row(&row)
    }

    #[tokio::test]
    async fn a_column_is_found_by_its_name() {
        let row = read("SELECT 'two' AS second, 3 AS third, 1 AS first");
        let row = row.await.unwrap();
        assert_eq!((row.part.first, row.second.as_deref()), (1, Some("two")));
        let row = read("SELECT 1 AS first, NULL AS second").await.unwrap();
        assert_eq!(row.second, None);
    }

    #[tokio::test]
    async fn what_is_missing_or_of_another_type_is_named() {
        for (text, name) in [
            ("SELECT 'two' AS second", "first"),
            ("SELECT 1 AS first", "second"),
        ] {
            let missing = read(text).await.err();
            assert!(
                matches!(&missing, Some(Error::ColumnNotFound(column)) if column == name),
                "{missing:?}"
            );
        }
        for (text, name) in [
            ("SELECT 'one' AS first, 'two' AS second", "first"),
            ("SELECT 1 AS first, 2 AS second", "second"),
        ] {
            let wrong = read(text).await.err();
            assert!(
                matches!(&wrong, Some(Error::ColumnDecode { index, .. }) if index.contains(name)),
                "{wrong:?}"
            );
        }
    }
}
