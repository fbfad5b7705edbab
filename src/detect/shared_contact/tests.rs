//! Shared contacts and their innocent twins.

use crate::detect::shared_contact::*;
use crate::link::PoolCounts;
use crate::model::Digest;
use crate::model::Place;
use crate::model::Provenance;
use IdentifierKind::Account;
use IdentifierKind::Email;
use IdentifierKind::Phone;
use IdentifierKind::Wallet;
use IdentifierRole::Claimed;
use IdentifierRole::Contact;
use IdentifierRole::Mention;

const PHONE: (IdentifierKind, &str, IdentifierRole) = (Phone, "+12065550142", Contact);
const WALLET: (IdentifierKind, &str, IdentifierRole) = (Wallet, "1Invented", Contact);
const MAIL: (IdentifierKind, &str, IdentifierRole) = (Email, "ann@kontor.example", Claimed);
const GITHUB: (IdentifierKind, &str, IdentifierRole) = (Account, "github.com/annlee", Contact);

fn profile(id: &str, identifiers: &[(IdentifierKind, &str, IdentifierRole)]) -> Profile {
    let identifier = |(kind, value, role): &(IdentifierKind, &str, IdentifierRole)| Identifier {
        kind: *kind,
        value: (*value).into(),
        written: (*value).into(),
        role: *role,
        assumed_region: false,
        at: Provenance {
            source: format!("{id}/cv.txt"),
            digest: Digest(id.into()),
            place: Place::Whole,
        },
    };
    Profile {
        identifiers: identifiers.iter().map(identifier).collect(),
        ..Profile::empty(ApplicantId::new(id))
    }
}

fn compare(members: &[Profile], keys: Vec<Key>) -> Vec<Outcome> {
    let candidate = Candidate {
        members: members.iter().collect(),
        keys,
    };
    SharedContact.compare(&candidate, &Background::default())
}

fn only_evidence(outcomes: Vec<Outcome>) -> Evidence {
    match <[Outcome; 1]>::try_from(outcomes).expect("one outcome") {
        [Outcome::Evidence(evidence)] => *evidence,
        other => panic!("{other:?}"),
    }
}

fn of_pair(
    a: &[(IdentifierKind, &str, IdentifierRole)],
    b: &[(IdentifierKind, &str, IdentifierRole)],
) -> Evidence {
    only_evidence(compare(&[profile("a", a), profile("b", b)], vec![]))
}

#[test]
fn a_household_explains_a_phone_but_not_an_account_or_a_wallet() {
    let siblings = of_pair(&[PHONE], &[PHONE]);
    assert_eq!(siblings.measure.table, "shared-contact/phone");
    assert_eq!(siblings.explained_by, [Relation::Household]);

    let family_mailbox = of_pair(&[PHONE, MAIL], &[PHONE, MAIL]);
    assert_eq!(family_mailbox.measure.table, "shared-contact/email");
    assert_eq!(family_mailbox.explained_by, [Relation::Household]);
    assert_eq!(family_mailbox.observations.as_slice().len(), 4);

    for telling in [WALLET, GITHUB] {
        let evidence = of_pair(&[PHONE, telling], &[PHONE, telling]);
        assert_eq!(evidence.explained_by, [], "{telling:?}");
    }
}

#[test]
fn the_strongest_detail_speaks_and_the_rest_is_counted() {
    let evidence = of_pair(&[PHONE, WALLET, MAIL], &[PHONE, WALLET, MAIL]);
    assert_eq!(evidence.measure.table, "shared-contact/wallet");
    let expected = [Fact::Wallet("1Invented".into()), Fact::Number("2".into())];
    assert_eq!(evidence.explanation.facts, expected);
    assert!(evidence.explanation.template.contains("{1}"));
}

#[test]
fn every_hole_of_every_sentence_has_a_fact() {
    use Stratum::*;
    for stratum in [
        Wallet,
        Account,
        Email,
        Phone,
        PhoneAssumed,
        Organisation,
        Mention,
    ] {
        let [alone, more] = stratum.sentences();
        assert!(alone.contains("{0}") && !alone.contains("{1}"), "{alone}");
        assert!(more.contains("{0}") && more.contains("{1}"), "{more}");
        assert!(!more.contains("  "), "{more}");
    }
}

#[test]
fn an_assumed_country_on_one_side_weakens_the_number() {
    let (a, mut b) = (profile("a", &[PHONE]), profile("b", &[PHONE]));
    b.identifiers[0].assumed_region = true;
    let evidence = only_evidence(compare(&[a.clone(), b.clone()], vec![]));
    assert_eq!(evidence.measure.table, "shared-contact/phone-assumed");
    // The same number stands elsewhere in b with its country code.
    b.identifiers.extend(profile("b", &[PHONE]).identifiers);
    let evidence = only_evidence(compare(&[a, b], vec![]));
    assert_eq!(evidence.measure.table, "shared-contact/phone");
}

