//! Fingerprints of code that project generators and public packages hand out: code of which two repositories may hold
//! the same without anybody having copied from anybody.
//!
//! The table is `corpora/background/code_marks.bin`: the upper 32 bits of each fingerprint, sorted, each as its
//! distance from the one before in seven-bit groups (LEB128); `code_marks.md` beside it names packages, versions and licences and how it is rebuilt. 32 bits are enough: a fingerprint
//! of somebody's own is taken for a known one in one of 10,000 cases, and that costs evidence, never makes any.

use crate::link::TableInfo;

static SHIPPED: &[u8] = include_bytes!("../../corpora/background/code_marks.bin");

/// A set of fingerprints; empty by default.
#[derive(Clone, Debug, Default)]
pub struct CodeMarks {
    marks: Vec<u32>,
}

impl CodeMarks {
    /// The table that comes with the program.
    pub fn shipped() -> Self {
        Self::from_bytes(SHIPPED)
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let mut marks = Vec::new();
        let (mut last, mut gap, mut shift) = (0u32, 0u32, 0);
        for byte in bytes {
            gap |= u32::from(byte & 0x7F) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                last = last.wrapping_add(gap);
                marks.push(last);
                (gap, shift) = (0, 0);
            }
        }
        Self { marks }
    }

    /// A table of these fingerprints.
    pub fn new(marks: impl IntoIterator<Item = u64>) -> Self {
        let mut marks: Vec<u32> = marks.into_iter().map(short).collect();
        marks.sort_unstable();
        marks.dedup();
        Self { marks }
    }

    /// The bytes of the shipped table's shape.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut last = 0;
        for mark in &self.marks {
            let mut gap = mark - last;
            while gap >= 0x80 {
                out.push(gap as u8 | 0x80);
                gap >>= 7;
            }
            out.push(gap as u8);
            last = *mark;
        }
        out
    }

    /// Whether public code holds this fingerprint.
    pub fn contains(&self, mark: u64) -> bool {
        self.marks.binary_search(&short(mark)).is_ok()
    }

    /// Number of fingerprints.
    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Name, version and digest of the shipped table for the report.
    pub fn info() -> TableInfo {
        TableInfo::new("code-marks", "1", SHIPPED)
    }
}

fn short(mark: u64) -> u32 {
    (mark >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_back() {
        let table = CodeMarks::new([7 << 32, 3 << 32 | 9, 7 << 32 | 1]);
        assert_eq!(CodeMarks::from_bytes(&table.to_bytes()).marks, table.marks);
        assert!(table.contains(3 << 32) && !table.contains(4 << 32));
        let shipped = CodeMarks::shipped();
        assert!(shipped.len() > 200_000 && SHIPPED.len() < 800_000);
        assert!(shipped.marks.is_sorted());
        assert_eq!(CodeMarks::info().sha256.0.len(), 64);
    }
}
