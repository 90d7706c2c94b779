//! What the configuration comes to, where each value comes from, and what is wrong with it.

use super::{
    Config, ConfigFault, File, Flags, LogFormat, PREFIX, SignUp, TargetPolicy, VARIABLES, file,
};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What the environment may hold beside the settings.
const OTHERS: [&str; 5] = [
    "CONFIG",
    "BACKUP_PASSPHRASE",
    "BACKUP_PASSPHRASE_FILE",
    // Of the commands that talk to a running server.
    "URL",
    "API_KEY",
];
/// How the names of settings end whose values nobody is shown.
const SECRET: [&str; 5] = ["_token", "_password", "_secret", "_key", "_passphrase"];

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "from", rename_all = "lowercase")]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// The configuration file.
    File {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// An environment variable.
    Variable {
        /// Its name.
        name: String,
    },
    /// The command line.
    Flag {
        /// The option.
        name: &'static str,
    },
}

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// Its key in the file.
    pub name: String,
    /// Its value; nothing where a fault keeps it from being known. A secret is shown as `(set)`.
    pub value: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// What the configuration comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Every setting.
    pub settings: Vec<Setting>,
    /// What keeps the server from starting.
    pub faults: Vec<String>,
    /// What has no effect, though somebody seems to expect one.
    pub warnings: Vec<String>,
}

/// Reads file, environment and flags as a server would, and goes on where one would stop.
#[must_use]
pub fn report(flags: &Flags) -> Report {
    made(
        flags,
        &|name| super::variable(name),
        &super::our_variables(),
    )
}

fn made(flags: &Flags, variable: &dyn Fn(&str) -> Option<String>, present: &[String]) -> Report {
    let mut faults = Vec::new();
    let path = flags
        .config
        .clone()
        .or_else(|| variable("MONITORAH_CONFIG").map(PathBuf::from));
    let asked = path.is_some();
    let text = path.and_then(|path| match file::Text::read(&path) {
        Ok(text) => Some(text),
        Err(fault) => {
            faults.push(fault.to_string());
            None
        }
    });
    // Without its file nothing is known of what the configuration comes to.
    let lost = asked && text.is_none();
    let mut settings = File::default();
    let mut wrong = Vec::new();
    if let Some(text) = &text {
        faults.extend(text.unknown());
        match text.settings() {
            Ok(read) => settings = read,
            Err(fault) => {
                faults.push(fault.to_string());
                (settings, wrong) = text.readable();
            }
        }
    }
    let (config, more) = Config::assemble(settings, flags, variable);
    for fault in &more {
        match fault {
            ConfigFault::Setting { setting, .. } => {
                let name = setting.strip_prefix(PREFIX).unwrap_or(setting);
                wrong.push(name.to_lowercase());
            }
            ConfigFault::Unsafe(_) => wrong.push("targets".to_owned()),
            _ => {}
        }
    }
    faults.extend(more.iter().map(ToString::to_string));
    // The value of a setting that is wrong was replaced, and so was what follows from it.
    let misleads = |name: &str, origin: &Origin| {
        let is_wrong = |name: &str| wrong.iter().any(|wrong| wrong == name);
        let follows = match name {
            "public_url" => is_wrong("listen"),
            "targets" => is_wrong("sign_up"),
            _ => false,
        };
        lost || is_wrong(name) || (follows && *origin == Origin::Default)
    };
    let settings = file::known()
        .into_iter()
        .map(|name| {
            let origin = origin(&name, flags, variable, text.as_ref());
            let value = if misleads(&name, &origin) {
                given(&name, &origin, flags, variable, text.as_ref())
            } else {
                shown(&config, &name)
            };
            Setting {
                value: value.map(|value| hidden(&name, value)),
                origin,
                name,
            }
        })
        .collect();
    Report {
        settings,
        faults,
        warnings: unknown_variables(present),
    }
}

/// Variables that begin as ours do and are none. They are no fault: a cluster sets some of this form
/// for every service that it runs.
fn unknown_variables(present: &[String]) -> Vec<String> {
    let known: Vec<_> = VARIABLES
        .iter()
        .chain(&OTHERS)
        .map(|name| format!("{PREFIX}{name}"))
        .collect();
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut unknown: Vec<_> = present
        .iter()
        .filter(|name| !names.contains(&name.as_str()))
        .map(|name| {
            let meant = file::suggestion(name, &names);
            format!("the environment variable {name} is not read{meant}")
        })
        .collect();
    unknown.sort();
    unknown
}

