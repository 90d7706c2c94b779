//! Programs of others that the tests use: Python and Node packages in pinned versions, under the
//! target folder.
//!
//! `xtask/rigs/requirements.txt` and `xtask/rigs/package.json` name them. They are installed once,
//! and again when those files change.

use crate::{
    Fault,
    process::{command, step},
    tree,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the programs are.
#[derive(Debug, Clone)]
pub(crate) struct Rigs {
    /// The folder of all of them.
    folder: PathBuf,
}

impl Rigs {
    /// Where they are or will be. Nothing is installed.
    pub(crate) fn at_home() -> Result<Self, Fault> {
        Ok(Self {
            folder: tree::target()?.join("rigs"),
        })
    }

    /// Installs what is missing or stale.
    pub(crate) fn install() -> Result<Self, Fault> {
        let rigs = Self::at_home()?;
        fs::create_dir_all(&rigs.folder)?;
        rigs.install_python()?;
        rigs.install_node()?;
        Ok(rigs)
    }

    /// A program of the Python packages.
    pub(crate) fn python(&self, program: &str) -> PathBuf {
        self.folder.join("venv/bin").join(program)
    }

    /// The folder of the Node packages: what stands below it finds them.
    pub(crate) fn node(&self) -> PathBuf {
        self.folder.join("node")
    }

    /// A program of the Node packages.
    pub(crate) fn node_program(&self, program: &str) -> PathBuf {
        self.node().join("node_modules/.bin").join(program)
    }

    /// A folder for what is generated, empty.
    pub(crate) fn fresh(&self, name: &str) -> Result<PathBuf, Fault> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    fn install_python(&self) -> Result<(), Fault> {
        let requirements = source("requirements.txt");
        let home = self.folder.join("venv");
        let stamp = Stamp::new(home.join("requirements.txt"), &[&requirements])?;
        if stamp.is_fresh() {
            return Ok(());
        }
        let made = step(
            "a Python environment for the tests",
            command("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&home),
        );
        let installed = made.and_then(|_| {
            step(
                "Python packages for the tests",
                command(&self.python("pip").to_string_lossy())
                    .args(["install", "--quiet", "--disable-pip-version-check", "-r"])
                    .arg(&requirements),
            )
        });
        installed.map_err(|fault| {
            format!(
                "{fault}; the tests need these packages, run:\n    python3 -m venv --clear {home}\n    \
                 {home}/bin/pip install -r {}",
                requirements.display(),
                home = home.display(),
            )
        })?;
        stamp.write()
    }

    fn install_node(&self) -> Result<(), Fault> {
        let package = source("package.json");
        let lock = source("package-lock.json");
        let stamp = Stamp::new(self.folder.join("node.stamp"), &[&package, &lock])?;
        if stamp.is_fresh() {
            return Ok(());
        }
        let home = self.node();
        fs::create_dir_all(&home)?;
        fs::copy(&package, home.join("package.json"))?;
        fs::copy(&lock, home.join("package-lock.json"))?;
        // No package needs a script of its own to be installed.
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        step(
            "Node packages for the tests",
            command("npm").args(arguments).current_dir(&home),
        )
        .map_err(|fault| {
            format!(
                "{fault}; the tests need these packages, run:\n    cd {} && npm {}",
                home.display(),
                arguments.join(" ")
            )
        })?;
        stamp.write()
    }
}

/// A file of `xtask/rigs`.
pub(crate) fn source(name: &str) -> PathBuf {
    tree::root().join("xtask/rigs").join(name)
}

/// Remembers what was installed from.
struct Stamp {
    place: PathBuf,
    text: String,
}

impl Stamp {
    fn new(place: PathBuf, sources: &[&Path]) -> Result<Self, Fault> {
        let mut text = String::new();
        for source in sources {
            let read = fs::read_to_string(source)
                .map_err(|error| format!("{}: {error}", source.display()))?;
            text.push_str(&read);
        }
        Ok(Self { place, text })
    }

    fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.place).is_ok_and(|before| before == self.text)
    }

    fn write(self) -> Result<(), Fault> {
        Ok(fs::write(self.place, self.text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn read(path: &Path) -> String {
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn every_version_is_pinned_and_the_lock_names_no_registry() {
        let text = read(&source("requirements.txt"));
        for package in text.lines().filter(|line| !line.starts_with('#')) {
            assert!(package.contains("=="), "{package}");
        }
        let package: Value = serde_json::from_str(&read(&source("package.json"))).unwrap();
        for (name, version) in package["devDependencies"].as_object().unwrap() {
            assert!(
                version.as_str().unwrap().starts_with(char::is_numeric),
                "{name}"
            );
        }
        let lock = read(&source("package-lock.json"));
        assert!(
            !lock.contains("\"resolved\""),
            "npm config set omit-lockfile-registry-resolved"
        );
    }

    #[test]
    fn the_typescript_example_is_tried_with_the_versions_that_it_names() {
        let tried: Value = serde_json::from_str(&read(&source("package.json"))).unwrap();
        let example = tree::root().join("examples/typescript/package.json");
        let example: Value = serde_json::from_str(&read(&example)).unwrap();
        for group in ["dependencies", "devDependencies"] {
            for (name, version) in example[group].as_object().unwrap() {
                assert_eq!(version, &tried["devDependencies"][name], "{name}");
            }
        }
    }

    #[test]
    fn a_stamp_is_stale_when_its_source_changes() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        fs::write(&source, "one").unwrap();
        let stamp = || Stamp::new(folder.path().join("stamp"), &[&source]).unwrap();
        assert!(!stamp().is_fresh());
        stamp().write().unwrap();
        assert!(stamp().is_fresh());
        fs::write(&source, "two").unwrap();
        assert!(!stamp().is_fresh());
    }
}
