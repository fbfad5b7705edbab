//! What the page shows, ready to be put between tags: the outline of a report with its sentences and drawings.
//!
//! Nothing here is escaped; the templates do that. Long lists end with a count of what is left out: a page of ten thousand
//! links helps nobody, and `report.json` has them all.

use crate::model::{ApplicantId, CodeRegion, Exhibit, Relation, Words};
use crate::report::activity_chart::{HeatMap, Lanes};
use crate::report::chart::{Hours, Waterfall};
use crate::report::clean::shorten;
use crate::report::outline::{Group, Outline};
use crate::report::passage::PassageView;
use crate::report::sentence;
use crate::report::{EvidenceEntry, FindingEntry, LinkEntry, ObservationEntry};
use std::collections::BTreeMap;

/// Links shown under one heading.
const MAX_LINKS: usize = 200;
/// Links of one group shown in full.
const MAX_GROUP_LINKS: usize = 40;
/// Values shown of one observation list, and places of one value.
const MAX_VALUES: usize = 12;
/// Passages and table rows shown of one exhibit.
const MAX_ROWS: usize = 30;
/// Passages that are not folded away.
const OPEN_PASSAGES: usize = 4;
/// Stretches of code that stand open; each is dozens of lines.
const OPEN_REGIONS: usize = 1;
/// Longest path shown, in characters.
const MAX_PLACE: usize = 240;

/// One group.
pub(in crate::report) struct GroupView<'r> {
    /// Number on the page, from 1.
    pub(in crate::report) number: usize,
    /// Id in `report.json`.
    pub(in crate::report) id: &'r str,
    /// Members.
    pub(in crate::report) members: Vec<&'r str>,
    /// Those who are linked to a member but do not belong.
    pub(in crate::report) touching: Vec<&'r str>,
    /// How many links hold it.
    pub(in crate::report) held_by: String,
    /// The weakest link's two applicants and its strength.
    pub(in crate::report) weakest: (Vec<&'r str>, &'static str),
    /// Its links, strongest first.
    pub(in crate::report) links: Vec<LinkView<'r>>,
    /// How many links are left out.
    pub(in crate::report) more: usize,
}

/// Links that stand under one heading.
pub(in crate::report) struct LinksView<'r> {
    /// The heading.
    pub(in crate::report) title: String,
    /// The links.
    pub(in crate::report) links: Vec<LinkView<'r>>,
    /// How many are left out.
    pub(in crate::report) more: usize,
}

/// One link.
pub(in crate::report) struct LinkView<'r> {
    /// First applicant.
    pub(in crate::report) a: &'r str,
    /// Second applicant.
    pub(in crate::report) b: &'r str,
    /// Strength in a sentence.
    pub(in crate::report) support: String,
    /// Steps of the scale that are filled, 0 to 6.
    pub(in crate::report) level: usize,
    /// Expectation by chance in a sentence.
    pub(in crate::report) chance: String,
    /// Relations that explain the whole, as a question; empty where none does.
    pub(in crate::report) explained: String,
    /// What each family contributes.
    pub(in crate::report) waterfall: Waterfall,
    /// Its evidence, strongest first.
    pub(in crate::report) evidence: Vec<EvidenceView<'r>>,
    /// Detectors that found nothing.
    pub(in crate::report) silent: String,
    /// Detectors that had too little.
    pub(in crate::report) too_little: String,
    /// Whether its evidence is unfolded at first.
    pub(in crate::report) open: bool,
}

/// One piece of evidence.
pub(in crate::report) struct EvidenceView<'r> {
    /// Anchor on the page.
    pub(in crate::report) anchor: String,
    /// It stands further up already.
    pub(in crate::report) shown_before: bool,
    /// The evidence.
    pub(in crate::report) entry: &'r EvidenceEntry,
    /// What family it is of.
    pub(in crate::report) family: &'static str,
    /// The detector in words.
    pub(in crate::report) detector: String,
    /// Whom it is about, where they are more than two.
    pub(in crate::report) subjects: Vec<&'r str>,
    /// Relations that would show this too.
    pub(in crate::report) explained: String,
    /// Values and where they stand.
    pub(in crate::report) values: ValuesView<'r>,
    /// What to draw.
    pub(in crate::report) exhibits: Vec<ExhibitView<'r>>,
}