fn flag(name: &str, flags: &Flags) -> Option<(&'static str, String)> {
    match name {
        "data_dir" => {
            let path = flags.data_dir.as_deref()?;
            Some(("--data-dir", path.display().to_string()))
        }
        "listen" => Some(("--listen", flags.listen.clone()?)),
        _ => None,
    }
}

fn variable_name(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase())
}

fn origin(
    name: &str,
    flags: &Flags,
    variable: &dyn Fn(&str) -> Option<String>,
    text: Option<&file::Text>,
) -> Origin {
    if let Some((name, _)) = flag(name, flags) {
        return Origin::Flag { name };
    }
    let full = variable_name(name);
    if variable(&full).is_some() {
        return Origin::Variable { name: full };
    }
    let key = text.and_then(|text| Some((text, text.keys.iter().find(|key| key.name == name)?)));
    match key {
        Some((text, key)) => Origin::File {
            path: text.path.clone(),
            line: key.line,
        },
        None => Origin::Default,
    }
}

/// What was written, where what it comes to is not known.
fn given(
    name: &str,
    origin: &Origin,
    flags: &Flags,
    variable: &dyn Fn(&str) -> Option<String>,
    text: Option<&file::Text>,
) -> Option<String> {
    match origin {
        Origin::Default => None,
        Origin::File { .. } => {
            let key = text?.keys.iter().find(|key| key.name == name)?;
            Some(key.written.clone())
        }
        Origin::Variable { name } => variable(name),
        Origin::Flag { .. } => Some(flag(name, flags)?.1),
    }
}

/// The value in force, as it would be written in the environment.
fn shown(config: &Config, name: &str) -> Option<String> {
    let path = |path: &Path| path.display().to_string();
    Some(match name {
        "data_dir" => path(&config.data_dir),
        "listen" => config.listen.to_string(),
        "public_url" => config.public_url.clone(),
        "behind_proxy" => config.behind_proxy.to_string(),
        "region" => config.region.to_string(),
        "targets" => match config.targets {
            TargetPolicy::Any => "any",
            TargetPolicy::Public => "public",
        }
        .to_owned(),
        "allow_targets" => {
            let all: Vec<_> = config
                .allow_targets
                .iter()
                .map(ToString::to_string)
                .collect();
            all.join(",")
        }
        "sign_up" => match config.sign_up {
            SignUp::Closed => "closed",
            SignUp::Open => "open",
        }
        .to_owned(),
        "rate_limit_per_minute" => config.rate_limit_per_minute.to_string(),
        "reference_targets" => config.reference_targets.join(","),
        "log" => config.log.clone(),
        "log_format" => match config.log_format {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        }
        .to_owned(),
        _ => return None,
    })
}

