//! A message as a letter: headers, a text, and the same in HTML.

use crate::render::{Rendering, fitted, html};
use lettre::{
    Address,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use monitorah_core::alert::Message;
use sha2::{Digest, Sha256};
use std::{fmt::Write, time::SystemTime};

/// The longest subject.
const MAX_SUBJECT: usize = 200;
/// The longest value in HTML, escaped.
const MAX_VALUE: usize = 4_200;

/// A letter, ready to be handed in.
pub(super) struct Letter {
    pub(super) from: Address,
    pub(super) to: Vec<Address>,
    /// As it goes over the wire, before dots are doubled. ASCII only.
    pub(super) bytes: Vec<u8>,
}

/// Writes the letter. Everything in it comes from the message, so that a second attempt sends the
/// same bytes.
pub(super) fn write(
    message: &Message,
    from: &Mailbox,
    to: &[Mailbox],
) -> Result<Letter, lettre::error::Error> {
    let rendering = Rendering::of(message);
    let domain = from.email.domain();
    let mut builder = lettre::Message::builder()
        .from(from.clone())
        .date(SystemTime::from(message.timestamp))
        .subject(crate::render::clean(&rendering.title, MAX_SUBJECT))
        // The same in every attempt: a mailbox that gets it twice can tell.
        .message_id(Some(format!("<{}@{domain}>", message.id)));
    for mailbox in to {
        builder = builder.to(mailbox.clone());
    }
    if let Some(event) = &message.event {
        // No letter has this id: readers put everything that refers to it together.
        let thread = format!("<{}@{domain}>", event.id);
        builder = builder.in_reply_to(thread.clone()).references(thread);
    }
    for (name, value) in [
        // RFC 3834: holiday notes and ticket systems leave it unanswered.
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("X-Monitorah-Event", message.kind.as_str()),
    ] {
        if let Ok(name) = HeaderName::new_from_ascii(name.to_owned()) {
            builder = builder.raw_header(HeaderValue::new(name, value.to_owned()));
        }
    }
    let (text, page) = (rendering.text(), page(&rendering));
    let parts = MultiPart::alternative()
        .boundary(boundary(&text, &page))
        .singlepart(SinglePart::plain(text))
        .singlepart(SinglePart::html(page));
    let letter = builder.multipart(parts)?;
    Ok(Letter {
        from: from.email.clone(),
        to: to.iter().map(|mailbox| mailbox.email.clone()).collect(),
        bytes: letter.formatted(),
    })
}

/// What stands between the parts. One drawn at random would make each attempt another letter, and
/// one that can be known beforehand could stand in a text and end its part: no text holds its own
/// digest.
fn boundary(text: &str, page: &str) -> String {
    let digest = Sha256::new()
        .chain_update(text)
        .chain_update([0])
        .chain_update(page)
        .finalize();
    let mut boundary = "=_".to_owned();
    for byte in digest.iter().take(16) {
        // Writing to a text cannot fail.
        let _ = write!(boundary, "{byte:02x}");
    }
    boundary
}

/// The HTML part: nothing is loaded from anywhere, and all style stands where it is used.
fn page(rendering: &Rendering) -> String {
    let title = fitted(&rendering.title, MAX_VALUE, html);
    let mut rows = String::new();
    for fact in &rendering.facts {
        let value = fitted(&fact.value, MAX_VALUE, html);
        // Writing to a text cannot fail.
        let _ = writeln!(
            rows,
            "<tr><th align=\"left\" valign=\"top\" style=\"padding:4px 16px 4px 0;color:#555;\
             font-weight:normal\">{}</th><td style=\"padding:4px 0;word-break:break-word\">{value}\
             </td></tr>",
            fact.label
        );
    }
    let link = rendering.link.as_ref().map_or_else(String::new, |link| {
        let link = fitted(link, MAX_VALUE, html);
        format!("<p><a href=\"{link}\">Open Monitorah</a></p>\n")
    });
    let colour = rendering.tone.hex();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         </head>\n<body style=\"font-family:sans-serif;font-size:15px;color:#222\">\n\
         <h1 style=\"font-size:18px;border-left:6px solid {colour};padding:4px 12px\">{title}</h1>\n\
         <table cellspacing=\"0\" cellpadding=\"0\">\n{rows}</table>\n{link}</body></html>\n"
    )
}
