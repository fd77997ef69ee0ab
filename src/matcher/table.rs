//! Rows of numbers, end to end in memory, so that a table is read from the program's image at once.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Numbers that are stored as their bytes.
#[derive(Debug, Default, Clone)]
pub(super) struct Numbers(pub(super) Vec<u32>);

/// Rows of different lengths.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Table {
    /// Where each row begins, and where the last one ends.
    begins: Numbers,
    numbers: Numbers,
}

impl Table {
    pub(super) fn new(rows: &[Vec<u32>]) -> Self {
        let ends = rows.iter().scan(0, |end, row| {
            *end += row.len() as u32;
            Some(*end)
        });
        Self { begins: Numbers(std::iter::once(0).chain(ends).collect()), numbers: Numbers(rows.concat()) }
    }

    #[inline]
    pub(super) fn row(&self, row: u32) -> &[u32] {
        let (begin, end) = (self.begins.0[row as usize], self.begins.0[row as usize + 1]);
        &self.numbers.0[begin as usize..end as usize]
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|number| number.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(NumbersVisitor)
    }
}

struct NumbersVisitor;

impl Visitor<'_> for NumbersVisitor {
    type Value = Numbers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("numbers of four bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Numbers, E> {
        let (numbers, []) = bytes.as_chunks::<4>() else {
            return Err(E::invalid_length(bytes.len(), &self));
        };
        Ok(Numbers(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back() {
        let table = Table::new(&[vec![1, 2], vec![], vec![3]]);
        let bytes = postcard::to_allocvec(&table).unwrap();
        let table: Table = postcard::from_bytes(&bytes).unwrap();
        assert_eq!([table.row(0), table.row(1), table.row(2)], [&[1, 2][..], &[], &[3]]);
    }
}
