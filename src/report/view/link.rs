//! A link: how strong, by what, and its evidence; or all that in a line, where the page has no room.

use crate::model::Words;
use crate::report::LinkEntry;
use crate::report::chart::Waterfall;
use crate::report::decisions::About;
use crate::report::sentence;
use crate::report::view::{EvidenceView, MAX_LINKS, ReviewView, Views, cost};

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
    /// Anchor on the page.
    pub(in crate::report) anchor: String,
    /// First applicant.
    pub(in crate::report) a: &'r str,
    /// Second applicant.
    pub(in crate::report) b: &'r str,
    /// Strength in a sentence.
    pub(in crate::report) support: String,
    /// Steps of the scale that are filled, 0 to 6.
    pub(in crate::report) level: usize,
    /// Families that speak for it, for the filter.
    pub(in crate::report) families: String,
    /// Expectation by chance in a sentence.
    pub(in crate::report) chance: String,
    /// Strength against people of an ordinary relation; empty where none is named.
    pub(in crate::report) related: String,
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
    /// Whether there is room for more than a line.
    pub(in crate::report) full: bool,
    /// What was decided about it.
    pub(in crate::report) review: ReviewView<'r>,
}

/// What a link takes beside its evidence: waterfall, scale, sentences.
const LINK_BYTES: usize = 3_500;

impl<'r> Views<'_, 'r> {
    pub(in crate::report::view) fn links(
        &mut self,
        title: String,
        links: &[&'r LinkEntry],
    ) -> LinksView<'r> {
        let shown = links.len().min(MAX_LINKS);
        let views = links[..shown].iter().map(|l| {
            let need = self.cost_of(l);
            let full = self.budget.spend(need);
            self.link(l, false, full)
        });
        LinksView {
            title,
            links: views.collect(),
            more: links.len() - shown,
        }
    }

    /// What a link would take on the page; evidence that stands there already takes nothing.
    pub(in crate::report::view) fn cost_of(&self, link: &LinkEntry) -> usize {
        let new = self.outline.evidence(link).into_iter();
        let new = new.filter(|e| !self.is_shown(e));
        LINK_BYTES + new.map(cost).sum::<usize>()
    }

    pub(in crate::report::view) fn link(
        &mut self,
        link: &'r LinkEntry,
        open: bool,
        full: bool,
    ) -> LinkView<'r> {
        let detectors = |ids: &[String]| {
            sentence::list(
                &ids.iter()
                    .map(|d| sentence::detector(d))
                    .collect::<Vec<_>>(),
            )
        };
        let next = format!("l{}", self.link_anchors.len() + 1);
        let anchor = self.link_anchors.entry((&link.a, &link.b)).or_insert(next);
        let anchor = anchor.clone();
        let evidence = self.outline.evidence(link).into_iter();
        let speaking = link.families.iter().filter(|(_, x)| **x > 0.0);
        LinkView {
            anchor,
            a: self.outline.label(&link.a),
            b: self.outline.label(&link.b),
            support: sentence::support(link.words),
            level: Words::ALL
                .iter()
                .position(|w| *w == link.words)
                .unwrap_or(0),
            families: speaking
                .map(|(f, _)| f.to_string())
                .collect::<Vec<_>>()
                .join(" "),
            chance: sentence::chance(link),
            related: sentence::against_related(link),
            explained: sentence::question(&link.explained_by),
            waterfall: Waterfall::new(link),
            evidence: match full {
                true => evidence.map(|e| self.shown_evidence(e)).collect(),
                false => evidence.map(|e| self.brief_evidence(e)).collect(),
            },
            silent: detectors(&link.silent),
            too_little: detectors(&link.too_little),
            open: open && full,
            full,
            review: ReviewView::new(About::Link, &link.id, &link.evidence, &link.decision),
        }
    }
}
