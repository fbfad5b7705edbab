//! Measures how `same-photo` tells copies of one picture from other pictures.
//!
//! `cargo run --release --example measure_photos -- DIR [--list]`
//!
//! DIR holds JPEG and PNG files; those whose names agree up to the first `_` show one person and are not compared with
//! each other. Each picture is copied once: cropped by up to 5 % along each side, halved and saved as JPEG at quality 60.
//! Prints the share of copies that are matched, and the pairs of different pictures that are, on the two halves of the
//! people (pictures, where names have no `_`) apart: limits were chosen on the even half, figures are reported on the odd.
//! The figures stand in `corpora/calibration/same-photo.json`. With `--list` the file names of different pictures that are
//! matched, to be looked at: collections hold one picture twice (never commit that).

use image::DynamicImage;
use image::imageops::FilterType;
use rayon::prelude::*;
use samehand::detect::photo_distance;
use samehand::extract::Limits;
use samehand::extract::image::describe;
use samehand::model::EmbeddedImage;
use samehand::model::mix;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A picture, what was made of it, and whose it is.
struct Item {
    path: PathBuf,
    who: String,
    original: EmbeddedImage,
    copy: EmbeddedImage,
}

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).expect("the folder of the pictures");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let all: Vec<Option<Item>> = paths
        .par_iter()
        .enumerate()
        .map(|(i, p)| item(i, p))
        .collect();
    let mut seen = BTreeSet::new();
    let items: Vec<Item> = all
        .into_iter()
        .flatten()
        .filter(|i| seen.insert(i.original.sha256.clone()))
        .collect();
    println!(
        "{} pictures, of which {} may be photos",
        paths.len(),
        items.len()
    );
    let people: BTreeSet<&str> = items.iter().map(|i| i.who.as_str()).collect();
    let people: Vec<&str> = people.into_iter().collect();
    for (half, name) in ["even half (limits were chosen here)", "odd half (report)"]
        .iter()
        .enumerate()
    {
        let chosen: Vec<&Item> = items
            .iter()
            .filter(|i| {
                people
                    .binary_search(&i.who.as_str())
                    .is_ok_and(|at| at % 2 == half)
            })
            .collect();
        report(name, &chosen);
        if std::env::args().any(|a| a == "--list") {
            list(&chosen);
        }
    }
    Ok(())
}

/// Describes a picture and its copy; `None` where it cannot be decoded or is no photo.
fn item(index: usize, path: &PathBuf) -> Option<Item> {
    let bytes = std::fs::read(path).ok()?;
    let original = describe(&bytes, None, &Limits::default());
    if !original.may_be_photo() {
        return None;
    }
    let stem = path.file_stem()?.to_str()?;
    let who = stem.split('_').next()?.to_string();
    let picture = image::load_from_memory(&bytes).ok()?;
    let copy = describe(
        &copied(&on_white(&picture), index as u64)?,
        None,
        &Limits::default(),
    );
    Some(Item {
        path: path.clone(),
        who,
        original,
        copy,
    })
}

fn on_white(picture: &DynamicImage) -> DynamicImage {
    let mut ground =
        image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
    image::imageops::overlay(&mut ground, &picture.to_rgba8(), 0, 0);
    DynamicImage::from(ground)
}

/// Cropped, halved, as JPEG of quality 60; what is cut off follows from `seed`.
fn copied(picture: &DynamicImage, seed: u64) -> Option<Vec<u8>> {
    let (w, h) = (f64::from(picture.width()), f64::from(picture.height()));
    let strip = |side: u64| (mix(seed * 4 + side) % 5001) as f64 / 100_000.0;
    let (left, top) = (strip(0), strip(1));
    let cut = picture.crop_imm(
        (left * w) as u32,
        (top * h) as u32,
        ((1.0 - left - strip(2)) * w) as u32,
        ((1.0 - top - strip(3)) * h) as u32,
    );
    let filters = [
        FilterType::Triangle,
        FilterType::CatmullRom,
        FilterType::Lanczos3,
    ];
    let filter = filters[(mix(seed) % 3) as usize];
    let half = cut.resize_exact((cut.width() / 2).max(1), (cut.height() / 2).max(1), filter);
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 60)
        .encode_image(&half.to_rgb8())
        .ok()?;
    Some(out)
}

fn report(name: &str, items: &[&Item]) {
    let mut same: Vec<f32> = items
        .iter()
        .map(|i| photo_distance(&i.original, &i.copy).unwrap_or(1.0))
        .collect();
    let mut other: Vec<f32> = (0..items.len())
        .into_par_iter()
        .flat_map_iter(|i| {
            let rest = items[i + 1..].iter().filter(move |o| o.who != items[i].who);
            rest.map(move |o| photo_distance(&items[i].original, &o.original).unwrap_or(1.0))
        })
        .collect();
    same.sort_by(f32::total_cmp);
    other.sort_by(f32::total_cmp);
    let at = |list: &[f32], share: f64| list.get((share * list.len() as f64) as usize).copied();
    println!(
        "{name}: {} copies, {} pairs of different pictures",
        same.len(),
        other.len()
    );
    println!(
        "  copies: median {:?}, 95 of 100 {:?}, 99 of 100 {:?}, most {:?}",
        at(&same, 0.5),
        at(&same, 0.95),
        at(&same, 0.99),
        same.last()
    );
    println!("  different: nearest {:?}", &other[..other.len().min(6)]);
    for limit in [0.06, 0.08, 0.09, 0.1, 0.11, 0.12, 0.14] {
        let below = |list: &[f32]| list.partition_point(|&d| d <= limit);
        println!(
            "  limit {limit}: {} of {} copies matched, {} of {} different pairs",
            below(&same),
            same.len(),
            below(&other),
            other.len()
        );
    }
}

/// Different pictures that are taken for one.
fn list(items: &[&Item]) {
    for (i, a) in items.iter().enumerate() {
        for b in items[i + 1..].iter().filter(|b| b.who != a.who) {
            if let Some(far) = photo_distance(&a.original, &b.original).filter(|&d| d <= 0.12) {
                println!("  {far:.3} {} {}", a.path.display(), b.path.display());
            }
        }
    }
}