/// One finding.
pub(in crate::report) struct FindingView<'r> {
    /// The applicant.
    pub(in crate::report) subject: &'r str,
    /// The finding.
    pub(in crate::report) entry: &'r FindingEntry,
    /// The detector in words.
    pub(in crate::report) detector: String,
    /// What it rests on.
    pub(in crate::report) sample: String,
    /// How common it is.
    pub(in crate::report) base_rate: String,
    /// What that means here.
    pub(in crate::report) expected: String,
    /// Values and where they stand.
    pub(in crate::report) values: ValuesView<'r>,
    /// What to draw.
    pub(in crate::report) exhibits: Vec<ExhibitView<'r>>,
}

/// Observed values.
pub(in crate::report) struct ValuesView<'r> {
    /// Each value once.
    pub(in crate::report) values: Vec<ValueView<'r>>,
    /// How many observations are left out.
    pub(in crate::report) more: usize,
}

/// One value and its places.
pub(in crate::report) struct ValueView<'r> {
    /// Kind of fact.
    pub(in crate::report) kind: &'r str,
    /// The value.
    pub(in crate::report) value: &'r str,
    /// Where it stands.
    pub(in crate::report) places: Vec<String>,
}

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

/// Makes views and remembers what stands on the page already.
pub(in crate::report) struct Views<'o, 'r> {
    outline: &'o Outline<'r>,
    anchors: BTreeMap<(&'r str, &'r [ApplicantId]), String>,
}

impl<'o, 'r> Views<'o, 'r> {
    /// Nothing shown yet.
    pub(in crate::report) fn new(outline: &'o Outline<'r>) -> Self {
        Self {
            outline,
            anchors: BTreeMap::new(),
        }
    }

