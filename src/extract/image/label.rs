//! What a camera or a program wrote into an image file beside its pixels: Exif, PNG text, XMP, Content Credentials.
//!
//! Exif is read by kamadak-exif. Of the rest only the segments are walked (ITU-T T.81 B.1 for JPEG, ISO 15948 §5 for PNG);
//! XMP goes through the XML reader. Compressed PNG text is passed over, and no signature of Content Credentials is checked.

use crate::extract::time::iso_date;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use crate::model::Exif;
use crate::model::RawTime;
use exif::In;
use exif::Tag;
use exif::Value;
use std::io::Cursor;

/// Longest value that is kept, in characters.
const MAX_CHARS: usize = 200;

/// PNG keywords under which picture generators keep how a picture was made.
const GENERATOR_KEYWORDS: [&str; 5] = ["parameters", "prompt", "workflow", "sd-metadata", "Dream"];

/// Exif of a JPEG or PNG; `None` where there is none, or none that says anything used here.
pub(in crate::extract::image) fn exif(bytes: &[u8]) -> Option<Exif> {
    let read = exif::Reader::new()
        .read_from_container(&mut Cursor::new(bytes))
        .ok()?;
    let text = |tag: Tag| match &read.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(parts) => clean(&String::from_utf8_lossy(parts.first()?)),
        _ => None,
    };
    let camera: Vec<String> = [Tag::Make, Tag::Model]
        .into_iter()
        .filter_map(text)
        .collect();
    let found = Exif {
        serial: text(Tag::BodySerialNumber),
        camera: (!camera.is_empty()).then(|| camera.join(" ")),
        taken: text(Tag::DateTimeOriginal).and_then(|t| taken(&t, text(Tag::OffsetTimeOriginal))),
        software: text(Tag::Software),
    };
    (found != Exif::default()).then_some(found)
}

/// `2024:05:17 10:31:02` with an offset of its own field.
fn taken(text: &str, offset: Option<String>) -> Option<RawTime> {
    let (date, time) = text.split_once(' ')?;
    let offset = offset.unwrap_or_default();
    iso_date(&format!("{}T{time}{offset}", date.replace(':', "-")))
}

/// Programs that the file says made it, in the order in which it says so.
pub(in crate::extract::image) fn generator(bytes: &[u8]) -> Option<String> {
    let mut found = Vec::new();
    for (kind, body) in segments(bytes) {
        match kind {
            Segment::App(1) => found.extend(
                body.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0")
                    .and_then(creator_tool),
            ),
            Segment::App(11) if holds(body, b"c2pa") => found.push("Content Credentials".into()),
            Segment::Chunk(b"tEXt") => found.extend(png_text(body)),
            Segment::Chunk(b"iTXt") => found.extend(international_text(body)),
            Segment::Chunk(b"caBX") => found.push("Content Credentials".into()),
            _ => {}
        }
    }
    found.dedup();
    (!found.is_empty()).then(|| found.join("; "))
}

/// A part of a file beside the pixels.
enum Segment<'a> {
    /// JPEG application segment by number.
    App(u8),
    /// PNG chunk by type.
    Chunk(&'a [u8; 4]),
}

fn segments(bytes: &[u8]) -> Vec<(Segment<'_>, &[u8])> {
    match bytes {
        [0xff, 0xd8, rest @ ..] => of_jpeg(rest),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, rest @ ..] => of_png(rest),
        _ => Vec::new(),
    }
}

fn of_jpeg(mut rest: &[u8]) -> Vec<(Segment<'_>, &[u8])> {
    let mut out = Vec::new();
    while let [0xff, marker, high, low, body @ ..] = rest {
        // Start of scan: compressed data follows. The length counts its own two bytes.
        let length = usize::from(u16::from_be_bytes([*high, *low])).saturating_sub(2);
        let (true, Some((body, after))) = (*marker != 0xda, body.split_at_checked(length)) else {
            break;
        };
        if (0xe0..=0xef).contains(marker) {
            out.push((Segment::App(marker - 0xe0), body));
        }
        rest = after;
    }
    out
}

fn of_png(mut rest: &[u8]) -> Vec<(Segment<'_>, &[u8])> {
    let mut out = Vec::new();
    while let Some((head, body)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some((body, after)) = body.split_at_checked(length) else {
            break;
        };
        let kind = head.last_chunk::<4>().expect("a head has eight bytes");
        out.push((Segment::Chunk(kind), body));
        // Four bytes of checksum.
        rest = after.get(4..).unwrap_or_default();
    }
    out
}

fn png_text(body: &[u8]) -> Option<String> {
    let end = body.iter().position(|&b| b == 0)?;
    said(&latin1(&body[..end]), &latin1(&body[end + 1..]))
}

/// Keyword, compression flag and method, language, translated keyword, text.
fn international_text(body: &[u8]) -> Option<String> {
    let mut parts = body.splitn(2, |&b| b == 0);
    let keyword = latin1(parts.next()?);
    let [0, _, rest @ ..] = parts.next()? else {
        return None;
    };
    let text = rest.splitn(3, |&b| b == 0).nth(2)?;
    if keyword == "XML:com.adobe.xmp" {
        return creator_tool(text);
    }
    said(&keyword, &String::from_utf8_lossy(text))
}

fn said(keyword: &str, text: &str) -> Option<String> {
    if GENERATOR_KEYWORDS.contains(&keyword) {
        return Some(format!("a picture generator (PNG text `{keyword}`)"));
    }
    (keyword == "Software").then(|| clean(text)).flatten()
}

/// `xmp:CreatorTool`, as an attribute or an element.
fn creator_tool(packet: &[u8]) -> Option<String> {
    let packet = String::from_utf8_lossy(packet);
    let (mut inside, mut found) = (false, None);
    // What stands before a fault in the packet counts.
    let _ = walk(&packet, &mut |node| match node {
        Node::Start(element) => {
            inside = element.name == "CreatorTool";
            if let Some(value) = element.attribute("CreatorTool") {
                found = Some(value);
            }
        }
        Node::Text(text) if inside => found = Some(text.to_string()),
        Node::Text(_) => {}
        Node::End => inside = false,
    });
    clean(&found?)
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| char::from(b)).collect()
}

/// Without control characters and surrounding space, cut at a limit; `None` when nothing is left.
fn clean(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_CHARS)
        .collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_string())
}
