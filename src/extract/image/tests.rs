use crate::extract::Limits;
use crate::extract::image::*;
use image::DynamicImage;
use image::ImageFormat;
use image::RgbImage;
use image::imageops::FilterType;
use std::io::Cursor;

/// A face of ellipses on a plain ground, with noise. `features` moves eyes and mouth, the pose stays.
fn face(features: u64) -> RgbImage {
    let r = |k: u64| (crate::model::mix(features * 31 + k) % 1000) as f64 / 1000.0;
    let inside = |x: f64, y: f64, cx: f64, cy: f64, a: f64, b: f64| {
        ((x - cx) / a).powi(2) + ((y - cy) / b).powi(2) <= 1.0
    };
    let (gap, eyes, mouth) = (30.0 + 18.0 * r(1), 118.0 + 30.0 * r(2), 190.0 + 30.0 * r(3));
    let (wide, brow, hair) = (20.0 + 30.0 * r(4), 14.0 + 16.0 * r(5), 60.0 + 60.0 * r(6));
    RgbImage::from_fn(240, 300, |px, py| {
        let (x, y) = (f64::from(px), f64::from(py));
        let eye = [-gap, gap].map(|g| 120.0 + g);
        let mut level = 200.0 - y / 6.0;
        if inside(x, y, 120.0, 330.0, 110.0, 80.0) {
            level = 60.0 + 120.0 * r(7);
        }
        if inside(x, y, 120.0, 150.0, 70.0, 95.0) {
            level = if y < hair {
                40.0 + 90.0 * r(8)
            } else {
                170.0 + 50.0 * r(9)
            };
        }
        if eye.iter().any(|&e| inside(x, y, e, eyes, 13.0, 7.0)) {
            level = 30.0;
        }
        if eye
            .iter()
            .any(|&e| (x - e).abs() < 17.0 && (y - eyes + brow).abs() < 3.0)
        {
            level = 60.0;
        }
        if inside(x, y, 120.0, mouth, wide, 6.0 + 6.0 * r(10)) {
            level = 110.0;
        }
        let noise =
            (crate::model::mix(u64::from(px) << 20 | u64::from(py) | features << 40) % 17) as f64;
        let v = (level + noise) as u8;
        image::Rgb([v, v.saturating_sub(12), v.saturating_sub(20)])
    })
}

fn encoded(image: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(image)
        .write_to(&mut out, format)
        .unwrap();
    out.into_inner()
}

/// Cropped by shares of the sides (left, top, right, bottom), halved, as JPEG of quality 60.
fn copied(image: &RgbImage, [l, t, r, b]: [f64; 4]) -> Vec<u8> {
    let (w, h) = (f64::from(image.width()), f64::from(image.height()));
    let cut = image::imageops::crop_imm(
        image,
        (l * w) as u32,
        (t * h) as u32,
        ((1.0 - l - r) * w) as u32,
        ((1.0 - t - b) * h) as u32,
    );
    let cut = cut.to_image();
    let half = image::imageops::resize(
        &cut,
        cut.width() / 2,
        cut.height() / 2,
        FilterType::Triangle,
    );
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 60)
        .encode_image(&half)
        .unwrap();
    out
}

fn described(bytes: &[u8]) -> EmbeddedImage {
    describe(bytes, None, &Limits::default())
}

/// Least tile distance of one whole to the views of the other.
fn distance(whole: &EmbeddedImage, of: &EmbeddedImage) -> f32 {
    let whole = &whole.views[0];
    of.views
        .iter()
        .filter(|v| v.whole.distance(whole.whole) <= 64)
        .map(|v| v.tile_distance(whole))
        .fold(1.0, f32::min)
}

#[test]
fn a_small_cropped_recompressed_copy_is_near_and_another_face_is_not() {
    let faces: Vec<RgbImage> = (0..8).map(face).collect();
    let originals: Vec<EmbeddedImage> = faces
        .iter()
        .map(|f| described(&encoded(f.clone(), ImageFormat::Png)))
        .collect();
    assert!(
        originals
            .iter()
            .all(|o| o.views.len() == 81 && o.may_be_photo())
    );
    let crops = [
        [0.0; 4],
        [0.05, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.05],
        [0.05, 0.05, 0.0, 0.0],
        [0.0, 0.05, 0.05, 0.0],
        [0.025; 4],
        [0.05; 4],
        [0.013, 0.037, 0.04, 0.01],
    ];
    for (i, (face, crop)) in faces.iter().zip(crops).enumerate() {
        let copy = described(&copied(face, crop));
        for (j, original) in originals.iter().enumerate() {
            let far = distance(&copy, original);
            assert_eq!(
                far <= 0.1,
                i == j,
                "copy of {i} with {crop:?} and face {j}: {far}"
            );
        }
    }
}

