//! Rhythms of real authors as they would be if these people lived otherwise: nobody's circumstances are known, so night
//! work and care are made of ordinary rhythms by moving commits. The recorded clock stays what it was.

use samehand::features::clock::ClockStamp;

/// A way to live, and by how many hours it moves a commit.
pub type Life = (&'static str, fn(ClockStamp) -> i64);

const DAY: i64 = 86_400;

/// What is moved and how.
pub const LIVES: [Life; 4] = [
    ("always at night: everything ten hours later", |_| 10),
    ("every second week at night, ten hours later", |stamp| {
        if day(stamp).div_euclid(7) % 2 == 0 {
            10
        } else {
            0
        }
    }),
    ("one night in three, ten hours later", |stamp| {
        if day(stamp) % 3 == 0 { 10 } else { 0 }
    }),
    (
        "care from nine to five: that work nine hours later on three days in four",
        |stamp| {
            let is_cared = (9..17).contains(&hour(stamp)) && day(stamp) % 4 != 0;
            if is_cared { 9 } else { 0 }
        },
    ),
];

/// An author's commits as that life would have had them, by time.
pub fn lived(stamps: &[ClockStamp], (_, hours): &Life) -> Vec<ClockStamp> {
    let mut moved: Vec<ClockStamp> = stamps
        .iter()
        .map(|stamp| ClockStamp {
            seconds: stamp.seconds + 3600 * hours(*stamp),
            offset: stamp.offset,
        })
        .collect();
    moved.sort_by_key(|stamp| stamp.seconds);
    moved
}

fn local(stamp: ClockStamp) -> i64 {
    stamp.seconds + 60 * i64::from(stamp.offset.minutes())
}

fn day(stamp: ClockStamp) -> i64 {
    local(stamp).div_euclid(DAY)
}

fn hour(stamp: ClockStamp) -> i64 {
    local(stamp).rem_euclid(DAY) / 3600
}
