//! A plan for people and for programs. No secret is in either.

use super::{
    carry_out::{Done, Outcome},
    catalogue::Object,
    plan::{Action, Change, Counts, Plan, Shown, Step},
    write::map,
};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

/// The longest value that is shown in one line: characters.
const MAX_VALUE: usize = 160;
/// The most lines of a difference between two texts.
const MAX_LINES: usize = 40;

/// How text is coloured; not at all where nobody looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Colours(pub(crate) bool);

impl Colours {
    fn paint(self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn green(self, text: &str) -> String {
        self.paint("32", text)
    }

    fn yellow(self, text: &str) -> String {
        self.paint("33", text)
    }

    fn red(self, text: &str) -> String {
        self.paint("31", text)
    }
}

/// The plan as text.
pub(crate) fn plan_text(plan: &Plan, colours: Colours) -> String {
    let mut text = String::new();
    for step in &plan.steps {
        step_text(step, colours, &mut text);
    }
    let counts = plan.counts();
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&summary(counts));
    text.push('\n');
    if counts.secrets > 0 {
        text.push_str(&format!(
            "{} of the unchanged monitors hold secrets, which cannot be compared: \
             --resend-secrets sends them again.\n",
            counts.secrets
        ));
    }
    text
}

fn summary(counts: Counts) -> String {
    let Counts {
        create,
        update,
        delete,
        unchanged,
        blocked,
        ..
    } = counts;
    let mut text = if counts.pending() || blocked > 0 {
        format!(
            "Plan: {create} to create, {update} to update, {delete} to delete, {unchanged} unchanged"
        )
    } else {
        format!("Nothing to do: {unchanged} unchanged")
    };
    if blocked > 0 {
        text.push_str(&format!(", {blocked} blocked"));
    }
    text + "."
}

fn step_text(step: &Step, colours: Colours, text: &mut String) {
    let title = format!(
        "{}  {} \"{}\"",
        clean(&step.reference),
        clean(&step.kind),
        clean(&step.name)
    );
    match &step.action {
        Action::Unchanged { .. } => {}
        Action::Create { shown, .. } => {
            text.push_str(&colours.green(&format!("+ create {title}")));
            text.push('\n');
            for (pointer, value) in shown {
                if pointer != "/name" && pointer != "/type" {
                    text.push_str(&format!(
                        "      {}: {}\n",
                        dotted(pointer),
                        value_text(value)
                    ));
                }
            }
        }
        Action::Update { changes, .. } => {
            text.push_str(&colours.yellow(&format!("~ update {title}")));
            text.push('\n');
            for change in changes {
                change_text(change, colours, text);
            }
        }
        Action::Delete { .. } => {
            text.push_str(&colours.red(&format!("- delete {title}")));
            text.push('\n');
        }
        Action::Blocked { why, .. } => {
            text.push_str(&colours.red(&format!("! blocked {title}")));
            text.push_str(&format!("\n      {}\n", clean(why)));
        }
    }
}

fn change_text(change: &Change, colours: Colours, text: &mut String) {
    let name = dotted(&change.pointer);
    if let (Shown::Value(Value::String(before)), Shown::Value(Value::String(after))) =
        (&change.before, &change.after)
        && (before.contains('\n') || after.contains('\n'))
    {
        text.push_str(&format!("      {name}:\n"));
        lines(before, after, colours, text);
        return;
    }
    let after = if (&change.before, &change.after) == (&Shown::Secret, &Shown::Secret) {
        "(secret, sent again)".to_owned()
    } else {
        value_text(&change.after)
    };
    text.push_str(&format!(
        "      {name}: {} -> {after}\n",
        value_text(&change.before)
    ));
}

