//! What a backup file holds, in this order: the manifest, the root key, the database.
//!
//! ```text
//! length of the manifest  manifest   length of the key  key file   length of the database  database
//!          4               n               4              n                8                 n
//! ```
//! Numbers are big-endian. All of it is inside the sealed stream.

use super::{
    BackupFault,
    seal::{Cost, Header, Opened, Opener, Sealer},
};
use jiff::Timestamp;
use monitorah_core::{Secret, environment::Environment};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
};

/// The longest manifest: bytes.
const MAX_MANIFEST: u32 = 64 * 1024;
/// The longest root key file: bytes.
const MAX_KEY: u32 = 256;

/// What a backup says about itself. Later versions may say more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// When the database looked like this.
    pub created_at: Timestamp,
    /// The version that made it.
    pub software: String,
    /// The schema of the database.
    pub schema: i64,
}

/// What a backup holds beside the database itself.
pub struct Contents {
    /// What it says about itself.
    pub manifest: Manifest,
    /// The text of the root key file.
    pub root_key: Secret<String>,
    /// How long the database is: bytes.
    pub database_bytes: u64,
}

impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contents")
            .field("manifest", &self.manifest)
            .field("database_bytes", &self.database_bytes)
            .finish_non_exhaustive()
    }
}

/// Writes a backup: memory is bounded whatever the size of the database, which must give exactly as
/// many bytes as `contents` says.
///
/// After it returns, everything was handed to `out`; whether that is on a disk is the caller's to see to.
///
/// # Errors
/// When something cannot be read or written; what was written then is no backup.
pub fn write<W: Write>(
    environment: &dyn Environment,
    passphrase: &Secret<String>,
    cost: Cost,
    contents: &Contents,
    database: &mut dyn Read,
    out: W,
) -> Result<W, BackupFault> {
    let manifest = serde_json::to_vec(&contents.manifest).map_err(io::Error::other)?;
    let key = contents.root_key.expose().as_bytes();
    let mut sealer = Sealer::begin(environment, passphrase, cost, out)?;
    for (part, most) in [(manifest.as_slice(), MAX_MANIFEST), (key, MAX_KEY)] {
        let length = u32::try_from(part.len())
            .ok()
            .filter(|length| *length <= most)
            .ok_or(BackupFault::Malformed("a part is too long"))?;
        sealer.write_all(&length.to_be_bytes())?;
        sealer.write_all(part)?;
    }
    sealer.write_all(&contents.database_bytes.to_be_bytes())?;
    let copied = io::copy(database, &mut sealer)?;
    if copied != contents.database_bytes {
        return Err(io::Error::other("the copy of the database changed its length").into());
    }
    Ok(sealer.finish()?)
}

/// A backup file whose passphrase is right.
pub struct Archive<R> {
    file: R,
    opened: Opened,
}

impl<R> fmt::Debug for Archive<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").finish_non_exhaustive()
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Judges the header and derives the key.
    ///
    /// # Errors
    /// When this is no backup, or the passphrase is not its.
    pub fn open(mut file: R, passphrase: &Secret<String>) -> Result<Self, BackupFault> {
        file.seek(SeekFrom::Start(0))?;
        let header = Header::read(&mut file)?;
        let opened = Opened::new(header, passphrase)?;
        Ok(Self { file, opened })
    }

    /// Goes through the whole file and writes nothing.
    ///
    /// # Errors
    /// When a single byte is not as it was written.
    pub fn verify(&mut self) -> Result<Contents, BackupFault> {
        self.unpack(&mut io::sink())
    }

    /// Writes the database. What was written may be used only when this returned well.
    ///
    /// # Errors
    /// When a single byte is not as it was written, or the database cannot be written.
    pub fn unpack(&mut self, database: &mut dyn Write) -> Result<Contents, BackupFault> {
        self.file.seek(SeekFrom::Start(0))?;
        let mut plain = self.opened.plaintext(BufReader::new(&mut self.file))?;
        let manifest = part(&mut plain, MAX_MANIFEST, "its manifest is too long")?;
        let manifest = serde_json::from_slice(manifest.expose())
            .map_err(|_| BackupFault::Malformed("its manifest is of another form"))?;
        let key = part(&mut plain, MAX_KEY, "its root key is too long")?;
        let root_key = std::str::from_utf8(key.expose())
            .map_err(|_| BackupFault::Malformed("its root key is no text"))?;
        let root_key = Secret::new(root_key.to_owned());
        let mut length = [0_u8; 8];
        exactly(&mut plain, &mut length)?;
        let database_bytes = u64::from_be_bytes(length);
        let mut left = database_bytes;
        while left > 0 {
            let some = plain.some(usize::try_from(left).unwrap_or(usize::MAX))?;
            if some.is_empty() {
                return Err(BackupFault::Malformed(
                    "its database is shorter than it says",
                ));
            }
            database.write_all(some)?;
            left = left.saturating_sub(some.len() as u64);
        }
        if !plain.some(1)?.is_empty() {
            return Err(BackupFault::Malformed("something follows its database"));
        }
        Ok(Contents {
            manifest,
            root_key,
            database_bytes,
        })
    }
}

fn exactly<R: Read>(plain: &mut Opener<R>, mut into: &mut [u8]) -> Result<(), BackupFault> {
    while !into.is_empty() {
        let some = plain.some(into.len())?;
        if some.is_empty() {
            return Err(BackupFault::Malformed("it ends too early"));
        }
        into.write_all(some)?;
    }
    Ok(())
}

fn part<R: Read>(
    plain: &mut Opener<R>,
    most: u32,
    too_long: &'static str,
) -> Result<Secret<Vec<u8>>, BackupFault> {
    let mut length = [0_u8; 4];
    exactly(plain, &mut length)?;
    let length = u32::from_be_bytes(length);
    if length > most {
        return Err(BackupFault::Malformed(too_long));
    }
    let mut bytes = vec![0_u8; usize::try_from(length).unwrap_or_default()];
    exactly(plain, &mut bytes)?;
    Ok(Secret::new(bytes))
}
