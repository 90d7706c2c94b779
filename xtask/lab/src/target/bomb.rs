//! A decompression bomb: a few kilobytes of gzip that become many megabytes of zeros.

use std::sync::OnceLock;

/// The longest match of deflate (RFC 1951).
const MATCH: usize = 258;
/// How many matches the bomb has: 16 MiB of zeros and a bit.
const MATCHES: usize = 65_536;

/// Writes bits as deflate has them: the lowest bit of a byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    filled: u8,
}

impl Bits {
    fn bit(&mut self, bit: bool) {
        if self.filled == 0 {
            self.bytes.push(0);
        }
        if bit && let Some(last) = self.bytes.last_mut() {
            *last |= 1 << self.filled;
        }
        self.filled = (self.filled + 1) % 8;
    }

    /// A Huffman code: its highest bit first.
    fn code(&mut self, code: u16, length: u8) {
        for place in (0..length).rev() {
            self.bit((code >> place) & 1 == 1);
        }
    }
}

/// The bomb, whole (RFC 1952).
pub(crate) fn gzip() -> &'static [u8] {
    static BOMB: OnceLock<Vec<u8>> = OnceLock::new();
    BOMB.get_or_init(|| {
        let mut bits = Bits::default();
        // The last block, with the fixed codes: 1, then 01 with the lowest bit first.
        bits.bit(true);
        bits.bit(true);
        bits.bit(false);
        // One zero, then matches of 258 at distance 1: length code 285, distance code 0.
        bits.code(0b0011_0000, 8);
        for _ in 0..MATCHES {
            bits.code(0b1100_0101, 8);
            bits.code(0, 5);
        }
        // The end of the block.
        bits.code(0, 7);
        let size = MATCHES * MATCH + 1;
        let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        file.extend(bits.bytes);
        file.extend(crc_of_zeros(size).to_le_bytes());
        file.extend(u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
        file
    })
}

/// The CRC-32 of so many zeros.
fn crc_of_zeros(size: usize) -> u32 {
    let table: Vec<u32> = (0..256_u32)
        .map(|byte| {
            (0..8).fold(byte, |crc, _| {
                (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
            })
        })
        .collect();
    let crc = (0..size).fold(u32::MAX, |crc, _| {
        let index = usize::try_from(crc & 255).unwrap_or_default();
        (crc >> 8) ^ table.get(index).copied().unwrap_or_default()
    });
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::{Read, Write},
        process::{Command, Stdio},
    };

    #[test]
    #[expect(clippy::disallowed_methods, reason = "gzip itself says what it is")]
    fn it_is_a_file_that_gzip_unpacks() {
        let mut child = Command::new("gzip")
            .args(["--decompress", "--stdout"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let feeding = std::thread::spawn(move || stdin.write_all(gzip()).unwrap());
        let mut unpacked = Vec::new();
        child
            .stdout
            .take()
            .unwrap()
            .read_to_end(&mut unpacked)
            .unwrap();
        feeding.join().unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(unpacked.len(), MATCHES * MATCH + 1);
        assert!(unpacked.iter().all(|byte| *byte == 0));
        assert!(gzip().len() * 100 < unpacked.len(), "a hundredfold");
    }
}
