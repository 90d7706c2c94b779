//! The sealed stream, version 1: Argon2id over the passphrase, AES-256-GCM over chunks in order.
//!
//! ```text
//! "MNB1"  algorithm  memory  passes  lanes  salt  nonce prefix  commitment   chunks
//!   4         1        4       4       4     16        7            32       n × (65,536 + 16), the last may be shorter
//! ```
//! Numbers are big-endian. The chunks are STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015):
//! each nonce is the prefix, the chunk's number and whether it is the last one, so that a file that
//! was cut, prolonged or put in another order does not open. The additional data of each chunk is
//! the whole header.

use super::BackupFault;
use aead_stream::{DecryptorBE32, EncryptorBE32};
use aes_gcm::{Aes256Gcm, aead::KeyInit};
use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use monitorah_core::{Secret, environment::Environment};
use sha2::Sha256;
use std::io::{self, Read, Write};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

const MAGIC: &[u8; 4] = b"MNB1";
const ARGON2ID_AES_256_GCM: u8 = 1;
const SALT: usize = 16;
const PREFIX: usize = 7;
const COMMITMENT: usize = 32;
/// What stands before the commitment.
const BEFORE: usize = 4 + 1 + 4 + 4 + 4 + SALT + PREFIX;
/// The length of the header.
pub(super) const HEADER: usize = BEFORE + COMMITMENT;
/// How much of the plaintext one chunk holds.
pub(super) const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// What deriving the key costs whoever tries a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory: KiB.
    pub memory_kib: u32,
    /// How often it is gone over.
    pub passes: u32,
    /// In how many lanes.
    pub lanes: u32,
}

impl Cost {
    /// The second recommended option of RFC 9106, section 4: 64 MiB, 3 passes, 4 lanes.
    pub const STANDARD: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 4,
    };
    /// The most that a file can make us spend before it is known to be ours.
    const MOST: Self = Self {
        memory_kib: 256 * 1024,
        passes: 16,
        lanes: 16,
    };

    fn params(self) -> Result<Params, BackupFault> {
        let most = Self::MOST;
        if self.memory_kib > most.memory_kib || self.passes > most.passes || self.lanes > most.lanes
        {
            return Err(BackupFault::Cost);
        }
        Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| BackupFault::Cost)
    }
}

/// What stands at the beginning of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    bytes: [u8; HEADER],
    cost: Cost,
    salt: [u8; SALT],
    prefix: [u8; PREFIX],
    commitment: [u8; COMMITMENT],
}

