//! Messages between the parent and a worker: a length (u32, little-endian) and that many bytes of postcard.

use crate::extract::{Job, Limits, ReadError};
use crate::model::ObjectId;
use crate::model::Reading;
use postcard::ser_flavors::Size;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// Longest message that is believed: a length beyond it means that the stream is out of step.
const MAX_FRAME: u32 = 1 << 30;
/// Bytes that are written at once.
const BUFFER: usize = 64 << 10;

/// The first message of a connection.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::pipeline) struct Hello {
    /// Limits for every job.
    pub limits: Limits,
}

/// What a worker is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::pipeline) enum Request {
    /// To read a source; answered by a [`Reply`].
    Read(Job),
    /// To read lines of a repository's files again; answered by [`Quoted`].
    Quote(Job, Vec<Quote>),
}

/// Lines of a file of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pipeline) struct Quote {
    /// The blob.
    pub blob: ObjectId,
    /// Its path, which tells how it is read.
    pub path: String,
    /// First line, 1-based.
    pub first: u32,
    /// Last line.
    pub last: u32,
}

/// The lines of each [`Quote`], empty where they could not be read.
pub(in crate::pipeline) type Quoted = Result<Vec<String>, ReadError>;

/// What it answers: digest and reading, or why not.
pub(in crate::pipeline) type Reply = Result<(String, Reading), ReadError>;

/// Writes one message. Its length is counted first, so that the message never stands in memory beside what it tells.
pub(in crate::pipeline) fn write(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let len =
        postcard::serialize_with_flavor(message, Size::default()).map_err(io::Error::other)?;
    let len = u32::try_from(len).ok().filter(|len| *len <= MAX_FRAME);
    let len = len.ok_or_else(|| io::Error::other("the result is too large to hand over"))?;
    let mut to = io::BufWriter::with_capacity(BUFFER, to);
    to.write_all(&len.to_le_bytes())?;
    postcard::to_io(message, &mut to).map_err(io::Error::other)?;
    to.flush()
}

/// Reads the bytes of one message; `None` at the end of the stream.
pub(in crate::pipeline) fn read_bytes(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut len = [0; 4];
    match from.read_exact(&mut len) {
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let len = u32::from_le_bytes(len);
    if len > MAX_FRAME {
        return Err(io::Error::other("a message of impossible length"));
    }
    // Exactly as long as it will be: a history's message is large, and a growing one would be larger by half.
    let mut bytes = Vec::with_capacity(len as usize);
    from.take(u64::from(len)).read_to_end(&mut bytes)?;
    if bytes.len() < len as usize {
        Ok(None)
    } else {
        Ok(Some(bytes))
    }
}

/// Decodes a message.
pub(in crate::pipeline) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_and_a_cut_one_is_the_end() {
        let mut stream = Vec::new();
        write(
            &mut stream,
            &Hello {
                limits: Limits::default(),
            },
        )
        .unwrap();
        let bytes = read_bytes(&mut stream.as_slice()).unwrap().unwrap();
        assert_eq!(decode::<Hello>(&bytes).unwrap().limits, Limits::default());
        assert!(
            read_bytes(&mut &stream[..stream.len() - 1])
                .unwrap()
                .is_none()
        );
        assert!(read_bytes(&mut &[255u8; 8][..]).is_err());
    }
}
