//! The property sets of a compound file ([MS-OLEPS] §2.21, [MS-OSHARED] §2.3.3): who wrote it, when, with what.

use crate::model::DocumentMeta;
use crate::model::RawTime;
use crate::model::UtcOffset;

/// Properties of one set; Word writes about twenty.
const MAX_COUNT: u32 = 200;

/// Seconds from 1601, where FILETIME begins, to 1970.
const EPOCH: i64 = 11_644_473_600;

/// A value of a property.
enum Value {
    Text(String),
    Number(i32),
    /// Seconds since 1970 UTC.
    Time(i64),
}

/// Takes the first set of a stream; what is broken in it is passed over. `is_document` tells the second stream, of
/// which only the company is taken, from the first.
pub(in crate::extract) fn read(stream: &[u8], is_document: bool, meta: &mut DocumentMeta) {
    let Some(set) = number(stream, 44).and_then(|offset| stream.get(offset as usize..)) else {
        return;
    };
    let count = number(set, 4).unwrap_or(0).min(MAX_COUNT);
    let entry = |at: u32| {
        Some((
            number(set, 8 + at as usize * 8)?,
            number(set, 12 + at as usize * 8)? as usize,
        ))
    };
    let entries: Vec<(u32, usize)> = (0..count).filter_map(entry).collect();
    // Property 1 is the code page of all strings.
    let page = entries
        .iter()
        .find(|(id, _)| *id == 1)
        .and_then(|(_, at)| number(set, at + 4));
    let page = page.map_or(1252, |p| p as u16);
    for (id, at) in entries {
        if let Some(value) = value(set, at, page) {
            put(if is_document { id + 1000 } else { id }, value, meta);
        }
    }
}

fn put(id: u32, value: Value, meta: &mut DocumentMeta) {
    let time = |seconds| {
        Some(RawTime {
            seconds,
            offset: Some(UtcOffset::UTC),
        })
    };
    match (id, value) {
        (2, Value::Text(text)) => meta.title = Some(text),
        (4, Value::Text(text)) => meta.author = Some(text),
        (7, Value::Text(text)) => meta.template = Some(text),
        (8, Value::Text(text)) => meta.last_modified_by = Some(text),
        (9, Value::Text(text)) => meta.num_saves = text.parse().ok(),
        (12, Value::Time(seconds)) => meta.created = time(seconds),
        (13, Value::Time(seconds)) => meta.modified = time(seconds),
        (14, Value::Number(pages)) => meta.num_pages = u32::try_from(pages).ok(),
        (18, Value::Text(text)) => meta.creator = Some(text),
        (1015, Value::Text(text)) => meta.company = Some(text),
        _ => {}
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// A typed value: strings of one or two bytes a character, numbers, times.
fn value(set: &[u8], at: usize, page: u16) -> Option<Value> {
    let body = at.checked_add(4)?;
    match number(set, at)? & 0xffff {
        0x1e => {
            let bytes = set.get(body + 4..)?.get(..number(set, body)? as usize)?;
            let encoding = codepage(page);
            text(&encoding.decode_without_bom_handling(bytes).0)
        }
        0x1f => {
            let bytes = set
                .get(body + 4..)?
                .get(..(number(set, body)? as usize).checked_mul(2)?)?;
            text(&encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0)
        }
        0x03 => Some(Value::Number(number(set, body)? as i32)),
        0x40 => {
            let ticks = u64::from(number(set, body)?) | u64::from(number(set, body + 4)?) << 32;
            let seconds = (ticks / 10_000_000) as i64 - EPOCH;
            (ticks > 0).then_some(Value::Time(seconds))
        }
        _ => None,
    }
}

fn text(value: &str) -> Option<Value> {
    let value = value.split('\0').next().unwrap_or_default().trim();
    (!value.is_empty()).then(|| Value::Text(value.into()))
}

fn codepage(page: u16) -> &'static encoding_rs::Encoding {
    match page {
        1200 => encoding_rs::UTF_16LE,
        page => crate::extract::rtf::of_page(i32::from(page)),
    }
}

/// A stream with texts in Windows-1252 and a creation time.
#[cfg(test)]
pub(in crate::extract) fn fixture(texts: &[(u32, &str)], created: i64) -> Vec<u8> {
    let mut values: Vec<(u32, Vec<u8>)> =
        vec![(1, [2u32.to_le_bytes(), 1252u32.to_le_bytes()].concat())];
    for (id, text) in texts {
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let mut value = [
            0x1eu32.to_le_bytes(),
            (bytes.len() as u32 + 1).to_le_bytes(),
        ]
        .concat();
        value.extend(bytes);
        value.resize(value.len().next_multiple_of(4) + 4, 0);
        values.push((*id, value));
    }
    let ticks = (created + EPOCH) as u64 * 10_000_000;
    values.push((
        12,
        [&0x40u32.to_le_bytes()[..], &ticks.to_le_bytes()].concat(),
    ));
    let mut set = [0u32.to_le_bytes(), (values.len() as u32).to_le_bytes()].concat();
    let mut at = 8 + values.len() as u32 * 8;
    for (id, value) in &values {
        set.extend([id.to_le_bytes(), at.to_le_bytes()].concat());
        at += value.len() as u32;
    }
    set.extend(values.into_iter().flat_map(|(_, value)| value));
    let mut stream = vec![0u8; 44];
    stream.extend(48u32.to_le_bytes());
    stream.extend(set);
    stream
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_or_passed_over(bytes in proptest::collection::vec(any::<u8>(), 0..200), flips in proptest::collection::vec((0usize..150, any::<u8>()), 0..6)) {
            let mut meta = DocumentMeta::default();
            read(&bytes, false, &mut meta);
            let mut set = fixture(&[(2, "CV"), (4, "Ann")], 0);
            for (at, with) in flips {
                let at = at % set.len();
                set[at] = with;
            }
            read(&set, true, &mut meta);
        }
    }
}