/// The value without what nobody is to see: a secret as a whole, the credentials of a URL.
fn hidden(name: &str, value: String) -> String {
    if SECRET.iter().any(|end| name.ends_with(end)) {
        return "(set)".to_owned();
    }
    match value.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
            match authority.rsplit_once('@') {
                Some((_, host)) => format!("{scheme}://***@{host}{path}"),
                None => value,
            }
        }
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| {
            let found = pairs.iter().find(|(key, _)| *key == name)?;
            Some(found.1.to_owned())
        }
    }

    fn of<'a>(report: &'a Report, name: &str) -> &'a Setting {
        report.settings.iter().find(|one| one.name == name).unwrap()
    }

    #[test]
    fn every_setting_has_a_value_and_an_origin() {
        let report = made(&Flags::default(), &lookup(&[("HOME", "/home/a")]), &[]);
        assert_eq!(report.faults, Vec::<String>::new());
        assert_eq!(report.settings.len(), VARIABLES.len());
        for setting in &report.settings {
            assert!(setting.value.is_some(), "{setting:?}");
            assert_eq!(setting.origin, Origin::Default);
        }
    }

    #[test]
    fn the_later_origin_wins_and_the_file_has_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("monitorah.toml");
        let text = "# first\nlog = \"debug\"\n\nregion = \"eu\"\nlisten = \"127.0.0.1:1\"\n";
        std::fs::write(&path, text).unwrap();
        let flags = Flags {
            config: Some(path.clone()),
            listen: Some("127.0.0.1:3".to_owned()),
            ..Flags::default()
        };
        let pairs = [
            ("HOME", "/home/a"),
            ("MONITORAH_LOG", "warn"),
            ("MONITORAH_LISTEN", "127.0.0.1:2"),
        ];
        let report = made(&flags, &lookup(&pairs), &[]);
        assert_eq!(report.faults, Vec::<String>::new());
        let region = of(&report, "region");
        assert_eq!(region.value.as_deref(), Some("eu"));
        assert_eq!(region.origin, Origin::File { path, line: 4 });
        let log = of(&report, "log");
        assert_eq!(log.value.as_deref(), Some("warn"));
        assert_eq!(
            log.origin,
            Origin::Variable {
                name: "MONITORAH_LOG".to_owned()
            }
        );
        let listen = of(&report, "listen");
        assert_eq!(listen.value.as_deref(), Some("127.0.0.1:3"));
        assert_eq!(listen.origin, Origin::Flag { name: "--listen" });
    }

    #[test]
    fn unknown_names_are_told_with_what_was_meant_and_every_fault_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("monitorah.toml");
        std::fs::write(
            &path,
            "listne = \"x\"\nfrobnicate = 1\nregion = \"Europe\"\n",
        )
        .unwrap();
        let flags = Flags {
            config: Some(path),
            ..Flags::default()
        };
        let present = ["MONITORAH_LSTEN".to_owned(), "MONITORAH_LOG".to_owned()];
        let report = made(&flags, &lookup(&[("HOME", "/home/a")]), &present);
        let told = report.faults.join("\n");
        for says in [
            "toml:1: there is no setting \"listne\": did you mean \"listen\"?",
            "toml:2",
            "region",
        ] {
            assert!(told.contains(says), "{told}");
        }
        assert_eq!(of(&report, "region").value.as_deref(), Some("\"Europe\""));
        assert_eq!(report.warnings.len(), 1);
        assert!(
            report.warnings[0].contains("MONITORAH_LISTEN"),
            "{:?}",
            report.warnings
        );
    }

    #[test]
    fn a_fault_takes_away_the_value_of_its_own_setting_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("monitorah.toml");
        let text = "region = \"eu\"\nbehind_proxy = \"perhaps\"\nlisten = \"nowhere\"\n";
        std::fs::write(&path, text).unwrap();
        let flags = Flags {
            config: Some(path),
            ..Flags::default()
        };
        let pairs = [
            ("HOME", "/home/a"),
            ("MONITORAH_RATE_LIMIT_PER_MINUTE", "x"),
        ];
        let report = made(&flags, &lookup(&pairs), &[]);
        assert_eq!(report.faults.len(), 3, "{:?}", report.faults);
        for (name, value) in [
            ("region", Some("eu")),
            ("log", Some("info")),
            ("targets", Some("any")),
            ("data_dir", Some("/home/a/.local/state/monitorah")),
            // As they are written; what follows from them is not known.
            ("behind_proxy", Some("\"perhaps\"")),
            ("listen", Some("\"nowhere\"")),
            ("rate_limit_per_minute", Some("x")),
            ("public_url", None),
        ] {
            assert_eq!(of(&report, name).value.as_deref(), value, "{name}");
        }

        // Settings that are unsafe together are shown as they are set.
        let pairs = [
            ("HOME", "/home/a"),
            ("MONITORAH_TARGETS", "any"),
            ("MONITORAH_SIGN_UP", "open"),
        ];
        let report = made(&Flags::default(), &lookup(&pairs), &[]);
        assert_eq!(report.faults.len(), 1);
        assert_eq!(of(&report, "targets").value.as_deref(), Some("any"));
        assert_eq!(of(&report, "sign_up").value.as_deref(), Some("open"));
        assert_eq!(
            of(&report, "listen").value.as_deref(),
            Some("127.0.0.1:8080")
        );
    }

    #[test]
    fn secrets_are_hidden() {
        assert_eq!(hidden("metrics_token", "abc".to_owned()), "(set)");
        let url = "https://u:p@ss@example.org/x@y".to_owned();
        assert_eq!(hidden("public_url", url), "https://***@example.org/x@y");
        let plain = "https://example.org/@y".to_owned();
        assert_eq!(hidden("public_url", plain.clone()), plain);
    }
}
