//! The RTF reader on any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| samehand_fuzz::read(
    samehand::model::SourceKind::Rtf,
    bytes
));
