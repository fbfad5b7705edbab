//! Pictures built by code, in the ways a PDF keeps them.

use super::*;
use crate::extract::pdf::samples::document;
use crate::model::Digest;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::dictionary;
use std::io::Write as _;

fn picture(side: i64, more: Dictionary, content: Vec<u8>) -> Stream {
    let mut dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => side, "Height" => side,
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
    };
    for (key, value) in more {
        dict.set(key, value);
    }
    Stream::new(dict, content)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A wave in red, green and blue.
fn wave(side: usize) -> Vec<u8> {
    let value = |i: usize| (128.0 + 100.0 * ((i % side) as f32 / 9.0).sin()) as u8;
    (0..side * side)
        .flat_map(|i| [value(i), value(i / side), 90])
        .collect()
}

fn jpeg(side: usize) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let encoder = ::image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 90);
    let side = side as u32;
    ::image::ImageBuffer::<::image::Rgb<u8>, _>::from_raw(side, side, wave(side as usize))
        .unwrap()
        .write_with_encoder(encoder)
        .unwrap();
    jpeg
}

fn described(pictures: Vec<Stream>) -> Vec<EmbeddedImage> {
    let (mut doc, ids) = document(&[String::new()], Dictionary::new());
    let mut names = Dictionary::new();
    for (i, picture) in pictures.into_iter().enumerate() {
        names.set(format!("X{i}"), doc.add_object(picture));
    }
    let resources = doc.add_object(dictionary! { "XObject" => names });
    doc.get_dictionary_mut(ids[0])
        .unwrap()
        .set("Resources", resources);
    all(&doc, &Limits::default())
}

#[test]
fn pixels_and_jpegs_are_described_alike() {
    let flate = || dictionary! { "Filter" => "FlateDecode" };
    let dct = dictionary! { "Filter" => "DCTDecode" };
    let both: Vec<Object> = vec!["FlateDecode".into(), "DCTDecode".into()];
    let all = described(vec![
        picture(64, flate(), packed(&wave(64))),
        picture(64, dct, jpeg(64)),
        picture(64, dictionary! { "Filter" => both }, packed(&jpeg(64))),
        picture(64, Dictionary::new(), wave(64)),
    ]);
    assert_eq!(all.len(), 4);
    for image in &all {
        assert_eq!((image.width, image.height, image.page), (64, 64, Some(1)));
        assert!((image.entropy - all[0].entropy).abs() < 0.3);
    }
    assert_eq!(all[0].views, all[3].views, "the same pixels");
    assert_eq!(
        all[1].sha256, all[2].sha256,
        "a JPEG is one however it is packed"
    );
    assert_eq!(
        all[1].sha256,
        Digest(crate::extract::guard::sha256_hex(&jpeg(64)))
    );
}

#[test]
fn a_palette_is_expanded() {
    let colours: Vec<u8> = (0..=255).flat_map(|i| [i, i, i]).collect();
    let space: Vec<Object> = vec![
        "Indexed".into(),
        "DeviceRGB".into(),
        255.into(),
        Object::String(colours, lopdf::StringFormat::Hexadecimal),
    ];
    let grey: Vec<u8> = wave(64).chunks(3).map(|c| c[0]).collect();
    let all = described(vec![
        picture(64, dictionary! { "ColorSpace" => space }, grey.clone()),
        picture(64, dictionary! { "ColorSpace" => "DeviceGray" }, grey),
    ]);
    assert_eq!((all[0].width, all[1].width), (64, 64));
    assert_eq!(
        (&all[0].views, all[0].entropy),
        (&all[1].views, all[1].entropy)
    );
    assert!(all[0].entropy > 1.0);
}

#[test]
fn icons_stencils_and_bad_pictures_do_no_harm() {
    let all = described(vec![
        picture(8, Dictionary::new(), vec![0; 192]),
        picture(64, dictionary! { "ImageMask" => true }, vec![0; 512]),
        picture(64, Dictionary::new(), vec![0; 5]),
        picture(1 << 30, Dictionary::new(), vec![0; 5]),
        picture(64, dictionary! { "Filter" => "DCTDecode" }, vec![1, 2, 3]),
    ]);
    let sizes: Vec<_> = all.iter().map(|i| (i.width, i.num_bytes)).collect();
    assert_eq!(sizes, [(0, 5), (0, 3)]);
}

#[test]
fn of_many_the_largest_are_kept_in_order() {
    let sides = (0..40).map(|i| if i % 10 == 3 { 64 } else { 30 });
    let pictures = sides.map(|side| picture(side, Dictionary::new(), wave(side as usize)));
    let all = described(pictures.collect());
    assert_eq!(all.len(), 32);
    let large: Vec<_> = (0..all.len()).filter(|&i| all[i].width == 64).collect();
    assert_eq!((large.len(), large[0]), (4, 3));
}