/// The lines in which two texts differ.
fn lines(before: &str, after: &str, colours: Colours, text: &mut String) {
    let difference = TextDiff::from_lines(before, after);
    let mut shown = 0;
    for change in difference.iter_all_changes() {
        let line = clean(change.value().trim_end_matches('\n'));
        let line = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => colours.red(&format!("- {line}")),
            ChangeTag::Insert => colours.green(&format!("+ {line}")),
        };
        if shown == MAX_LINES {
            text.push_str("        …\n");
            return;
        }
        shown += 1;
        text.push_str(&format!("        {line}\n"));
    }
}

/// A pointer as people write it.
fn dotted(pointer: &str) -> String {
    let name: Vec<_> = pointer
        .split('/')
        .skip(1)
        .map(|segment| clean(&segment.replace("~1", "/").replace("~0", "~")))
        .collect();
    name.join(".")
}

fn value_text(shown: &Shown) -> String {
    let text = match shown {
        Shown::Absent => return "(none)".to_owned(),
        Shown::Secret => return "(secret)".to_owned(),
        Shown::Hidden => return "(hidden: the file takes it from the environment)".to_owned(),
        Shown::Value(value) | Shown::Written(value) => clean(&value.to_string()),
    };
    if text.chars().count() > MAX_VALUE {
        text.chars().take(MAX_VALUE).chain(['…']).collect()
    } else {
        text
    }
}

/// Without what a terminal would obey: names and targets come from others too.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|character| {
            // The second kind turns the order of what follows round.
            let turns = matches!(
                character,
                '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            );
            if character.is_control() || turns {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}

/// The plan as JSON, with what became of it where it was carried out.
pub(crate) fn plan_json(plan: &Plan, done: Option<&[Done]>) -> Value {
    let counts = plan.counts();
    let steps: Vec<_> = plan
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let mut value = step_json(step);
            if let Some(done) = done.and_then(|done| done.iter().find(|done| done.step == index)) {
                let (outcome, error) = match &done.outcome {
                    Outcome::Done => ("DONE", None),
                    Outcome::Failed { message, .. } => ("FAILED", Some(message)),
                    Outcome::NotTried => ("NOT_TRIED", None),
                };
                value.insert("outcome".to_owned(), json!(outcome));
                if let Some(error) = error {
                    value.insert("error".to_owned(), json!(error));
                }
            }
            value
        })
        .collect();
    json!({
        "steps": steps,
        "create": counts.create,
        "update": counts.update,
        "delete": counts.delete,
        "unchanged": counts.unchanged,
        "blocked": counts.blocked,
        "secretsNotCompared": counts.secrets,
    })
}

fn step_json(step: &Step) -> Object {
    let mut value = map([
        ("externalRef", json!(step.reference)),
        ("name", json!(step.name)),
        ("type", json!(step.kind)),
    ]);
    let (action, more) = match &step.action {
        Action::Create { shown, .. } => {
            let fields: Vec<_> = shown
                .iter()
                .map(|(pointer, shown)| json!({"pointer": pointer, "after": shown_json(shown)}))
                .collect();
            ("CREATE", Some(("changes", json!(fields))))
        }
        Action::Update { changes, .. } => {
            let fields: Vec<_> = changes
                .iter()
                .map(|change| {
                    json!({
                        "pointer": change.pointer,
                        "before": shown_json(&change.before),
                        "after": shown_json(&change.after),
                    })
                })
                .collect();
            ("UPDATE", Some(("changes", json!(fields))))
        }
        Action::Unchanged { .. } => ("UNCHANGED", None),
        Action::Delete { .. } => ("DELETE", None),
        Action::Blocked { why, .. } => ("BLOCKED", Some(("why", json!(why)))),
    };
    value.insert("action".to_owned(), json!(action));
    if let Some((name, more)) = more {
        value.insert(name.to_owned(), more);
    }
    value
}

fn shown_json(shown: &Shown) -> Value {
    match shown {
        Shown::Absent => Value::Null,
        Shown::Value(value) | Shown::Written(value) => value.clone(),
        Shown::Secret => json!("(secret)"),
        Shown::Hidden => json!("(hidden)"),
    }
}
