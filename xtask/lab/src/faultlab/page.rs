//! The tables of the book's page, written from the table of the code.

use super::{
    mode::{Mode, Script},
    table::CHAPTERS,
};

/// Every chapter with its table.
pub(crate) fn tables() -> String {
    let mut text = String::new();
    for chapter in &CHAPTERS {
        text.push_str(&format!(
            "## {}\n\n| Mode | What happens | Monitor | State | Reason | Told |\n|---|---|---|---|---|---|\n",
            chapter.title
        ));
        for mode in chapter.modes {
            text.push_str(&row(mode));
        }
        text.push('\n');
    }
    text
}

fn row(mode: &Mode) -> String {
    let expect = &mode.expect;
    let list = |kinds: &[&str]| {
        let kinds: Vec<_> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
        if kinds.is_empty() {
            "nobody".to_owned()
        } else {
            kinds.join(", ")
        }
    };
    let told = match (expect.told, expect.told_after) {
        ([], []) => "nobody".to_owned(),
        (during, after) => format!("{}; then {}", list(during), list(after)),
    };
    format!(
        "| `{}` | {} | {} | `{}` | `{}` | {told} |\n",
        mode.name,
        mode.does,
        monitor(mode),
        expect.state,
        expect.reason
    )
}

/// What watches the target: the type and the configuration, as a cell can hold it.
fn monitor(mode: &Mode) -> String {
    let draft = &mode.monitor;
    let mut text = format!("{} `{}`", draft.kind, draft.config.replace('|', "\\|"));
    if draft.more != "{}" {
        text.push_str(&format!(" `{}`", draft.more));
    }
    match mode.script {
        Script::Http(_) | Script::HttpPort(_) | Script::Window(_) | Script::Uplink => {}
        Script::Https(_) => text.push_str(" of an `https` URL"),
        Script::NamedHttp(_) | Script::NamedDns(_) => text.push_str(" with our own name servers"),
        _ => {}
    }
    text
}