    /// The groups.
    pub(in crate::report) fn groups(&mut self) -> Vec<GroupView<'r>> {
        let outline = self.outline;
        outline
            .groups
            .iter()
            .enumerate()
            .map(|(i, g)| self.group(i + 1, g))
            .collect()
    }

    fn group(&mut self, number: usize, group: &Group<'r>) -> GroupView<'r> {
        let cluster = group.cluster;
        let weakest = group.links.iter().find(|l| {
            cluster
                .weakest_link
                .iter()
                .all(|id| *id == l.a || *id == l.b)
        });
        let shown = group.links.len().min(MAX_GROUP_LINKS);
        GroupView {
            number,
            id: &cluster.id,
            members: self.outline.label_all(&cluster.members),
            touching: self.outline.label_all(&cluster.touching),
            held_by: sentence::count(group.links.len(), "link", "links"),
            weakest: (
                self.outline.label_all(&cluster.weakest_link),
                weakest.map_or("", |l| l.words.phrase()),
            ),
            links: group.links[..shown]
                .iter()
                .enumerate()
                .map(|(i, l)| self.link(l, i == 0))
                .collect(),
            more: group.links.len() - shown,
        }
    }

    /// Links that an ordinary relation may explain.
    pub(in crate::report) fn related(&mut self) -> Vec<LinksView<'r>> {
        let outline = self.outline;
        let view = |(relations, links): &(&'r [Relation], Vec<&'r LinkEntry>)| {
            self.links(sentence::question(relations), links)
        };
        outline.related.iter().map(view).collect()
    }

    /// Other links.
    pub(in crate::report) fn others(&mut self) -> LinksView<'r> {
        let outline = self.outline;
        self.links(String::new(), &outline.others)
    }

    /// All of these links under one heading.
    pub(in crate::report) fn all_links(&mut self, links: &'r [LinkEntry]) -> LinksView<'r> {
        self.links(String::new(), &links.iter().collect::<Vec<_>>())
    }

    fn links(&mut self, title: String, links: &[&'r LinkEntry]) -> LinksView<'r> {
        let shown = links.len().min(MAX_LINKS);
        let views = links[..shown].iter().map(|l| self.link(l, false)).collect();
        LinksView {
            title,
            links: views,
            more: links.len() - shown,
        }
    }

    fn link(&mut self, link: &'r LinkEntry, open: bool) -> LinkView<'r> {
        let detectors = |ids: &[String]| {
            sentence::list(
                &ids.iter()
                    .map(|d| sentence::detector(d))
                    .collect::<Vec<_>>(),
            )
        };
        let evidence = self.outline.evidence(link);
        LinkView {
            a: self.outline.label(&link.a),
            b: self.outline.label(&link.b),
            support: sentence::support(link.words),
            level: Words::ALL
                .iter()
                .position(|w| *w == link.words)
                .unwrap_or(0),
            chance: sentence::chance(link),
            explained: sentence::question(&link.explained_by),
            waterfall: Waterfall::new(link),
            evidence: evidence.into_iter().map(|e| self.evidence(e)).collect(),
            silent: detectors(&link.silent),
            too_little: detectors(&link.too_little),
            open,
        }
    }

    /// Evidence that belongs to no link.
    pub(in crate::report) fn shared(&mut self) -> Vec<EvidenceView<'r>> {
        let outline = self.outline;
        outline
            .shared
            .iter()
            .take(MAX_LINKS)
            .map(|e| self.evidence(e))
            .collect()
    }

    fn evidence(&mut self, entry: &'r EvidenceEntry) -> EvidenceView<'r> {
        let key = (entry.id.as_str(), entry.subjects.as_slice());
        let next = format!("e{}", self.anchors.len() + 1);
        let shown_before = self.anchors.contains_key(&key);
        let anchor = self.anchors.entry(key).or_insert(next).clone();
        let is_pair = entry.subjects.len() == 2;
        EvidenceView {
            anchor,
            shown_before,
            entry,
            family: sentence::family(entry.family),
            detector: sentence::detector(&entry.detector),
            subjects: if is_pair {
                Vec::new()
            } else {
                self.outline.label_all(&entry.subjects)
            },
            explained: sentence::question(&entry.explained_by),
            values: values(&entry.observations),
            exhibits: exhibits(&entry.exhibits),
        }
    }

    /// The findings.
    pub(in crate::report) fn findings(&self) -> Vec<FindingView<'r>> {
        let view = |entry: &'r FindingEntry| FindingView {
            subject: self.outline.label(&entry.subject),
            entry,
            detector: sentence::detector(&entry.detector),
            sample: sentence::count(entry.sample as usize, "observation", "observations"),
            base_rate: sentence::base_rate(&entry.base_rate),
            expected: sentence::expected_in_pool(entry),
            values: values(&entry.observations),
            exhibits: exhibits(&entry.exhibits),
        };
        self.outline.findings.iter().map(view).collect()
    }
}

fn values(observations: &[ObservationEntry]) -> ValuesView<'_> {
    let mut values: Vec<ValueView<'_>> = Vec::new();
    let mut more = 0;
    for observation in observations {
        let place = shorten(&sentence::place(&observation.at), MAX_PLACE);
        match values
            .iter()
            .position(|v| v.value == observation.fact.value)
        {
            Some(i) if values[i].places.len() < MAX_VALUES => values[i].places.push(place),
            None if values.len() < MAX_VALUES => {
                values.push(ValueView {
                    kind: &observation.fact.kind,
                    value: &observation.fact.value,
                    places: vec![place],
                });
            }
            _ => more += 1,
        }
    }
    ValuesView { values, more }
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
