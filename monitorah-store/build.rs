//! Lists the migrations, for the store to compile in: anew when a file comes, goes or changes.

#[path = "src/migration/name.rs"]
mod name;

use std::{collections::BTreeMap, error::Error, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=migrations");
    #[expect(
        clippy::disallowed_methods,
        reason = "so cargo tells a build script where its output goes"
    )]
    let out = std::env::var_os("OUT_DIR").ok_or("run this by cargo: OUT_DIR is not set")?;
    for database in ["postgres", "sqlite"] {
        let listed = Path::new(&out).join(format!("{database}.rs"));
        fs::write(listed, list(database)?)?;
    }
    Ok(())
}

/// The migrations of a database by their versions: an array of version, description and text, as
/// the store includes it.
fn list(database: &str) -> Result<String, Box<dyn Error>> {
    let mut migrations = BTreeMap::new();
    for entry in fs::read_dir(Path::new("migrations").join(database))? {
        let file = entry?.file_name();
        let file = file.to_string_lossy();
        let Some((version, description)) = name::read(&file)? else {
            continue;
        };
        if let Some((_, other)) = migrations.insert(version, (description, file.to_string())) {
            return Err(format!(
                "migrations/{database}: {file} and {other} have the same version: give the one \
                 that was released nowhere a version of its own"
            )
            .into());
        }
    }
    let mut text = String::from("[");
    for (version, (description, file)) in migrations {
        write!(
            text,
            "({version}, {description:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \
             \"/migrations/{database}/{file}\"))),"
        )?;
    }
    text.push(']');
    Ok(text)
}
