//! The passphrase of backups: from the environment, or asked for on a terminal that does not show it.

use super::{Exit, tell};
use crate::config;
use monitorah_core::Secret;
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
};
use zeroize::Zeroize;

/// The shortest passphrase that a backup is made with. Deriving the key costs an attacker 64 MiB
/// and some tenths of a second a guess: twelve characters that nobody can guess outlast that.
const SHORTEST: usize = 12;
/// The longest passphrase: bytes.
const LONGEST: usize = 1024;

/// The passphrase of a new backup, asked for twice.
pub(super) fn fresh() -> Result<Secret<String>, Exit> {
    if let Some(set) = config::backup_passphrase()? {
        return strong(set);
    }
    let mut terminal = Terminal::open()?;
    let first = strong(terminal.ask("Passphrase of the backup: ")?)?;
    let second = terminal.ask("The same again: ")?;
    if first == second {
        Ok(first)
    } else {
        Err(Exit::Refused("the two passphrases differ".to_owned()))
    }
}

/// The passphrase of a backup that is there.
pub(super) fn known() -> Result<Secret<String>, Exit> {
    let passphrase = match config::backup_passphrase()? {
        Some(set) => set,
        None => Terminal::open()?.ask("Passphrase of the backup: ")?,
    };
    bounded(passphrase)
}

fn bounded(passphrase: Secret<String>) -> Result<Secret<String>, Exit> {
    if passphrase.expose().is_empty() {
        return Err(Exit::Refused("the passphrase is empty".to_owned()));
    }
    if passphrase.expose().len() > LONGEST {
        return Err(Exit::Refused(format!(
            "the passphrase has more than {LONGEST} bytes"
        )));
    }
    Ok(passphrase)
}

fn strong(passphrase: Secret<String>) -> Result<Secret<String>, Exit> {
    let passphrase = bounded(passphrase)?;
    let text = passphrase.expose();
    if text.chars().count() < SHORTEST {
        return Err(Exit::Refused(format!(
            "the passphrase has fewer than {SHORTEST} characters: whoever has the file can try \
             passphrases without end, so take some words that nobody can guess"
        )));
    }
    let mut kinds: Vec<_> = text.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let few = kinds.len() < 5;
    kinds.iter_mut().for_each(|kind| *kind = '\0');
    if few {
        return Err(Exit::Refused(
            "the passphrase repeats a few characters: take some words that nobody can guess"
                .to_owned(),
        ));
    }
    Ok(passphrase)
}

/// The terminal of this process, not echoing what is typed until it is dropped.
struct Terminal {
    file: File,
    before: Termios,
}

impl Terminal {
    fn open() -> Result<Self, Exit> {
        let nowhere = || {
            Exit::Refused(
                "there is no terminal to ask for the passphrase: set MONITORAH_BACKUP_PASSPHRASE, \
                 or MONITORAH_BACKUP_PASSPHRASE_FILE to a file that holds it"
                    .to_owned(),
            )
        };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open("/dev/tty")
            .map_err(|_| nowhere())?;
        let before = tcgetattr(&file).map_err(|_| nowhere())?;
        let mut silent = before.clone();
        // Key by key and without signals: a signal would end us and leave the terminal mute.
        silent.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        silent.input_modes |= InputModes::ICRNL;
        silent.special_codes[SpecialCodeIndex::VMIN] = 1;
        silent.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&file, OptionalActions::Flush, &silent).map_err(|_| nowhere())?;
        Ok(Self { file, before })
    }

    fn ask(&mut self, question: &str) -> Result<Secret<String>, Exit> {
        let fault = |error: std::io::Error| Exit::fault(&error);
        self.file.write_all(question.as_bytes()).map_err(fault)?;
        self.file.flush().map_err(fault)?;
        let mut typed = Vec::with_capacity(LONGEST + 1);
        loop {
            let mut key = [0_u8; 1];
            let read = self.file.read(&mut key).map_err(fault)?;
            match key {
                _ if read == 0 => break,
                // Return, or the end of input.
                [b'\n' | b'\r' | 0x04] => break,
                // Interrupt.
                [0x03] => {
                    typed.zeroize();
                    tell("");
                    return Err(Exit::Code(130));
                }
                // Backspace takes a whole character.
                [0x08 | 0x7f] => {
                    while let Some(byte) = typed.pop() {
                        if byte & 0xc0 != 0x80 {
                            break;
                        }
                    }
                }
                // Kill the line.
                [0x15] => typed.zeroize(),
                [byte] if typed.len() <= LONGEST => typed.push(byte),
                _ => {}
            }
        }
        tell("");
        String::from_utf8(typed).map(Secret::new).map_err(|error| {
            error.into_bytes().zeroize();
            Exit::Refused("the passphrase is no UTF-8 text".to_owned())
        })
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing put back.
        let _ = tcsetattr(&self.file, OptionalActions::Flush, &self.before);
    }
}
