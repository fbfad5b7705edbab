//! Refuses a PDF that would expand without measure, before a text engine meets it.
//!
//! Deflate makes at most 1,032 bytes of one, so nearly every stream of an honest file is known to be small by its
//! length alone and costs nothing here; only what could pass the limit is decompressed, up to the limit. What still
//! slips through meets the CPU and memory limits of the worker.

use crate::extract::Limits;
use crate::extract::ReadError;
use lopdf::DecompressError;
use lopdf::Dictionary;
use lopdf::Document;
use lopdf::Error;
use lopdf::Object;
use lopdf::ObjectId;
use lopdf::Stream;
use std::collections::BTreeMap;

/// Checks every stream that a text engine may decompress: a font at most `limits.part`, page content a quarter of that,
/// all content together four times that.
pub(in crate::extract) fn check_streams(doc: &Document, limits: &Limits) -> Result<(), ReadError> {
    let all = limits.part * 4;
    let streams: Vec<_> = doc
        .objects
        .values()
        .filter_map(|o| o.as_stream().ok())
        .filter(|s| is_read(s))
        .collect();
    // Fonts make up most of an ordinary file, so they are left out of the sum.
    let sum = streams
        .iter()
        .filter(|s| !is_font(s))
        .fold(0, |sum, s| most_bytes(s).saturating_add(sum));
    let mut total = 0;
    for stream in streams {
        // An engine holds about 100 bytes for an operator of two: 8 MB of them are what a worker's memory can take.
        let limit = if is_font(stream) {
            limits.part
        } else {
            limits.part / 4
        };
        if most_bytes(stream) <= limit && (sum <= all || is_font(stream)) {
            continue;
        }
        match stream.decompressed_content_with_limit(limit as usize) {
            Ok(content) => total += content.len() as u64,
            Err(Error::Decompress(
                DecompressError::MemoryLimitExceeded { .. }
                | DecompressError::TooManyFilters { .. },
            )) => {
                return Err(too_large(limit));
            }
            // A damaged or unknown stream is the text engine's to judge.
            Err(_) => {}
        }
        if total > all {
            return Err(ReadError::Bomb(format!(
                "its streams hold more than {} MB",
                all >> 20
            )));
        }
    }
    Ok(())
}

/// One stream holds more than `limit` bytes.
pub(in crate::extract) fn too_large(limit: u64) -> ReadError {
    ReadError::Bomb(format!("a stream in it holds more than {} MB", limit >> 20))
}

/// A font program (ISO 32000-2 §9.9).
fn is_font(stream: &Stream) -> bool {
    let subtype = stream.dict.get(b"Subtype").and_then(Object::as_name);
    stream.dict.has(b"Length1")
        || subtype.is_ok_and(|s| [&b"Type1C"[..], b"CIDFontType0C", b"OpenType"].contains(&s))
}

/// Images and attachments are never decompressed here; object streams were, under the same limit.
fn is_read(stream: &Stream) -> bool {
    let is = |key: &[u8], names: &[&[u8]]| {
        stream
            .dict
            .get(key)
            .and_then(Object::as_name)
            .is_ok_and(|n| names.contains(&n))
    };
    !is(b"Subtype", &[b"Image"]) && !is(b"Type", &[b"ObjStm", b"XRef", b"EmbeddedFile"])
}

/// The most bytes a stream can hold: its length times what each filter can make of one byte.
fn most_bytes(stream: &Stream) -> u64 {
    let Ok(filters) = stream.filters() else {
        return 0;
    };
    filters
        .iter()
        .fold(stream.content.len() as u64, |size, filter| {
            size.saturating_mul(match *filter {
                b"FlateDecode" | b"Fl" => 1032, // zlib, "Maximum Compression Factor"
                b"LZWDecode" | b"LZW" => 2731,  // codes of 12 bits for at most 4,096 bytes
                b"RunLengthDecode" | b"RL" => 64, // two bytes for at most 128
                b"ASCII85Decode" | b"A85" => 4, // `z` is four zeros
                b"BrotliDecode" => 1 << 20,     // no bound worth the name
                _ => 1,
            })
        })
}

/// Whether a form's resources lead back to the form. Honest files do this too (resources shared by a whole document),
/// so it is asked only when an engine gave up over forms or died.
pub(in crate::extract) fn has_form_cycle(doc: &Document) -> bool {
    // 1: on the path that is being followed; 2: done.
    let mut state: BTreeMap<ObjectId, u8> = BTreeMap::new();
    let forms = doc.objects.iter().filter(|(_, o)| {
        o.as_stream()
            .is_ok_and(|s| forms_of(doc, &s.dict).next().is_some())
    });
    for (&root, _) in forms {
        let mut path = vec![(root, false)];
        while let Some((id, left)) = path.pop() {
            if left {
                state.insert(id, 2);
                continue;
            }
            if state.get(&id).is_some_and(|&s| s == 2) {
                continue;
            }
            state.insert(id, 1);
            path.push((id, true));
            let Some(stream) = doc.get_object(id).ok().and_then(|o| o.as_stream().ok()) else {
                continue;
            };
            for next in forms_of(doc, &stream.dict) {
                match state.get(&next) {
                    Some(1) => return true,
                    Some(_) => {}
                    None => path.push((next, false)),
                }
            }
        }
    }
    false
}

/// The XObjects a form's resources name.
fn forms_of<'a>(doc: &'a Document, dict: &'a Dictionary) -> impl Iterator<Item = ObjectId> + 'a {
    let resources = dict.get_deref(b"Resources", doc).and_then(Object::as_dict);
    let xobjects = resources
        .and_then(|r| r.get_deref(b"XObject", doc))
        .and_then(Object::as_dict);
    xobjects
        .into_iter()
        .flat_map(|x| x.iter())
        .filter_map(|(_, o)| o.as_reference().ok())
}
