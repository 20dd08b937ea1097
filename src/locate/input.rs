//! Bytes to physical lines, with memory that does not grow with the file.

use super::line::{Line, split};
use memchr::{memchr, memrchr};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// One read; small enough to stay in the processor's cache until it is parsed.
const CHUNK: usize = 128 << 10;
/// A line up to this length is held whole.
const LONGEST: usize = 32 << 20;
/// Of a longer one this much of its beginning is kept, and a little of its end, where the return code is.
const HEAD: usize = 1 << 20;
const TAIL: usize = 64;

/// Opens a file, plain or compressed; what it is shows in its first bytes, not in its name.
pub fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    let mut file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "expected a file, got a folder",
        ));
    }
    let mut magic = [0; 4];
    let mut length = 0;
    while length < magic.len() {
        match file.read(magic.get_mut(length..).unwrap_or_default())? {
            0 => break,
            read => length += read,
        }
    }
    let whole = io::Cursor::new(magic.get(..length).unwrap_or_default().to_vec()).chain(file);
    Ok(breaking(match magic {
        [0x1f, 0x8b, ..] => Box::new(flate2::read::MultiGzDecoder::new(io::BufReader::with_capacity(
            CHUNK, whole,
        ))),
        [0x28, 0xb5, 0x2f, 0xfd] => Box::new(zstd::Decoder::new(whole)?),
        _ => Box::new(whole),
    }))
}

/// The same, with line feeds where lines end with a carriage return alone: else all of it would be one line, of which
/// the first statement is read.
fn breaking(mut plain: Box<dyn Read>) -> Box<dyn Read> {
    let mut head = Vec::with_capacity(CHUNK);
    let failed = plain.by_ref().take(CHUNK as u64).read_to_end(&mut head).err();
    let alone = memchr(b'\r', &head).is_some() && memchr(b'\n', &head).is_none();
    let head = io::Cursor::new(head);
    match failed {
        // What was read before it counts: the error comes after it.
        Some(error) => Box::new(head.chain(Failing(Some(error)))),
        None if alone => Box::new(Returns(head.chain(plain))),
        None => Box::new(head.chain(plain)),
    }
}

/// An error, once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Bytes whose lines end with a carriage return.
struct Returns<R>(R);

impl<R: Read> Read for Returns<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        for byte in into.iter_mut().take(read).filter(|byte| **byte == b'\r') {
            *byte = b'\n';
        }
        Ok(read)
    }
}

/// How the input ended.
#[derive(Debug)]
pub struct End {
    /// The last line has no line feed.
    pub cut: bool,
    /// Reading failed; everything before was handed on.
    pub failure: Option<String>,
}

/// Hands each line to `take`.
pub fn lines(mut input: impl Read, mut take: impl FnMut(&Line<'_>)) -> End {
    let mut buffer = vec![0; CHUNK];
    let mut filled = 0;
    loop {
        if filled == buffer.len() {
            if filled >= LONGEST {
                let rest = overlong(&mut input, &mut buffer, &mut take);
                match rest {
                    Ok(left) => filled = left,
                    Err(end) => return end,
                }
                continue;
            }
            buffer.resize((filled * 2).min(LONGEST), 0);
        }
        let read = match input.read(buffer.get_mut(filled..).unwrap_or_default()) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                let left = buffer.get(..filled).unwrap_or_default();
                if !left.is_empty() {
                    take(&Line::new(left, true));
                }
                return End {
                    cut: filled > 0,
                    failure: Some(error.to_string()),
                };
            }
        };
        if read == 0 {
            let left = buffer.get(..filled).unwrap_or_default();
            if !left.is_empty() {
                take(&Line::new(left, false));
            }
            return End {
                cut: filled > 0,
                failure: None,
            };
        }
        let fresh = buffer.get(filled..filled + read).unwrap_or_default();
        let Some(last) = memrchr(b'\n', fresh).map(|at| filled + at) else {
            filled += read;
            continue;
        };
        split(buffer.get(..=last).unwrap_or_default(), &mut take);
        let end = filled + read;
        buffer.copy_within(last + 1..end, 0);
        filled = end - last - 1;
        if buffer.len() > CHUNK && filled < CHUNK {
            // A long line is over: give its memory back.
            buffer.truncate(CHUNK);
            buffer.shrink_to_fit();
        }
    }
}

/// Reads on to the end of a line that does not fit, keeping its two ends; what follows it stays in `buffer`.
fn overlong(
    input: &mut impl Read,
    buffer: &mut Vec<u8>,
    take: &mut impl FnMut(&Line<'_>),
) -> Result<usize, End> {
    let mut ends = buffer.get(..HEAD).unwrap_or_default().to_vec();
    let mut tail = buffer.get(buffer.len() - TAIL..).unwrap_or_default().to_vec();
    buffer.truncate(CHUNK);
    buffer.shrink_to_fit();
    loop {
        let read = match input.read(buffer) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                take(&Line::new(&ends, true));
                return Err(End {
                    cut: true,
                    failure: Some(error.to_string()),
                });
            }
        };
        let fresh = buffer.get(..read).unwrap_or_default();
        let end = memchr(b'\n', fresh);
        tail.extend_from_slice(fresh.get(..end.unwrap_or(read)).unwrap_or_default());
        let from = tail.len().saturating_sub(TAIL);
        tail.drain(..from);
        if read == 0 {
            take(&Line::new(&ends, true));
            return Err(End {
                cut: true,
                failure: None,
            });
        }
        if let Some(end) = end {
            ends.extend_from_slice(&tail);
            take(&Line::new(&ends, true));
            let mut rest = fresh.get(end + 1..).unwrap_or_default().to_vec();
            // What follows may hold whole lines of its own.
            if let Some(last) = memrchr(b'\n', &rest) {
                split(rest.get(..=last).unwrap_or_default(), take);
                rest.drain(..=last);
            }
            buffer
                .get_mut(..rest.len())
                .unwrap_or_default()
                .copy_from_slice(&rest);
            return Ok(rest.len());
        }
    }
}
