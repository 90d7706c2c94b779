//! A plan carried out, one request a step, each for itself: what fails is said and the rest goes on.
//!
//! Running it again is always safe. A monitor is made only where its reference is free, and changed
//! or deleted only in the version that the plan was made of.

use super::{
    file::{Declared, Fault},
    live::patiently,
    plan::{Action, Plan, Step},
};
use http::Method;
use monitorah_client::{Client, Error};
use monitorah_core::Env;

/// What became of a step.
#[derive(Debug)]
pub(crate) struct Done {
    /// Its number in the plan.
    pub(crate) step: usize,
    pub(crate) outcome: Outcome,
}

/// How a step ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    Done,
    Failed {
        /// One line for people.
        message: String,
        /// What the server says is wrong with the file, with its places.
        faults: Vec<Fault>,
    },
    /// The server was gone before.
    NotTried,
}

/// Carries out every step that changes something. Deleting comes last.
pub(crate) async fn carry_out(
    environment: &Env,
    client: &Client,
    declared: &Declared,
    plan: &Plan,
    mut said: impl FnMut(&Step, &Outcome),
) -> Vec<Done> {
    let deletes = |step: &Step| matches!(step.action, Action::Delete { .. });
    let steps = plan.steps.iter().enumerate();
    let ordered = steps
        .clone()
        .filter(|(_, step)| !deletes(step))
        .chain(steps.filter(|(_, step)| deletes(step)));
    let mut all = Vec::new();
    let mut gone = false;
    for (index, step) in ordered {
        if matches!(
            step.action,
            Action::Unchanged { .. } | Action::Blocked { .. }
        ) {
            continue;
        }
        let outcome = if gone {
            Outcome::NotTried
        } else {
            match one(environment, client, &step.action).await {
                Ok(()) => Outcome::Done,
                Err(error) => {
                    gone = lost(&error);
                    failed(&error, declared, step)
                }
            }
        };
        said(step, &outcome);
        all.push(Done {
            step: index,
            outcome,
        });
    }
    all
}

async fn one(environment: &Env, client: &Client, action: &Action) -> Result<(), Error> {
    patiently(environment, || async move {
        let call = match action {
            Action::Create { body, .. } => client.document(Method::POST, &["monitors"]).body(body),
            Action::Update {
                id, version, patch, ..
            } => client
                .document(Method::PATCH, &["monitors", id])
                .if_version(*version)
                .body(patch),
            Action::Delete { id, version } => client
                .document(Method::DELETE, &["monitors", id])
                .if_version(*version),
            Action::Unchanged { .. } | Action::Blocked { .. } => return Ok(()),
        };
        call.send().await.map(drop)
    })
    .await
}

/// Whether it is of no use to go on: nobody answers, or the key is not taken.
fn lost(error: &Error) -> bool {
    matches!(error, Error::NoAnswer(_)) || matches!(error.status(), Some(401 | 403 | 421 | 423))
}

fn failed(error: &Error, declared: &Declared, step: &Step) -> Outcome {
    let message = match (error.status(), &step.action) {
        (Some(412), _) => "somebody changed it in the meantime: run this again to see how it \
                           stands now"
            .to_owned(),
        (Some(404), Action::Delete { .. }) => return Outcome::Done,
        (Some(409), Action::Create { .. }) => format!(
            "{error}; somebody made it in the meantime: run this again to see how it stands now"
        ),
        _ => crate::data_dir::with_causes(error),
    };
    let faults = error
        .fields()
        .iter()
        .map(|field| {
            let pointer = match step.index {
                Some(index) => format!("/monitors/{index}{}", field.pointer),
                None => field.pointer.clone(),
            };
            Fault {
                place: declared.source.place_of(&pointer),
                pointer,
                message: field.message.clone(),
            }
        })
        .collect();
    Outcome::Failed { message, faults }
}