impl Header {
    /// Reads and judges it. Nothing costly is done with what it asks for before it is judged.
    pub(super) fn read(from: &mut impl Read) -> Result<Self, BackupFault> {
        let mut bytes = Vec::with_capacity(HEADER);
        from.take(HEADER as u64).read_to_end(&mut bytes)?;
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Result<Self, BackupFault> {
        let (magic, rest) = bytes.split_at_checked(4).ok_or(BackupFault::NoBackup)?;
        match (magic, magic.split_last()) {
            (magic, _) if magic == MAGIC => {}
            // Another version of ours.
            (_, Some((_, b"MNB"))) => return Err(BackupFault::UnknownFormat),
            _ => return Err(BackupFault::NoBackup),
        }
        let (algorithm, rest) = rest.split_first().ok_or(BackupFault::Damaged)?;
        if *algorithm != ARGON2ID_AES_256_GCM {
            return Err(BackupFault::UnknownFormat);
        }
        let (memory_kib, rest) = number(rest)?;
        let (passes, rest) = number(rest)?;
        let (lanes, rest) = number(rest)?;
        let cost = Cost {
            memory_kib,
            passes,
            lanes,
        };
        cost.params()?;
        let (salt, rest) = rest
            .split_first_chunk::<SALT>()
            .ok_or(BackupFault::Damaged)?;
        let (prefix, rest) = rest
            .split_first_chunk::<PREFIX>()
            .ok_or(BackupFault::Damaged)?;
        let commitment: &[u8; COMMITMENT] = rest.try_into().map_err(|_| BackupFault::Damaged)?;
        Ok(Self {
            bytes: bytes.try_into().map_err(|_| BackupFault::Damaged)?,
            cost,
            salt: *salt,
            prefix: *prefix,
            commitment: *commitment,
        })
    }

    fn before(cost: Cost, salt: &[u8; SALT], prefix: &[u8; PREFIX]) -> Vec<u8> {
        let mut before = Vec::with_capacity(HEADER);
        before.extend_from_slice(MAGIC);
        before.push(ARGON2ID_AES_256_GCM);
        for number in [cost.memory_kib, cost.passes, cost.lanes] {
            before.extend_from_slice(&number.to_be_bytes());
        }
        before.extend_from_slice(salt);
        before.extend_from_slice(prefix);
        before
    }
}

fn number(bytes: &[u8]) -> Result<(u32, &[u8]), BackupFault> {
    let (number, rest) = bytes.split_first_chunk::<4>().ok_or(BackupFault::Damaged)?;
    Ok((u32::from_be_bytes(*number), rest))
}

/// The cipher of a file and the commitment to its key.
struct Derived {
    cipher: Aes256Gcm,
    commitment: [u8; COMMITMENT],
}

fn derive(
    passphrase: &Secret<String>,
    cost: Cost,
    salt: &[u8; SALT],
    before: &[u8],
) -> Result<Derived, BackupFault> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?);
    let mut stretched = Zeroizing::new([0_u8; 32]);
    argon2
        .hash_password_into(
            passphrase.expose().as_bytes(),
            salt,
            stretched.as_mut_slice(),
        )
        .map_err(|error| match error {
            argon2::Error::OutOfMemory => BackupFault::Memory(cost.memory_kib),
            _ => BackupFault::Passphrase,
        })?;
    let hkdf = Hkdf::<Sha256>::new(Some(b"monitorah backup v1"), stretched.as_slice());
    let mut key = Zeroizing::new([0_u8; 32]);
    let mut commitment = [0_u8; COMMITMENT];
    for (label, out) in [
        (b"encrypt".as_slice(), key.as_mut_slice()),
        (b"commit", &mut commitment),
    ] {
        // 32 bytes are always within HKDF's limit of 255 hashes.
        hkdf.expand_multi_info(&[label, before], out)
            .map_err(|_| BackupFault::Cost)?;
    }
    let cipher = Aes256Gcm::new_from_slice(key.as_slice()).map_err(|_| BackupFault::Cost)?;
    Ok(Derived { cipher, commitment })
}

/// Seals what is written to it. What was written is whole only after [`Sealer::finish`].
pub(super) struct Sealer<W> {
    out: W,
    stream: EncryptorBE32<Aes256Gcm>,
    header: [u8; HEADER],
    chunk: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    pub(super) fn begin(
        environment: &dyn Environment,
        passphrase: &Secret<String>,
        cost: Cost,
        mut out: W,
    ) -> Result<Self, BackupFault> {
        let mut salt = [0_u8; SALT];
        let mut prefix = [0_u8; PREFIX];
        environment.fill_random(&mut salt);
        environment.fill_random(&mut prefix);
        let mut header = Header::before(cost, &salt, &prefix);
        let derived = derive(passphrase, cost, &salt, &header)?;
        header.extend_from_slice(&derived.commitment);
        let header: [u8; HEADER] = header.try_into().map_err(|_| BackupFault::Damaged)?;
        out.write_all(&header)?;
        Ok(Self {
            out,
            stream: EncryptorBE32::from_aead(derived.cipher, &prefix.into()),
            header,
            chunk: Vec::with_capacity(CHUNK + TAG),
        })
    }