#[test]
fn huge_images_are_measured_by_their_head_alone() {
    // 60,000 × 60,000 pixels in a few bytes: refused before anything is decoded.
    let mut png = encoded(RgbImage::new(1, 1), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let image = described(&png);
    assert_eq!((image.width, image.views.len()), (0, 0));
    assert_eq!(image.num_bytes, png.len() as u64);
}

#[test]
fn icons_and_drawings_are_no_photos() {
    let icon = described(&encoded(RgbImage::new(32, 32), ImageFormat::Png));
    assert_eq!((icon.width, icon.views.len(), icon.entropy), (32, 1, 0.0));
    let drawing = RgbImage::from_fn(200, 200, |x, y| {
        image::Rgb([if x > y { 255 } else { 0 }; 3])
    });
    let drawing = described(&encoded(drawing, ImageFormat::Png));
    assert!(!drawing.may_be_photo() && drawing.entropy > 0.9 && drawing.entropy < 1.1);
    let ground = RgbImage::from_fn(300, 300, |_, y| image::Rgb([(y * 2 / 3) as u8 + 20; 3]));
    let ground = described(&encoded(ground, ImageFormat::Png));
    assert!(
        ground.entropy > 6.0 && !ground.may_be_photo(),
        "nothing to compare"
    );
}

#[test]
fn raw_pixels_look_like_the_encoded_image() {
    let face = face(3);
    let raw = Pixels {
        width: 240,
        height: 300,
        channels: 3,
        bytes: face.as_raw(),
    };
    let (a, b) = (
        describe_pixels(b"x", &raw, Some(2), &Limits::default()),
        described(&encoded(face.clone(), ImageFormat::Png)),
    );
    assert_eq!(a.page, Some(2));
    assert!(a.views[0].tile_distance(&b.views[0]) < 0.01);
    let short = Pixels {
        bytes: &[0; 9],
        ..raw
    };
    assert_eq!(
        describe_pixels(b"x", &short, None, &Limits::default()).width,
        0
    );
}

#[test]
fn any_bytes_are_described() {
    let good = copied(&face(1), [0.0; 4]);
    for cut in [0, 1, 3, 20, 300, good.len() - 1] {
        described(&good[..cut]);
    }
    let mut bad = good.clone();
    for at in (0..bad.len()).step_by(7) {
        bad[at] ^= 0x5a;
        described(&bad);
    }
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32).to_be_bytes()[..], kind, body, &[0; 4]].concat()
}

#[test]
fn programs_that_made_an_image_are_named() {
    let head = b"\x89PNG\r\n\x1a\n";
    let xmp = br#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><r xmlns:xmp="x" xmp:CreatorTool="Paint 4"/></x:xmpmeta>"#;
    let itxt = [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], xmp].concat();
    for (part, want) in [
        (chunk(b"tEXt", b"Software\0Shutter"), Some("Shutter")),
        (
            chunk(b"tEXt", b"parameters\0a portrait"),
            Some("a picture generator (PNG text `parameters`)"),
        ),
        (chunk(b"caBX", b"jumb"), Some("Content Credentials")),
        (chunk(b"iTXt", &itxt), Some("Paint 4")),
        (chunk(b"tEXt", b"Comment\0hello"), None),
        (vec![0xff; 9], None),
    ] {
        let png = [&head[..], &part].concat();
        assert_eq!(label::generator(&png).as_deref(), want);
    }
    let app = |n: u8, body: &[u8]| {
        [
            &[0xff, 0xe0 + n][..],
            &(body.len() as u16 + 2).to_be_bytes(),
            body,
        ]
        .concat()
    };
    let jpeg = [
        &[0xff, 0xd8][..],
        &app(1, &[&b"http://ns.adobe.com/xap/1.0/\0"[..], xmp].concat()),
        &app(11, b"JP..c2pa"),
        &[0xff, 0xda],
    ]
    .concat();
    assert_eq!(
        label::generator(&jpeg).as_deref(),
        Some("Paint 4; Content Credentials")
    );
}

#[test]
fn exif_says_camera_serial_and_time() {
    let mut writer = exif::experimental::Writer::new();
    let ascii = |tag, text: &str| exif::Field {
        tag,
        ifd_num: exif::In::PRIMARY,
        value: exif::Value::Ascii(vec![text.as_bytes().to_vec()]),
    };
    let fields = [
        ascii(exif::Tag::Make, "Maker"),
        ascii(exif::Tag::Model, "M1"),
        ascii(exif::Tag::BodySerialNumber, "0012345"),
        ascii(exif::Tag::DateTimeOriginal, "2024:05:17 10:31:02"),
        ascii(exif::Tag::OffsetTimeOriginal, "+02:00"),
    ];
    fields.iter().for_each(|f| writer.push_field(f));
    let mut tiff = Cursor::new(Vec::new());
    writer.write(&mut tiff, false).unwrap();
    let body = [b"Exif\0\0", tiff.get_ref().as_slice()].concat();
    let jpeg = [
        &[0xff, 0xd8, 0xff, 0xe1][..],
        &(body.len() as u16 + 2).to_be_bytes(),
        &body,
        &[0xff, 0xd9],
    ]
    .concat();
    let exif = label::exif(&jpeg).unwrap();
    assert_eq!(
        (exif.camera.as_deref(), exif.serial.as_deref()),
        (Some("Maker M1"), Some("0012345"))
    );
    let taken = exif.taken.unwrap();
    assert_eq!(
        (taken.seconds, taken.offset.map(|o| o.minutes())),
        (1_715_934_662, Some(120))
    );
}
