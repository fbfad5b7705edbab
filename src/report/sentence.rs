//! The words of a report: templates filled with facts, and the fixed sentences around numbers.
//!
//! One place for both the page and the terminal, so that a strength, a rate or a place is always said the same way.
//! Wording follows the ENFSI guideline: support for one proposition rather than another, never a probability that
//! somebody did something.

pub(in crate::report) use crate::report::amount::{
    capital, count, factor, list, number, thousands,
};

use crate::model::{BaseRate, Effect, Family, LookState, Relation, Words};
use crate::report::{
    At, DecisionEntry, FindingEntry, LinkEntry, Looked, ReviewEntry, State, WatchHitEntry,
    WatchListEntry,
};

/// What the chance sentence never means; said once beside each group of links.
pub(in crate::report) const CHANCE_IS_NOT: &str = "This is not the probability that these two are unrelated, and does not say why they look alike.";

/// Fills `{0}`, `{1}` … with `facts` and `{a}`, `{b}` with the first two of `names`. Filled text is never read again, and a
/// hole without a value stays as it is written.
pub(in crate::report) fn fill(template: &str, facts: &[String], names: &[String]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let Some(len) = rest[open..].find('}') else {
            return out + &rest[open..];
        };
        let hole = &rest[open + 1..open + len];
        let value = match hole {
            "a" => names.first(),
            "b" => names.get(1),
            n => n.parse::<usize>().ok().and_then(|n| facts.get(n)),
        };
        out.push_str(value.map_or(&rest[open..=open + len], String::as_str));
        rest = &rest[open + len + 1..];
    }
    out + rest
}

/// The first sentence of a filled template: up to a full stop outside brackets behind which a new sentence begins.
pub(in crate::report) fn first(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                let mut rest = text[at + 1..].chars();
                let begins = |c: char| c.is_uppercase() || c.is_ascii_digit();
                if rest.next() == Some(' ') && rest.next().is_some_and(begins) {
                    return &text[..=at];
                }
            }
            _ => {}
        }
    }
    text
}

/// "Very strong support for one hand rather than unrelated people".
pub(in crate::report) fn support(words: Words) -> String {
    format!(
        "{} support for one hand rather than unrelated people",
        capital(words.phrase().trim_end_matches(" support"))
    )
}

/// The expectation by chance in words.
pub(in crate::report) fn chance(link: &LinkEntry) -> String {
    let expected = link.expected_by_chance;
    let pairs = match expected {
        e if e < 0.000_001 => "fewer than one in a million pairs".into(),
        e => format!(
            "about {} {}",
            number(e),
            if number(e) == "1" { "pair" } else { "pairs" }
        ),
    };
    let rarely = match expected {
        e if (0.000_001..0.2).contains(&e) => {
            format!(" (once in about {} such pools)", number(1.0 / e))
        }
        _ => String::new(),
    };
    format!(
        "Among applicants who have nothing to do with each other, {pairs} in a pool of this size would look like \
         this{rarely}."
    )
}

/// The base rate of a finding in words.
pub(in crate::report) fn base_rate(rate: &BaseRate) -> String {
    if rate.n == 0 {
        return "How many ordinary applicants show this was not measured.".into();
    }
    let per_hundred = |share: f64| number(share * 100.0);
    format!(
        "About {} in 100 ordinary applicants show this (95 % interval: {} to {} in 100; measured on {}).",
        per_hundred(rate.rate),
        per_hundred(rate.low),
        per_hundred(rate.high),
        thousands(u64::from(rate.n)),
    )
}

/// What the base rate means for this pool.
pub(in crate::report) fn expected_in_pool(finding: &FindingEntry) -> String {
    format!(
        "Among this pool's applicants with enough data, about {} would be expected to show it if all were ordinary.",
        number(finding.expected_in_pool)
    )
}

