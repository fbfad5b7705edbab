//! A copied career, its innocent twins, and what is too little to say.

use crate::detect::near_text::*;
use crate::features::text_features;
use crate::model::{
    ApplicantId, Digest, DocumentMeta, MaskedText, PagedText, SourceInfo, SourceKind, Traces,
};

const CAREER: &str = "Keeps ferry timetables honest across four harbours and two seasons of storms.
Senior engineer at Marrowline Ferries from 2019 to 2024
- Rebuilt the timetable solver so that a storm closes one pier and not the whole crossing, with 38 percent fewer stranded cars.
- Moved 14 nightly exports onto one queue and cut the morning delay from 95 minutes to 11.
- Wrote the drill book that new staff at the ticket desk still learn from in their first week.
Engineer at Tallowgate Buses from 2015 to 2019
- Measured every stop on 212 routes by hand and found 31 that no bus could reach on time.
- Taught the depot to read its own fuel records, which saved 47 thousand litres in a year.
";

const OTHER: &str = "Teacher of woodwork who came to software through a broken kiln and a patient neighbour.
Workshop lead at a school for adults from 2008 to 2016
- Planned evening courses for people who had never held a plane, and kept the waiting list short.
- Repaired donated tools and wrote down how, so that the next volunteer could do it without asking.
Developer at a museum of clocks since 2017
- Built the catalogue that visitors search at the entrance, in three languages and with large letters.
- Replaced paper tickets by a small program that the guards trust because they helped to design it.
";

fn profile(id: &str, texts: &[&str]) -> Profile {
    let documents = texts.iter().enumerate().map(|(i, text)| {
        let path = format!("{id}/{i}.txt");
        let source = SourceInfo {
            path,
            sha256: Digest(id.into()),
            kind: SourceKind::Text,
            engine: None,
        };
        let raw = PagedText::new(*text, Vec::new());
        let features = text_features(text);
        Document {
            source,
            text: MaskedText::new(&raw, &[]),
            signature: features.signature,
            fingerprints: features.fingerprints,
            meta: DocumentMeta::default(),
            links: vec![],
            traces: Traces::default(),
        }
    });
    Profile {
        documents: documents.collect(),
        ..Profile::empty(ApplicantId::new(id))
    }
}

fn compare(profiles: &[Profile]) -> Vec<Outcome> {
    let candidate = Candidate {
        members: profiles.iter().collect(),
        keys: vec![],
    };
    NearText.compare(&candidate, &Background::shipped())
}

fn evidence(outcomes: &[Outcome]) -> Vec<&Evidence> {
    let mut found = Vec::new();
    for outcome in outcomes {
        if let Outcome::Evidence(e) = outcome {
            found.push(e.as_ref());
        }
    }
    found
}

/// The bullets in another order, one word in each changed.
fn reordered(text: &str) -> String {
    let mut lines: Vec<String> = text
        .lines()
        .map(|l| l.replacen(" the ", " that ", 1))
        .collect();
    lines.reverse();
    lines.join("\n")
}

#[test]
fn a_copied_career_is_found_reordered_and_reworded() {
    let found = compare(&[
        profile("a", &[OTHER, CAREER]),
        profile("b", &[&reordered(CAREER)]),
    ]);
    let found = evidence(&found);
    assert_eq!(found.len(), 1);
    assert!(found[0].measure.score > 60.0, "{}", found[0].measure.score);
    assert!(
        found[0].explained_by.is_empty(),
        "years and amounts agree: no template explains that"
    );
    assert_eq!(found[0].observations.as_slice().len(), 2);
    assert!(
        matches!(&found[0].exhibits[0], Exhibit::Passages { passages, .. } if passages.len() > 3)
    );
}

#[test]
fn wrapped_lines_change_nothing() {
    let wrapped = CAREER
        .replace(" so that ", "\nso that ")
        .replace(" and cut ", "\nand cut ");
    let score = |text: &str| {
        let found = compare(&[profile("a", &[CAREER]), profile("b", &[text])]);
        evidence(&found)[0].measure.score
    };
    assert_eq!(score(CAREER), score(&wrapped));
}

#[test]
fn different_careers_are_silent() {
    assert!(compare(&[profile("a", &[CAREER]), profile("b", &[OTHER])]).is_empty());
}

#[test]
fn shared_prose_without_a_fact_of_ones_own_is_a_template() {
    let bare: String = CAREER.chars().filter(|c| !c.is_ascii_digit()).collect();
    let found = compare(&[profile("a", &[&bare]), profile("b", &[&bare])]);
    assert_eq!(
        evidence(&found)[0].explained_by,
        [Relation::Template, Relation::Agency]
    );
}

#[test]
fn a_consent_clause_is_no_fact_of_ones_own() {
    let clause = "I hereby give consent for my personal data included in this application to be processed for the purposes \
        of the recruitment process under Regulation (EU) 2016/679 of the European Parliament and of the Council of 27 April \
        2016 on the protection of natural persons with regard to the processing of personal data, repealing Directive \
        95/46/EC. I also agree that the company may keep my documents for later vacancies until I withdraw this consent, \
        which I may do at any time and without giving a reason by writing to the address in the advertisement.";
    let with = |text: &str| format!("{}\n{clause}\n", &text[..240]);
    let found = compare(&[
        profile("a", &[&with(CAREER)]),
        profile("b", &[&with(OTHER)]),
    ]);
    let all = evidence(&found);
    assert!(
        all.iter()
            .all(|e| e.explained_by.contains(&Relation::Template)),
        "{all:?}"
    );
}

#[test]
fn a_group_splits_into_those_who_share() {
    let mut pool: Vec<Profile> = (0..9)
        .map(|i| profile(&format!("c{i}"), &[CAREER]))
        .collect();
    pool.extend((0..4).map(|i| profile(&format!("o{i}"), &[OTHER])));
    let found = compare(&pool);
    let sizes: Vec<usize> = evidence(&found)
        .iter()
        .map(|e| e.subjects.as_slice().len())
        .collect();
    assert_eq!(sizes, [9, 4]);
    let strangers = [
        profile("a", &[CAREER]),
        profile("b", &[OTHER]),
        profile("c", &[""]),
    ];
    assert!(matches!(compare(&strangers)[..], [Outcome::SetAside(_)]));
}

#[test]
fn says_when_it_cannot_say() {
    let background = Background::shipped();
    let examine = |texts: &[&str]| NearText.examine(&profile("a", texts), &background);
    assert!(matches!(examine(&[])[..], [Outcome::CouldNotLook { .. }]));
    assert!(matches!(
        examine(&["Available at once."])[..],
        [Outcome::TooLittle { have: 3, need: 80 }]
    ));
    assert!(examine(&[CAREER]).is_empty());
    let foreign = "Verantwortlich für den Entwurf und die Umsetzung einer Abrechnung für Kliniken und Praxen. ".repeat(9);
    assert!(matches!(
        examine(&[&foreign])[..],
        [Outcome::CouldNotLook { .. }]
    ));
    let pair = [profile("a", &[&foreign]), profile("b", &[&foreign])];
    assert!(
        compare(&pair).is_empty(),
        "rarity in a language that the reference does not know is no evidence"
    );
}
