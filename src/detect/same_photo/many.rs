//! A picture of more than a dozen applicants, told once for all of them.

use crate::detect::same_photo::CARD;
use crate::detect::same_photo::Picture;
use crate::detect::same_photo::SHOWN;
use crate::detect::same_photo::likeness::tie;
use crate::detect::same_photo::pictures;
use crate::link::Candidate;
use crate::model::ApplicantId;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Measure;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;
use crate::model::Subjects;

const SENTENCE: &str = "{0} applicants have one picture, or pictures that look the same once size, compression and narrow margins are left \
                    out. The one that the others are compared with has {1} pixels.";

/// One evidence for all who have a picture that looks like the leader's. The weakest tie stands for all, and as many
/// comparisons as the most pictures of two of them make.
pub(in crate::detect::same_photo) fn evidence(
    candidate: &Candidate<'_>,
    who: &[&ApplicantId],
    leader: Picture<'_>,
    with: &[Picture<'_>],
) -> Option<Outcome> {
    let ties = with.iter().filter_map(|p| tie(leader.image, p.image));
    let weakest = ties.min_by(|x, y| x.rank().total_cmp(&y.rank()))?;
    let is_in = |p: &&&Profile| who.binary_search(&&p.applicant).is_ok();
    let members = candidate.members.iter().filter(is_in);
    let most = members.map(|p| pictures(p).count()).max().unwrap_or(1);
    let others = with.iter().filter(|p| p.applicant != leader.applicant);
    let shown = others.take(SHOWN).map(|p| [leader.photo(), p.photo()]);
    let exhibit = Exhibit::Photos {
        pairs: shown.collect(),
    };
    let seen = [&leader].into_iter().chain(with).map(|p| p.observation());
    let evidence = Evidence::new(
        &CARD,
        Subjects::group(who.iter().map(|&who| who.clone()))?,
        Measure {
            table: weakest.table(),
            score: weakest.score(),
        },
        Explanation::new(
            SENTENCE,
            vec![
                Fact::Number(who.len().to_string()),
                Fact::Number(leader.size()),
            ],
        ),
        // A stock picture, an agency's or a course's own.
        vec![Relation::Template, Relation::Agency],
        Observations::from_vec(seen.collect())?,
    );
    let evidence = evidence.with_exhibits(vec![exhibit]);
    Some(Outcome::Evidence(Box::new(evidence.best_of(most * most))))
}
