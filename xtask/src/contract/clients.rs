//! Clients in other languages, made by generators that we did not write, against a running server.
//!
//! They are generated under the target folder; what is written by hand is in `examples/python` and
//! `examples/typescript`.

use super::{CONTRACT, server::Server};
use crate::{
    Fault,
    process::{command, step},
    rigs::Rigs,
    tree,
};
use std::{fs, path::Path, process::Command};

/// More than the exercise asks.
const GENEROUS: u32 = 100_000;
/// Fewer than the exercise asks: it wants to be refused.
const FEW: u32 = 5;

/// openapi-python-client: its client is type-checked where we call it, and exercised.
pub(super) fn python(rigs: &Rigs, binary: &Path) -> Result<(), Fault> {
    let example = tree::root().join("examples/python");
    let generated = rigs.fresh("python-client")?;
    let contract = tree::root().join(CONTRACT);
    let mut generate = at(&rigs.python("openapi-python-client"));
    generate
        .args(["generate", "--meta", "none", "--overwrite", "--path"])
        .arg(&contract)
        .arg("--config")
        .arg(example.join("openapi-python-client.yaml"))
        .arg("--output-path")
        .arg(generated.join("monitorah_api"));
    let said = step("openapi-python-client", &mut generate)?;
    // It leaves out what it does not understand, and succeeds.
    if said
        .iter()
        .any(|line| line.contains("will not be generated"))
    {
        return Err("openapi-python-client leaves operations out: see its words above".into());
    }
    let mut types = at(&rigs.python("mypy"));
    types
        .current_dir(&example)
        .arg("--cache-dir")
        .arg(generated.join("mypy"))
        .args(["monitorah", "quickstart.py", "exercise.py"])
        .env("MYPYPATH", &generated);
    step("mypy --strict of the Python example", &mut types)?;
    let path = std::env::join_paths([&generated, &example])?;
    exercise("the Python client", binary, |server| {
        let mut run = at(&rigs.python("python"));
        run.env("PYTHONPATH", &path)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .current_dir(&example);
        match server {
            Some(_) => run.arg("quickstart.py"),
            None => run.arg("exercise.py").arg(&contract),
        };
        run
    })
}

/// openapi-typescript and openapi-fetch: compiled strictly, and exercised.
pub(super) fn typescript(rigs: &Rigs, binary: &Path) -> Result<(), Fault> {
    let example = tree::root().join("examples/typescript");
    // Below the packages, where Node.js finds them.
    let copy = rigs.node().join("example");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    fs::create_dir_all(copy.join("src"))?;
    for name in ["package.json", "tsconfig.json"] {
        fs::copy(example.join(name), copy.join(name))?;
    }
    for file in fs::read_dir(example.join("src"))? {
        let file = file?;
        fs::copy(file.path(), copy.join("src").join(file.file_name()))?;
    }
    let mut generate = at(&rigs.node_program("openapi-typescript"));
    generate
        .arg(tree::root().join(CONTRACT))
        .args(["--default-non-nullable=false", "--output"])
        .arg(copy.join("src/schema.d.ts"));
    step("openapi-typescript", &mut generate)?;
    let mut compile = at(&rigs.node_program("tsc"));
    step(
        "tsc --strict of the TypeScript example",
        compile.arg("--project").arg(&copy),
    )?;
    exercise("the TypeScript client", binary, |server| {
        let mut run = command("node");
        run.current_dir(&copy);
        match server {
            Some(_) => run.arg("dist/quickstart.js"),
            None => run.arg("dist/exercise.js"),
        };
        run
    })
}

/// Runs the exercise against two servers, and the quickstart as a user would.
fn exercise(
    name: &str,
    binary: &Path,
    run: impl Fn(Option<&Server>) -> Command,
) -> Result<(), Fault> {
    let server = Server::start(binary, GENEROUS)?;
    let limited = Server::start(binary, FEW)?;
    let mut work = run(None);
    work.env("MONITORAH_URL", &server.url)
        .env("MONITORAH_KEY", &server.key)
        .env("MONITORAH_LIMITED_URL", &limited.url)
        .env("MONITORAH_LIMITED_KEY", &limited.key);
    step(name, &mut work)?;
    let mut quick = run(Some(&server));
    quick
        .env("MONITORAH_URL", &server.url)
        .env("MONITORAH_KEY", &server.key);
    let said = step(&format!("the quickstart of {name}"), &mut quick)?;
    if said.iter().any(|line| line == "found it among 1 monitors") {
        return Ok(());
    }
    Err(format!("the quickstart of {name} did not find its monitor").into())
}

fn at(program: &Path) -> Command {
    command(&program.to_string_lossy())
}
