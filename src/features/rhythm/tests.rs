//! What the rhythm tells of invented people, and that the shipped table is sound.

use crate::features::rhythm::*;

fn offset(minutes: i32) -> UtcOffset {
    UtcOffset::from_minutes(minutes).unwrap()
}

/// Sixty days at work from ten to one and two to six by a clock `minutes` from UTC.
fn office(minutes: i64) -> Activity {
    let hours = [10, 11, 12, 14, 15, 16, 17];
    let all = (0..60).flat_map(|day| {
        // one to three half-hours a day, wandering through the hours
        (0..1 + day % 3).map(move |n| (day, hours[((day * 5 + n * 3) % 7) as usize]))
    });
    Activity::in_utc(all.map(|(day, hour)| day * 86_400 + hour * 3600 - minutes * 60))
}

#[test]
fn office_hours_are_placed_within_two_hours() {
    for minutes in [-480, -300, 0, 60, 330, 540, 720] {
        let best = Rhythms::shipped().posterior(&office(minutes)).best();
        let error = hours_between(best, offset(minutes as i32));
        assert!(error <= 2.0, "{minutes}: {best}");
    }
}

#[test]
fn a_claim_is_contradicted_only_from_afar() {
    let posterior = Rhythms::shipped().posterior(&office(60));
    assert!(posterior.contradicts(&[offset(-600)]));
    assert!(posterior.contradicts(&[offset(600), offset(540)]));
    assert!(!posterior.contradicts(&[offset(60)]));
    assert!(!posterior.contradicts(&[offset(-180)]), "four hours off");
    assert!(
        !posterior.contradicts(&[offset(-600), offset(0)]),
        "one of the claimed fits"
    );
    assert!(!posterior.contradicts(&[]));
}

#[test]
fn a_claim_of_every_offset_is_never_contradicted() {
    let all: Vec<_> = (-11..=12).map(|h| offset(h * 60)).collect();
    let posterior = Rhythms::shipped().posterior(&office(60));
    assert_eq!(posterior.log10_bf_against(&all), 0.0);
    assert!((posterior.near(&all) - 1.0).abs() < 1e-9);
}

#[test]
fn round_the_clock_activity_tells_nothing() {
    let all_hours = (0..200).map(|n| n * 86_400 + (n * 7 % 48) * 1800);
    let posterior = Rhythms::shipped().posterior(&Activity::in_utc(all_hours));
    for minutes in (-660..=720).step_by(60) {
        assert!(!posterior.contradicts(&[offset(minutes)]), "{minutes}");
    }
}

#[test]
fn a_half_hour_of_a_date_counts_once() {
    let busy = Activity::in_utc([0, 60, 600, 1799, 1800, 86_400]);
    assert_eq!((busy.num_cells(), busy.num_days()), (3, 2));
    let stamp = |seconds, minutes| ClockStamp {
        seconds,
        offset: offset(minutes),
    };
    let local = Activity::by_own_clock([stamp(0, 60), stamp(3600, 0)]);
    assert_eq!((local.num_cells(), local.counts()[2]), (1, 1));
}

#[test]
fn clocks_a_day_apart_are_one() {
    assert_eq!(hours_between(offset(780), offset(-660)), 0.0);
    assert_eq!(hours_between(offset(-300), offset(540)), 10.0);
    let round: Vec<_> = (0..BINS).map(|p| Posterior::offset(p).minutes()).collect();
    assert_eq!(
        (round[0], round[24], round[25], round[47]),
        (0, 720, -690, -30)
    );
}

/// Nobody can be told from the table: at least five people to a row, and no count.
#[test]
fn the_shipped_table_is_sound() {
    let bytes = include_bytes!("../../../corpora/background/rhythms.bin");
    assert!(bytes.len() < 4_000);
    let rows = &bytes[4..];
    assert_eq!(rows.len() % (BINS + 1), 0);
    let mut people = 0;
    for row in rows.chunks(BINS + 1) {
        assert!(row[0] >= 5);
        people += u32::from(row[0]);
        let total: u32 = row[1..].iter().map(|&x| u32::from(x)).sum();
        assert!((970..=1030).contains(&total), "{total}");
    }
    assert_eq!(people, 264);
    assert!(rows.chunks(BINS + 1).is_sorted());
}

#[test]
fn broken_tables_are_refused() {
    assert!(Rhythms::from_bytes(b"").is_none());
    assert!(Rhythms::from_bytes(b"SHR1").is_none());
    assert!(Rhythms::from_bytes(b"SHR1\x05").is_none());
    assert!(Rhythms::from_bytes(b"XXXX").is_none());
}

#[test]
fn a_table_of_people_reads_back() {
    let people: Vec<_> = (0..13).map(|n| office(n * 10)).collect();
    let bytes = Rhythms::build(&people);
    assert_eq!(bytes, Rhythms::build(&people));
    assert_eq!(Rhythms::from_bytes(&bytes).unwrap().rows().len(), 2);
}