#[test]
fn an_organisations_contact_is_explained_by_it() {
    for value in [
        (Email, "hr@kontor.example", Contact),
        (Account, "kontor.example", Contact),
    ] {
        let evidence = of_pair(&[value], &[value]);
        assert_eq!(evidence.measure.table, "shared-contact/organisation");
        assert_eq!(evidence.explained_by[0], Relation::Agency);
    }
}

#[test]
fn a_mention_meets_the_owner_only() {
    let mention = (Account, "github.com/annlee", Mention);
    let evidence = of_pair(&[GITHUB], &[mention]);
    assert_eq!(evidence.measure.table, "shared-contact/mention");
    assert_eq!(evidence.explained_by[0], Relation::Colleagues);
    let both = compare(
        &[profile("a", &[mention]), profile("b", &[mention])],
        vec![],
    );
    assert!(both.is_empty());
}

#[test]
fn equal_text_of_different_kinds_or_one_mail_host_is_nothing() {
    let a = profile(
        "a",
        &[
            (Email, "ann@kontor.example", Contact),
            (Account, "x", Contact),
        ],
    );
    let b = profile(
        "b",
        &[
            (Email, "bob@kontor.example", Contact),
            (Wallet, "x", Contact),
        ],
    );
    assert!(compare(&[a, b], vec![]).is_empty());
}

#[test]
fn only_the_keys_that_proposed_a_pair_count() {
    let members = [profile("a", &[PHONE, MAIL]), profile("b", &[PHONE, MAIL])];
    let hot_phone_left_out = vec![key(&members[0].identifiers[1])];
    let evidence = only_evidence(compare(&members, hot_phone_left_out));
    assert_eq!(evidence.observations.as_slice().len(), 2);
}

#[test]
fn what_many_give_is_told_once_and_a_wallet_without_an_explanation() {
    let in_pool = |value, size| {
        let members: Vec<_> = (0..13)
            .map(|i| profile(&format!("p{i:02}"), &[value]))
            .collect();
        let keys = vec![key(&members[0].identifiers[0])];
        let candidate = Candidate {
            members: members.iter().collect(),
            keys,
        };
        let background = Background {
            holders: PoolCounts::from_entries(size, Vec::new()),
            ..Background::default()
        };
        SharedContact.compare(&candidate, &background)
    };
    let many = |value| in_pool(value, 100);
    for common in [PHONE, MAIL, (Account, "kontor.example", Contact)] {
        let told = only_evidence(many(common));
        assert_eq!(told.subjects.as_slice().len(), 13);
        assert_eq!(told.measure.table, "shared-contact/organisation");
        assert_eq!(told.explained_by, [Relation::Agency, Relation::Template]);
        let exported = in_pool(common, 20);
        assert!(
            matches!(&exported[..], [Outcome::SetAside(s)] if s.why == EVERYBODYS),
            "{common:?}"
        );
    }
    let wallet = only_evidence(many(WALLET));
    assert_eq!(
        (wallet.subjects.as_slice().len(), &wallet.explained_by[..]),
        (13, &[][..])
    );
    assert_eq!(only_evidence(many(GITHUB)).explained_by, [Relation::Agency]);
}

#[test]
fn a_well_known_account_is_set_aside() {
    let mut members: Vec<_> = (0..13)
        .map(|i| {
            profile(
                &format!("p{i:02}"),
                &[(Account, "github.com/annlee", Mention)],
            )
        })
        .collect();
    members.push(profile("ann", &[GITHUB]));
    let keys = vec![key(&members[0].identifiers[0])];
    assert!(matches!(
        &compare(&members, keys)[..],
        [Outcome::SetAside(_)]
    ));
}

#[test]
fn nothing_given_is_not_nothing_found() {
    let look = |p: &Profile| SharedContact.examine(p, &Background::default());
    assert!(matches!(
        look(&profile("a", &[]))[..],
        [Outcome::CouldNotLook { .. }]
    ));
    assert!(look(&profile("a", &[PHONE])).is_empty());
}

#[test]
fn evidence_has_one_id_whatever_the_order() {
    let (a, b) = (profile("a", &[PHONE, MAIL]), profile("b", &[MAIL, PHONE]));
    let forth = only_evidence(compare(&[a.clone(), b.clone()], vec![]));
    let back = only_evidence(compare(&[b, a], vec![]));
    assert_eq!(forth.id, back.id);
    assert_eq!(forth.explanation, back.explanation);
}
