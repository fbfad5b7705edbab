//! Components side by side: each is laid out alone, then they stand in rows like words on a page.

use crate::report::network::forces::{self, Point};

/// Width to height that a picture should have on a wide screen.
const SHAPE: f64 = 1.9;
/// Smallest width: a picture of two dots should not fill the page.
const MIN_WIDTH: f64 = 560.0;

/// One component, laid out.
struct Part {
    nodes: Vec<usize>,
    places: Vec<Point>,
    width: f64,
    height: f64,
}

/// Places of `num` dots and the size of the picture, in whole numbers. Rings hold together like edges do.
pub(in crate::report::network) fn arrange(
    num: usize,
    edges: &[(usize, usize)],
    rings: &[Vec<usize>],
    gap: f64,
) -> (Vec<Point>, (i32, i32)) {
    let mut parts: Vec<Part> = components(num, edges, rings)
        .into_iter()
        .map(|nodes| part(nodes, edges, gap))
        .collect();
    // Large ones first; the order of applicants breaks ties.
    parts.sort_by_key(|p| std::cmp::Reverse(p.nodes.len()));
    let area: f64 = parts.iter().map(|p| p.width * p.height).sum();
    let widest = parts.iter().map(|p| p.width).fold(MIN_WIDTH, f64::max);
    let width = (area * SHAPE).sqrt().max(widest);
    let mut out = vec![Point::default(); num];
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
    for part in &parts {
        if x > 0.0 && x + part.width > width {
            (x, y, row) = (0.0, y + row, 0.0);
        }
        for (&node, place) in part.nodes.iter().zip(&part.places) {
            out[node] = Point {
                x: (x + place.x).round(),
                y: (y + place.y).round(),
            };
        }
        x += part.width;
        row = row.max(part.height);
    }
    (out, (width.round() as i32, (y + row).round() as i32))
}

/// Nodes that hang together, each set sorted; sets by their first node.
fn components(num: usize, edges: &[(usize, usize)], rings: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..num).collect();
    let find = |root: &[usize], mut n: usize| {
        while root[n] != n {
            n = root[n];
        }
        n
    };
    let in_ring = rings
        .iter()
        .flat_map(|r| r.windows(2).map(|pair| (pair[0], pair[1])));
    for (a, b) in edges.iter().copied().chain(in_ring) {
        let (a, b) = (find(&root, a), find(&root, b));
        root[a.max(b)] = a.min(b);
    }
    let mut sets: Vec<Vec<usize>> = vec![Vec::new(); num];
    for node in 0..num {
        sets[find(&root, node)].push(node);
    }
    sets.retain(|s| !s.is_empty());
    sets
}

fn part(nodes: Vec<usize>, edges: &[(usize, usize)], gap: f64) -> Part {
    let local = |n: usize| nodes.binary_search(&n).ok();
    let inside: Vec<(usize, usize)> = edges
        .iter()
        .filter_map(|&(a, b)| Some((local(a)?, local(b)?)))
        .collect();
    let mut places = match nodes.len() {
        // A pair lies flat.
        2 => vec![Point::default(), Point { x: gap, y: 0.0 }],
        num => forces::rest(num, &inside, gap),
    };
    let low = |of: fn(&Point) -> f64| places.iter().map(of).fold(f64::INFINITY, f64::min);
    let high = |of: fn(&Point) -> f64| places.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (left, top) = (low(|p| p.x), low(|p| p.y));
    // Room for a ring and for a name below the lowest dot.
    let margin = gap * 0.5 + 16.0;
    let (width, height) = (high(|p| p.x) - left, high(|p| p.y) - top);
    for place in &mut places {
        *place = *place
            - Point {
                x: left - margin,
                y: top - margin,
            };
    }
    Part {
        nodes,
        places,
        width: width + 2.0 * margin,
        height: height + 2.0 * margin,
    }
}