    /// Ends the stream: without its end it does not open.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.stream
            .encrypt_last_in_place(&self.header, &mut self.chunk)
            .map_err(|_| io::Error::other("the stream could not be sealed"))?;
        self.out.write_all(&self.chunk)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until more comes, because the last one is sealed as the last.
        if self.chunk.len() == CHUNK && !bytes.is_empty() {
            self.stream
                .encrypt_next_in_place(&self.header, &mut self.chunk)
                .map_err(|_| io::Error::other("the stream is too long to be sealed"))?;
            self.out.write_all(&self.chunk)?;
            self.chunk.clear();
        }
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend(bytes.iter().take(taken));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What a passphrase and a header give: enough to open the stream again and again.
pub(super) struct Opened {
    header: Header,
    cipher: Aes256Gcm,
}

impl Opened {
    /// Whether the passphrase belongs to the header, told by the commitment.
    pub(super) fn new(header: Header, passphrase: &Secret<String>) -> Result<Self, BackupFault> {
        let before = Header::before(header.cost, &header.salt, &header.prefix);
        let derived = derive(passphrase, header.cost, &header.salt, &before)?;
        if bool::from(derived.commitment.ct_eq(&header.commitment)) {
            Ok(Self {
                header,
                cipher: derived.cipher,
            })
        } else {
            Err(BackupFault::Passphrase)
        }
    }

    /// The plaintext of the stream that stands in `from`, whose header must be the same one.
    pub(super) fn plaintext<R: Read>(&self, mut from: R) -> Result<Opener<R>, BackupFault> {
        if Header::read(&mut from)? != self.header {
            return Err(BackupFault::Damaged);
        }
        let mut ahead = Vec::with_capacity(CHUNK + TAG);
        next(&mut from, &mut ahead)?;
        let prefix = self.header.prefix;
        Ok(Opener {
            from,
            stream: Some(DecryptorBE32::from_aead(
                self.cipher.clone(),
                &prefix.into(),
            )),
            header: self.header.bytes,
            ahead,
            plain: Zeroizing::new(Vec::with_capacity(CHUNK + TAG)),
            position: 0,
        })
    }
}

/// Reads the next chunk; it is shorter than a full one only at the end of the file.
fn next(from: &mut impl Read, chunk: &mut Vec<u8>) -> io::Result<()> {
    chunk.clear();
    from.take((CHUNK + TAG) as u64).read_to_end(chunk)?;
    Ok(())
}

/// Gives out plaintext, and only what was authenticated.
pub(super) struct Opener<R> {
    from: R,
    /// Gone when the last chunk was opened.
    stream: Option<DecryptorBE32<Aes256Gcm>>,
    header: [u8; HEADER],
    /// The chunk that comes next: whether it is the last is told by what follows it.
    ahead: Vec<u8>,
    plain: Zeroizing<Vec<u8>>,
    position: usize,
}

impl<R: Read> Opener<R> {
    /// The next plaintext, or nothing at the authenticated end.
    pub(super) fn some(&mut self, most: usize) -> Result<&[u8], BackupFault> {
        if self.position >= self.plain.len() {
            self.fill()?;
        }
        let left = self.plain.get(self.position..).unwrap_or_default();
        let taken = left.get(..most.min(left.len())).unwrap_or_default();
        self.position += taken.len();
        Ok(taken)
    }

    fn fill(&mut self) -> Result<(), BackupFault> {
        let Some(mut stream) = self.stream.take() else {
            return Ok(());
        };
        self.position = 0;
        self.plain.zeroize();
        std::mem::swap(&mut *self.plain, &mut self.ahead);
        next(&mut self.from, &mut self.ahead)?;
        let opened = if self.ahead.is_empty() {
            stream.decrypt_last_in_place(&self.header, &mut *self.plain)
        } else {
            let opened = stream.decrypt_next_in_place(&self.header, &mut *self.plain);
            self.stream = Some(stream);
            opened
        };
        opened.map_err(|_| {
            // Nothing that was not authenticated is ever given out.
            self.stream = None;
            self.plain.zeroize();
            BackupFault::Damaged
        })
    }
}
