//! Bank account numbers (IBAN): country, length and check digits must hold.
//!
//! ISO 13616 and its registry of lengths; check digits by ISO 7064, MOD 97-10. Numbers of manuals are set aside
//! (`corpora/background/public_keys.txt`). Written with or without blanks between groups of four, in capitals: nothing that
//! is written otherwise is read.

use crate::features::anchors::Anchors;
use crate::features::anchors::before;
use crate::features::anchors::is_word;
use crate::features::identifiers::Found;
use crate::features::public_keys;
use crate::model::IdentifierKind;

/// Country and length, by the IBAN registry (release 99).
const LENGTHS: &str = "\
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 \
    ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 \
    LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 \
    RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

/// Longest account number of the registry.
const LONGEST: usize = 34;

/// Account numbers of a text.
pub(in crate::features) fn find(text: &str, anchors: &Anchors) -> Vec<Found> {
    let bytes = text.as_bytes();
    let begins = |&at: &usize| {
        at >= 2
            && bytes[at - 1].is_ascii_uppercase()
            && bytes[at - 2].is_ascii_uppercase()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && !before(text, at - 2).is_some_and(is_word)
    };
    let digits = anchors.digits.iter().copied().filter(begins);
    digits.filter_map(|at| read(text, at - 2)).collect()
}

fn read(text: &str, start: usize) -> Option<Found> {
    let length = length(&text[start..start + 2])?;
    let mut value = String::with_capacity(LONGEST);
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        match c {
            'A'..='Z' | '0'..='9' if value.len() < length => {
                value.push(c);
                end = start + at + 1;
            }
            // Groups of four.
            ' ' | '\u{a0}' if value.len() < length && value.len().is_multiple_of(4) => {}
            _ => break,
        }
    }
    let goes_on = text[end..].chars().next().is_some_and(is_word);
    let good = value.len() == length && !goes_on && is_valid(&value) && !is_stand_in(&value);
    good.then(|| Found::new(IdentifierKind::Iban, value, text, start..end))
}

fn length(country: &str) -> Option<usize> {
    let row = LENGTHS
        .split_whitespace()
        .find(|row| row.starts_with(country))?;
    row[2..].parse().ok()
}

/// ISO 7064, MOD 97-10, over the number with its first four characters at its end.
fn is_valid(value: &str) -> bool {
    let (head, body) = value.split_at(4);
    let rest = body.bytes().chain(head.bytes()).fold(0u32, |rest, b| {
        let digit = u32::from(if b.is_ascii_digit() {
            b - b'0'
        } else {
            b - b'A' + 10
        });
        let shift = if digit < 10 { 10 } else { 100 };
        (rest * shift + digit) % 97
    });
    rest == 1
}

/// A number of a manual, or one with hardly a digit of its own.
fn is_stand_in(value: &str) -> bool {
    let body = &value.as_bytes()[4..];
    let different: std::collections::BTreeSet<&u8> = body.iter().collect();
    different.len() < 4 || public_keys::is_public(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        find(text, &Anchors::new(text))
            .into_iter()
            .map(|f| f.value)
            .collect()
    }

    /// An account number made here: the check digits are computed.
    fn made(country: &str, body: &str) -> String {
        (2..99)
            .map(|check| format!("{country}{check:02}{body}"))
            .find(|iban| is_valid(iban))
            .unwrap()
    }

    #[test]
    fn numbers_whose_digits_hold_are_read() {
        let german = made("DE", "500105175407324931");
        let grouped: Vec<String> = german
            .as_bytes()
            .chunks(4)
            .map(|c| String::from_utf8_lossy(c).into_owned())
            .collect();
        assert_eq!(
            found(&format!("IBAN: {}.", grouped.join(" "))),
            [german.clone()]
        );
        assert_eq!(found(&format!("pay {german}")), [german]);
        let british = made("GB", "NWBK60161331926810");
        assert_eq!(found(&format!("({british})")), [british]);
    }

    #[test]
    fn others_are_not() {
        let german = made("DE", "500105175407324931");
        let wrong = german.replace("931", "932");
        for text in [
            wrong.as_str(),
            "DE89 3704 0044 0532 0130 00",
            "GB82 WEST 1234 5698 7654 32",
            "XX12500105175407324931",
            &format!("A{german}"),
            &format!("{german}0"),
            "ID12 3456 7890 1234 5678",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn every_length_is_one() {
        for row in LENGTHS.split_whitespace() {
            let length: usize = row[2..].parse().unwrap();
            assert!((15..=LONGEST).contains(&length), "{row}");
        }
    }
}