/// A place: "cv.pdf, page 2, line 14".
pub(in crate::report) fn place(at: &At) -> String {
    let mut out = at.source.clone();
    let mut add = |text: String| {
        out.push_str(", ");
        out.push_str(&text);
    };
    if let Some(file) = &at.file {
        add(format!("file {file}"));
    }
    if let Some(page) = at.page {
        add(format!("page {page}"));
    }
    if let Some(line) = at.line {
        add(format!("line {line}"));
    }
    if let Some(column) = &at.column {
        add(format!("column {column}"));
    }
    if let Some(part) = &at.part {
        add(part.clone());
    }
    if let Some(commit) = &at.commit {
        add(format!(
            "commit {}",
            commit.chars().take(12).collect::<String>()
        ));
    }
    if let Some([start, end]) = at.range {
        add(format!("bytes {start} to {end}"));
    }
    out
}

/// A detector's state for an applicant.
pub(in crate::report) fn looked(looked: &Looked) -> String {
    match looked.state {
        LookState::Found => "found something".into(),
        LookState::Nothing => "looked, found nothing".into(),
        LookState::TooLittle => match (looked.have, looked.need) {
            (Some(have), Some(need)) => format!("too little data ({have} of {need})"),
            _ => "too little data".into(),
        },
        LookState::CouldNot => match &looked.why {
            Some(why) => format!("could not look: {why}"),
            None => "could not look".into(),
        },
    }
}

/// Why a look gave nothing to go by: the amount, or the reason; `None` where it looked.
pub(in crate::report) fn why_no_look(looked: &Looked) -> Option<String> {
    match (looked.state, looked.have, looked.need) {
        (LookState::TooLittle, Some(have), Some(need)) => Some(format!("{have} of {need}")),
        (LookState::CouldNot, ..) => looked.why.clone(),
        _ => None,
    }
}

/// What a family looks at.
pub(in crate::report) fn family(family: Family) -> &'static str {
    match family {
        Family::Text => "What the documents say",
        Family::Document => "Traces kept in files",
        Family::Contact => "Contacts",
        Family::Image => "Photos",
        Family::Identity => "Identities in repositories",
        Family::History => "Commit history",
        Family::Code => "Source code",
        Family::Style => "Habits of writing",
    }
}

/// A detector's id as words.
pub(in crate::report) fn detector(id: &str) -> String {
    id.replace('-', " ")
}

/// "Same household, or colleagues?"; nothing for no relation.
pub(in crate::report) fn question(relations: &[Relation]) -> String {
    let mut all: Vec<&str> = relations
        .iter()
        .map(|r| r.question().trim_end_matches('?'))
        .collect();
    let Some(last) = all.pop() else {
        return String::new();
    };
    let head = all.join(", ");
    capital(&if head.is_empty() {
        format!("{last}?")
    } else {
        format!("{head}, or {last}?")
    })
}

/// What follows from a problem.
pub(in crate::report) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::NotRead => "not read",
        Effect::PartlyRead => "read in part",
        Effect::NotUsed => "not used",
    }
}

/// One hit on a watch list.
pub(in crate::report) fn watch_hit(hit: &WatchHitEntry) -> String {
    let mut text = format!(
        "{}: {} {} ({}) stands in {}, line {}",
        hit.subject,
        hit.identifier.kind,
        hit.identifier.value,
        place(&hit.at),
        hit.list,
        hit.line
    );
    let details = [
        ("listed by", hit.listed_by.as_str()),
        ("first seen", hit.first_seen.as_deref().unwrap_or_default()),
        ("entry", hit.note.as_str()),
    ];
    for (what, value) in details.iter().filter(|(_, value)| !value.is_empty()) {
        text.push_str(&format!("; {what}: {value}"));
    }
    text + "."
}

/// What was compared with watch lists.
pub(in crate::report) fn watched(lists: &[WatchListEntry], num_hits: usize) -> String {
    let names: Vec<String> = lists.iter().map(|l| l.name.clone()).collect();
    let all: u64 = lists.iter().map(|l| l.identifiers).sum();
    let unusable: u64 = lists.iter().map(|l| l.unusable).sum();
    let mut text = format!(
        "{} compared with every applicant’s own: {} matched. Names in the lists were left alone.",
        capital(&format!(
            "{} of {}",
            count(all as usize, "identifier", "identifiers"),
            list(&names)
        )),
        if num_hits == 0 {
            "none".to_string()
        } else {
            thousands(num_hits as u64)
        }
    );
    if unusable > 0 {
        text.push_str(&format!(
            " {} of the lists cannot be compared as written (samehand watchlist check names the lines).",
            capital(&count(unusable as usize, "identifier", "identifiers"))
        ));
    }
    text
}

