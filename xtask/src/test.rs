//! `cargo xtask test`: everything that a change must pass, from format to counts.

use crate::{
    Fault,
    process::{cargo, command, say, step, succeeds},
    rigs::Rigs,
    soak, tree,
};
use std::{env, fs, path::Path};

/// The test runner, in the version that this project was tested with.
const NEXTEST: &str = "0.9.143";

/// Runs every step; the last line is the counts.
#[expect(
    clippy::disallowed_methods,
    reason = "CI says that it is CI in a variable"
)]
pub(crate) fn run() -> Result<(), Fault> {
    let ci = env::var_os("CI").is_some();
    prepare()?;
    let steps: &[(&str, &[&str])] = &[
        ("format", &["fmt", "--all", "--check"]),
        (
            "lints",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
        ),
        (
            "the core alone",
            &[
                "check",
                "--package",
                "monitorah-core",
                "--no-default-features",
            ],
        ),
        (
            "documentation",
            &["doc", "--workspace", "--no-deps", "--all-features"],
        ),
        ("the client", &["xtask", "client", "--check"]),
        ("architecture", &["xtask", "check-architecture"]),
        // The README's own commands run in the tests, and build nothing there.
        ("the server as users run it", &["build", "--release"]),
    ];
    for (name, arguments) in steps {
        step(name, cargo(arguments).env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    if soak::has_fail_points(&fs::read(tree::target()?.join("release/monitorah"))?) {
        return Err("the server as users run it has fail points: it was built with them".into());
    }
    let tests = step(
        "tests",
        &mut cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]),
    )?;
    // All in one command: a selection of packages would be built anew, with features of its own.
    let doc_tests = step(
        "documentation tests",
        &mut cargo(&["test", "--workspace", "--doc"]),
    )?;
    step(
        "a thousand simulated hours",
        &mut cargo(&["run", "--release", "--package", "monitorah-simulation"]),
    )?;
    let contract = step("the contract", &mut cargo(&["xtask", "contract"]))?;
    let mut counts = Counts::default();
    contract.iter().for_each(|line| counts.read_libtest(line));
    tests.iter().for_each(|line| counts.read_nextest(line));
    counts.read_doc_tests(&doc_tests);
    if counts.passed == 0 {
        return Err("no test was run".into());
    }
    if ci && counts.skipped > 0 {
        return Err(format!(
            "{} tests were skipped, and in CI nothing may be",
            counts.skipped
        )
        .into());
    }
    say(&format!(
        "{} passed, {} failed, {} skipped",
        counts.passed, counts.failed, counts.skipped
    ));
    Ok(())
}

/// Installs what the tests need where that is allowed, and otherwise says what to install.
fn prepare() -> Result<(), Fault> {
    let mut missing = Vec::new();
    if !succeeds("cargo", &["nextest", "--version"]) {
        let version = ["install", "cargo-nextest", "--locked", "--version", NEXTEST];
        if step("installing cargo-nextest", &mut cargo(&version)).is_err() {
            missing.push(format!(
                "cargo install cargo-nextest --locked --version {NEXTEST}"
            ));
        }
    }
    let mut packages = Vec::new();
    if !succeeds("python3", &["-c", "import ensurepip, venv"]) {
        packages.push("python3-venv");
    }
    if !has_postgres() {
        packages.push("postgresql");
    }
    for (program, package) in [
        ("curl", "curl"),
        ("bash", "bash"),
        ("setpriv", "util-linux"),
        ("node", "nodejs"),
        ("npm", "npm"),
        ("unshare", "util-linux"),
        ("promtool", "prometheus"),
        ("prometheus", "prometheus"),
    ] {
        if !succeeds(program, &["--version"]) {
            packages.push(package);
        }
    }
    // These print their version in ways of their own.
    for (program, arguments, package) in
        [("named", &["-V"][..], "bind9"), ("ip", &["-V"], "iproute2")]
    {
        // Debian keeps them where only root looks.
        let hidden = Path::new("/usr/sbin").join(program);
        if !succeeds(program, arguments) && !hidden.is_file() {
            packages.push(package);
        }
    }
    packages.dedup();
    if !packages.is_empty() {
        let install = format!(
            "apt-get install --yes --no-install-recommends {}",
            packages.join(" ")
        );
        let may = succeeds("sh", &["-c", "test \"$(id -u)\" = 0 && command -v apt-get"]);
        let script = format!("apt-get update --quiet && DEBIAN_FRONTEND=noninteractive {install}");
        if !may || step("installing packages", command("sh").args(["-c", &script])).is_err() {
            missing.push(install);
        }
    }
    if missing.is_empty() {
        Rigs::install()?;
        return Ok(());
    }
    Err(format!(
        "the tests need more than is here; run:\n    {}",
        missing.join("\n    ")
    )
    .into())
}

