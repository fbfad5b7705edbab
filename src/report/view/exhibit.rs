//! What is drawn beside an observation, cut to a readable length.

use crate::model::{CodeRegion, Exhibit, Photo};
use crate::report::activity_chart::{HeatMap, Lanes};
use crate::report::chart::Hours;
use crate::report::clean::shorten;
use crate::report::passage::PassageView;
use crate::report::view::{MAX_PLACE, MAX_ROWS};

/// Passages that are not folded away.
const OPEN_PASSAGES: usize = 4;
/// Stretches of code that stand open; each is dozens of lines.
const OPEN_REGIONS: usize = 1;

/// Something to look at.
pub(in crate::report) enum ExhibitView<'r> {
    /// Passages side by side.
    Passages {
        /// Source on the left.
        left: String,
        /// Source on the right.
        right: String,
        /// The first passages, each with how many words agree.
        passages: Vec<PassageView<'r>>,
        /// The other passages, folded.
        folded: Vec<PassageView<'r>>,
        /// How many are left out.
        more: usize,
    },
    /// Stretches of code side by side.
    Code {
        /// Repository on the left.
        left: String,
        /// Repository on the right.
        right: String,
        /// The heaviest stretches.
        regions: Vec<PassageView<'r>>,
        /// The others, folded.
        folded: Vec<PassageView<'r>>,
    },
    /// Photos side by side, where the report shows them.
    Photos {
        /// Each with its picture in Base64 and where it stands.
        pairs: Vec<[PhotoView<'r>; 2]>,
    },
    /// Hours of the day.
    Hours {
        /// Caption.
        caption: &'r str,
        /// One chart each.
        rows: Vec<Hours>,
    },
    /// Hours of the day over months.
    HoursByMonth(HeatMap<'r>),
    /// Author times against committer times.
    Timeline(Lanes<'r>),
    /// A table.
    Table {
        /// Caption.
        caption: &'r str,
        /// Column heads.
        head: &'r [String],
        /// Rows.
        rows: &'r [Vec<String>],
        /// How many rows are left out.
        more: usize,
    },
}

/// A photo and where it stands.
pub(in crate::report) struct PhotoView<'r> {
    /// A small JPEG in Base64.
    pub(in crate::report) jpeg: &'r str,
    /// Where it stands: "a/cv.pdf, page 1".
    pub(in crate::report) place: String,
    /// "300 × 400 pixels".
    pub(in crate::report) size: String,
}

impl<'r> PhotoView<'r> {
    fn new(photo: &'r Photo) -> Self {
        // Only what Base64 is made of may stand in the address: a report may have been read from a file.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
        let page = photo.page.map_or(String::new(), |n| format!(", page {n}"));
        Self {
            jpeg: if photo.jpeg.chars().all(plain) {
                &photo.jpeg
            } else {
                ""
            },
            place: shorten(&photo.source, MAX_PLACE) + &page,
            size: format!("{} × {} pixels", photo.width, photo.height),
        }
    }
}

/// What to draw, cut to a readable length.
pub(in crate::report) fn exhibits<'r>(exhibits: &'r [Exhibit]) -> Vec<ExhibitView<'r>> {
    let view = |exhibit: &'r Exhibit| match exhibit {
        Exhibit::Passages {
            left,
            right,
            passages,
        } => {
            let shown = passages.len().min(MAX_ROWS);
            let mut open: Vec<_> = passages[..shown].iter().map(PassageView::new).collect();
            let folded = open.split_off(shown.min(OPEN_PASSAGES));
            ExhibitView::Passages {
                left: shorten(left, MAX_PLACE),
                right: shorten(right, MAX_PLACE),
                passages: open,
                folded,
                more: passages.len() - shown,
            }
        }
        Exhibit::Code {
            left,
            right,
            regions,
        } => {
            let is_read = |r: &&CodeRegion| !r.text.left.is_empty() && !r.text.right.is_empty();
            let mut open: Vec<_> = regions.iter().filter(is_read).collect();
            let folded = open.split_off(open.len().min(OPEN_REGIONS));
            let view = |all: Vec<&'r CodeRegion>| {
                let views = all.into_iter().map(|r| PassageView::new(&r.text));
                views.collect()
            };
            ExhibitView::Code {
                left: shorten(left, MAX_PLACE),
                right: shorten(right, MAX_PLACE),
                regions: view(open),
                folded: view(folded),
            }
        }
        Exhibit::Photos { pairs } => {
            let is_read = |pair: &&[Photo; 2]| pair.iter().all(|p| !p.jpeg.is_empty());
            let photos = |pair: &'r [Photo; 2]| pair.each_ref().map(PhotoView::new);
            ExhibitView::Photos {
                pairs: pairs.iter().filter(is_read).map(photos).collect(),
            }
        }
        Exhibit::Hours { caption, rows } => ExhibitView::Hours {
            caption,
            rows: rows.iter().map(Hours::new).collect(),
        },
        Exhibit::HoursByMonth { .. } | Exhibit::Timeline { .. } => HeatMap::new(exhibit)
            .map(ExhibitView::HoursByMonth)
            .or_else(|| Lanes::new(exhibit).map(ExhibitView::Timeline))
            .expect("it is one of the two"),
        Exhibit::Table {
            caption,
            head,
            rows,
        } => {
            let shown = rows.len().min(MAX_ROWS);
            ExhibitView::Table {
                caption,
                head,
                rows: &rows[..shown],
                more: rows.len() - shown,
            }
        }
    };
    exhibits.iter().map(view).collect()
}