/// The strength against people of an ordinary relation; empty where none is named.
pub(in crate::report) fn against_related(link: &LinkEntry) -> String {
    let Some(related) = &link.against_related else {
        return String::new();
    };
    let asked = capital(related.relation.question());
    match related.log10_lr {
        Some(x) => format!(
            "Measured against people with an ordinary tie (“{asked}”) instead of unrelated ones, it is {} in all.",
            factor(x)
        ),
        None => format!(
            "How strong it is against people with an ordinary tie (“{asked}”) was not measured."
        ),
    }
}

/// What became of the decisions that a scan was given.
pub(in crate::report) fn reviewed(review: &ReviewEntry, num_dismissed: usize) -> String {
    let mut text = format!(
        "Of {} {} dismissed here: shown apart, and weighing nothing.",
        count(review.decisions as usize, "decision", "decisions"),
        match num_dismissed {
            0 => "none leaves something".to_string(),
            1 => "one leaves something".to_string(),
            n => format!("{} leave something", thousands(n as u64)),
        }
    );
    match review.unmatched.len() {
        0 => {}
        1 => text.push_str(" One concerns nothing in this report: its facts have changed, or its applicant is not in the pool."),
        n => text.push_str(&format!(
            " {} concern nothing in this report: their facts have changed, or their applicants are not in the pool.",
            thousands(n as u64)
        )),
    }
    text
}

/// A decision beside what it is about: "Dismissed by AB on 2026-11-21".
pub(in crate::report) fn decided(decision: &DecisionEntry) -> String {
    let mut text = match (decision.state, decision.outdated) {
        (State::Noted, _) => "Noted".to_string(),
        (State::Dismissed, false) => "Dismissed".to_string(),
        (State::Dismissed, true) => "Dismissed before, on less than it rests on now".to_string(),
    };
    if !decision.by.is_empty() {
        text.push_str(&format!(" by {}", decision.by));
    }
    if !decision.on.is_empty() {
        text.push_str(&format!(" on {}", decision.on));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_ends_where_another_begins() {
        for (text, expected) in [
            (
                "12 words agree (one run. Long). 3 stand alone. So.",
                "12 words agree (one run. Long).",
            ),
            (
                "The same file, v1.2 of lib.rs, e.g. here. Both have it.",
                "The same file, v1.2 of lib.rs, e.g. here.",
            ),
            ("Only one.", "Only one."),
            ("", ""),
        ] {
            assert_eq!(first(text), expected);
        }
    }

    #[test]
    fn holes_are_filled_once_and_never_from_values() {
        let names = ["A1".to_string(), "B{0}".to_string()];
        for (template, facts, expected) in [
            ("{a} and {b} share {0}", vec!["x"], "A1 and B{0} share x"),
            ("{0}{1}", vec!["{1}", "{a}"], "{1}{a}"),
            ("{10} {2} {x} {", vec!["only"], "{10} {2} {x} {"),
            ("no hole", vec![], "no hole"),
            ("ends {0}", vec!["é"], "ends é"),
        ] {
            let facts: Vec<String> = facts.into_iter().map(String::from).collect();
            assert_eq!(fill(template, &facts, &names), expected);
        }
    }

    #[test]
    fn support_is_for_one_hand_and_against_unrelated_people() {
        assert_eq!(
            support(Words::VeryStrong),
            "Very strong support for one hand rather than unrelated people"
        );
        assert_eq!(
            support(Words::NoSupport),
            "No support for one hand rather than unrelated people"
        );
    }

    #[test]
    fn relations_become_one_question() {
        use Relation::{Agency, Household, Template};
        assert_eq!(question(&[Household]), "Same household?");
        assert_eq!(
            question(&[Template, Agency]),
            "Same template, or same agency or course?"
        );
        assert_eq!(question(&[]), "");
    }
}
