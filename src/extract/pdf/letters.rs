//! Letter-spaced headings ("J O H N") put together again by the places of their letters.
//!
//! The text engine takes a gap of more than 15 % of the size for a space between words. Where every letter is drawn on
//! its own and all gaps are alike, the gap is tracking, not a space; a name set so would else escape masking. Words in
//! such a line are told by gaps that are clearly wider, or by a space that is drawn. Spaces that somebody typed between
//! letters are text and stay.

use pdfboss_text::TextSpan;

/// Letters in a row before tracking is assumed: fewer may be initials or grades in a table.
const MIN_LETTERS: usize = 4;
/// The same with small letters among them.
const MIN_MIXED: usize = 6;
/// What the engine takes for a space, in sizes (pdfboss-output 2.16.1, `WORD_GAP`).
const WORD_GAP: f32 = 0.15;
/// Gaps of one tracking differ by kerning only, in sizes.
const KERNING: f32 = 0.12;
/// A space between words adds at least this much to the tracking, in sizes; the narrowest space of usual fonts is 0.2.
const SPACE: f32 = 0.18;
/// Tracking beyond this, in sizes, is a table or a design with letters in boxes.
const MAX_TRACKING: f32 = 1.2;

/// Closes the gaps of letter-spaced runs, so that no space is read into them.
pub(in crate::extract) fn close_gaps(spans: &mut [TextSpan]) {
    let mut at = 0;
    while at < spans.len() {
        let end = run_end(spans, at);
        if end - at >= MIN_LETTERS {
            close_run(&mut spans[at..end]);
        }
        at = end.max(at + 1);
    }
}

/// End of the run of single letters and spaces in one line and font that starts at `at`.
fn run_end(spans: &[TextSpan], at: usize) -> usize {
    let first = &spans[at];
    let belongs = |span: &TextSpan| {
        span.rotate == 0
            && !span.vertical
            && span.size == first.size
            && span.font == first.font
            && (span.y - first.y).abs() <= 0.02 * first.size
            && (is_letter(&span.text) || span.text.trim().is_empty())
    };
    let mut end = at;
    while end < spans.len()
        && belongs(&spans[end])
        && (end == at || spans[end].x > spans[end - 1].x)
    {
        end += 1;
    }
    end
}

/// One letter, or a mark that stands in names ("J. R.", "O'Neil", "R&D").
fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    let one = chars
        .next()
        .is_some_and(|c| c.is_alphabetic() || ".,'’&-/".contains(c));
    one && chars.as_str().is_empty()
}

fn close_run(run: &mut [TextSpan]) {
    let size = run[0].size;
    let gap = |pair: &[TextSpan]| {
        (is_letter(&pair[0].text) && is_letter(&pair[1].text)).then(|| pair[1].x - pair[0].end_x)
    };
    let gaps: Vec<f32> = run.windows(2).filter_map(gap).collect();
    let letters = run.iter().filter(|s| is_letter(&s.text)).count();
    let Some(tracking) = gaps.iter().copied().min_by(f32::total_cmp) else {
        return;
    };
    let is_tight = |gap: f32| gap <= tracking + KERNING * size;
    let is_wide = |gap: f32| gap >= tracking + SPACE * size;
    let tight = gaps.iter().filter(|&&g| is_tight(g)).count();
    // Headings are set so in capitals, rarely with small letters; single small letters are a list or a formula.
    let large = |span: &&TextSpan| span.text.chars().all(char::is_uppercase);
    let capitals = run.iter().filter(large).count();
    if letters < MIN_LETTERS
        || capitals < MIN_LETTERS && (capitals == 0 || letters < MIN_MIXED)
        || tracking <= (WORD_GAP - KERNING) * size
        || tracking > MAX_TRACKING * size
        || tight * 2 < gaps.len()
        || gaps.iter().any(|&g| !is_tight(g) && !is_wide(g))
    {
        return;
    }
    for i in 1..run.len() {
        if gap(&run[i - 1..=i]).is_some_and(is_tight) {
            run[i - 1].end_x = run[i].x;
        }
    }
}
