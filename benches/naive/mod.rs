//! The peer of benches/identifiers.rs: the patterns of the kinds of contact, searched for over the whole text, one pass a
//! kind or all in one pattern. Only the search: nothing is checked, normalised or told from a stand-in.

use regex::Regex;

/// E-mail, wallet, URL (looked for once for profiles and once for sites of one's own), handle, phone.
const PATTERNS: [&str; 6] = [
    r"[A-Za-z0-9_][A-Za-z0-9._%+'\-]{0,63}@(?:[\p{Latin}\p{Cyrillic}\p{Greek}0-9][\p{Latin}\p{Cyrillic}\p{Greek}0-9\-]{0,62}\.){1,6}[\p{Latin}\p{Cyrillic}\p{Greek}]{2,24}",
    r"\b(?:0x[0-9a-fA-F]{40}|(?i:bc1[02-9ac-hj-np-z]{11,71})|[1-9A-HJ-NP-Za-km-z]{26,44})\b",
    URL,
    URL,
    r"(?i)\b(telegram|tg|discord|twitter|github|instagram|medium|skype|wechat)(?: ?(?:id|handle|username|account))?\s?[:\-–|]?\s{0,2}(@[a-z0-9_][a-z0-9_.\-]{2,38}|(?:live:)?[a-z0-9_.#\-]{3,38})",
    r"(?:\(?\+ ?)?\(?\d(?:[ \u{a0}\u{2009}\u{202f}.\-‐‑–()/]{0,3}\d){6,16}",
];
const URL: &str = r#"(?i)(?:https?://)?(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d{2,5})?(?:[/?#][^\s<>"'()\[\]{}|█•]*)?"#;

/// One pattern a kind.
pub fn each() -> Vec<Regex> {
    PATTERNS.iter().map(|p| Regex::new(p).unwrap()).collect()
}

/// All kinds in one pattern.
pub fn together() -> Regex {
    let parts: Vec<String> = PATTERNS.iter().map(|p| format!("(?:{p})")).collect();
    Regex::new(&parts.join("|")).unwrap()
}
