//! Photos that a report shows side by side: read again from the sources, small and grey, when all evidence is known and names
//! are revealed. Profiles hold hashes of pictures, never pixels, and a masked report shows no face.

use crate::extract::Job;
use crate::extract::Limits;
use crate::intake::Pool;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Photo;
use crate::model::Reading;
use crate::model::base64;
use crate::pipeline::workers::Workers;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Limits of the workers that read photos again.
pub(in crate::pipeline) fn limits(limits: &Limits) -> Limits {
    Limits {
        thumbnails: true,
        ..limits.clone()
    }
}

/// Fills in the pictures of every pair of photos that evidence draws. What cannot be read again is not drawn.
pub(in crate::pipeline) fn fill(evidence: &mut [Evidence], pool: &Pool, workers: &Workers) {
    let photos = evidence.iter().flat_map(|e| &e.exhibits).flat_map(drawn);
    let wanted: BTreeSet<&str> = photos.map(|p| p.source.as_str()).collect();
    let sources = pool.applicants.iter().flat_map(|a| &a.sources);
    let jobs: BTreeMap<&str, Job> = sources
        .filter(|s| !s.repository && wanted.contains(s.shown.as_str()))
        .map(|s| (s.shown.as_str(), job(s)))
        .collect();
    // (source, digest) to the picture.
    let pictures: BTreeMap<(String, String), String> = jobs
        .into_par_iter()
        .flat_map_iter(|(source, job)| {
            let images = match workers.read(&job) {
                Ok((_, Reading::Document(document))) => document.traces.images,
                _ => Vec::new(),
            };
            images
                .into_iter()
                .filter(|i| !i.thumbnail.is_empty())
                .map(|i| ((source.to_string(), i.sha256.0), base64(&i.thumbnail)))
                .collect::<Vec<_>>()
        })
        .collect();
    for exhibit in evidence.iter_mut().flat_map(|e| &mut e.exhibits) {
        if let Exhibit::Photos { pairs } = exhibit {
            for photo in pairs.iter_mut().flatten() {
                let key = (photo.source.clone(), photo.sha256.0.clone());
                photo.jpeg = pictures.get(&key).cloned().unwrap_or_default();
            }
        }
    }
}

fn drawn(exhibit: &Exhibit) -> impl Iterator<Item = &Photo> {
    let pairs = match exhibit {
        Exhibit::Photos { pairs } => pairs.as_slice(),
        _ => &[],
    };
    pairs.iter().flatten()
}

fn job(source: &crate::intake::Source) -> Job {
    Job {
        path: source.path.clone(),
        shown: source.shown.clone(),
        repository: false,
        inside: source.inside,
        attempt: 0,
    }
}
