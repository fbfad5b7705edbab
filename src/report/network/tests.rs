use crate::model::Words;
use crate::report::assemble;
use crate::report::network::forces::{self, Point};
use crate::report::network::{network, pack};
use crate::report::outline::Outline;
use crate::report::sample;
use std::collections::BTreeMap;

fn nearest(places: &[Point]) -> f64 {
    let pairs = (0..places.len()).flat_map(|a| (a + 1..places.len()).map(move |b| (a, b)));
    pairs
        .map(|(a, b)| (places[a] - places[b]).length())
        .fold(f64::INFINITY, f64::min)
}

#[test]
fn dots_neither_touch_nor_leave_the_picture() {
    let ring = |from: usize, num: usize| (from..from + num).collect::<Vec<_>>();
    let clique = |r: &[usize]| -> Vec<(usize, usize)> {
        let pairs = r.iter().flat_map(|&a| r.iter().map(move |&b| (a, b)));
        pairs.filter(|(a, b)| a < b).collect()
    };
    for sizes in [vec![2], vec![3, 2, 2], vec![60, 12, 5, 2, 2, 2]] {
        let mut from = 0;
        let rings: Vec<Vec<usize>> = sizes
            .iter()
            .map(|&num| {
                from += num;
                ring(from - num, num)
            })
            .collect();
        let edges: Vec<_> = rings.iter().flat_map(|r| clique(r)).collect();
        let (places, (width, height)) = pack::arrange(from, &edges, &rings, 30.0);
        assert!(nearest(&places) > 12.0, "{sizes:?}: {}", nearest(&places));
        for p in &places {
            assert!(p.x > 0.0 && p.x < f64::from(width), "{sizes:?}");
            assert!(p.y > 0.0 && p.y < f64::from(height), "{sizes:?}");
        }
    }
}

#[test]
fn linked_dots_lie_nearer_than_others() {
    // Two triangles joined by one line.
    let edges = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)];
    let places = forces::rest(6, &edges, 30.0);
    let far = |a: usize, b: usize| (places[a] - places[b]).length();
    assert!(far(0, 1) < far(0, 5) && far(4, 5) < far(1, 4));
}

#[test]
fn the_sample_is_drawn_with_its_group_and_without_the_lonely() {
    let report = assemble(sample::draft());
    let outline = Outline::new(&report, Words::Weak);
    let anchors = BTreeMap::new();
    let picture = network(&report, &outline, &anchors).unwrap();
    assert_eq!((picture.rings.len(), picture.rings[0].members), (1, 3));
    assert_eq!(picture.dots.len(), 7);
    assert_eq!(picture.dots.iter().filter(|d| d.grouped).count(), 3);
    assert!(picture.named);
    assert_eq!(
        picture.summary,
        "7 applications are linked by 5 links, in 1 group. 2 applications are linked to nobody and not drawn."
    );
    assert!(
        picture
            .lines
            .iter()
            .any(|(class, _)| class.ends_with("maybe"))
    );
}

#[test]
fn nobody_linked_is_no_picture() {
    let report = assemble(crate::report::Draft::default());
    let outline = Outline::new(&report, Words::Weak);
    assert!(network(&report, &outline, &BTreeMap::new()).is_none());
}