/// Whether the programs of a PostgreSQL server are here, in the folders where the tests look.
fn has_postgres() -> bool {
    let debian = Path::new("/usr/lib/postgresql")
        .read_dir()
        .into_iter()
        .flatten()
        .flatten();
    debian
        .map(|version| version.path().join("bin/initdb"))
        .any(|initdb| initdb.is_file())
        || succeeds("initdb", &["--version"])
}

/// How many tests ended how.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Counts {
    /// `Summary [ 61.0s] 21 tests run: 20 passed (1 slow), 1 failed, 0 skipped`
    fn read_nextest(&mut self, line: &str) {
        if let Some((_, counts)) = line
            .trim()
            .strip_prefix("Summary")
            .and_then(|l| l.split_once(": "))
        {
            self.read(counts);
        }
    }

    /// `test result: ok. 4 passed; 0 failed; 0 ignored; …`
    fn read_libtest(&mut self, line: &str) {
        if let Some((_, counts)) = line
            .strip_prefix("test result: ")
            .and_then(|l| l.split_once(". "))
        {
            self.read(counts);
        }
    }

    /// Libtest's words under `   Doc-tests monitorah_core`, package by package.
    fn read_doc_tests(&mut self, lines: &[String]) {
        let mut of_client = false;
        for line in lines {
            if let Some(package) = line.trim().strip_prefix("Doc-tests ") {
                of_client = package == "monitorah_client";
            }
            let skipped = self.skipped;
            self.read_libtest(line);
            // The generated part of the client carries excerpts that are marked as no code to run;
            // they are not tests that somebody left out.
            if of_client {
                self.skipped = skipped;
            }
        }
    }

    fn read(&mut self, counts: &str) {
        for part in counts.split([',', ';']) {
            let mut words = part.split_whitespace();
            let number = words
                .next()
                .and_then(|word| word.parse::<u64>().ok())
                .unwrap_or(0);
            match words.next() {
                Some("passed") => self.passed += number,
                Some("failed") => self.failed += number,
                Some("skipped" | "ignored") => self.skipped += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_both_runners() {
        let mut counts = Counts::default();
        counts.read_nextest(
            "     Summary [  61.004s] 21 tests run: 19 passed (1 slow), 1 failed, 2 skipped",
        );
        counts.read_nextest("        PASS [   0.027s] ( 1/11) a::b 7 passed");
        counts.read_libtest(
            "test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
        );
        assert_eq!(
            counts,
            Counts {
                passed: 23,
                failed: 1,
                skipped: 3
            }
        );
    }

    #[test]
    fn excerpts_of_the_generated_client_are_no_skipped_tests() {
        let said = "   Doc-tests monitorah_client
test result: ok. 2 passed; 0 failed; 5 ignored; 0 measured; 0 filtered out
   Doc-tests monitorah_core
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        let mut counts = Counts::default();
        counts.read_doc_tests(&said.lines().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(
            counts,
            Counts {
                passed: 5,
                failed: 0,
                skipped: 1
            }
        );
    }
}
