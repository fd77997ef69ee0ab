//! Rows of numbers, end to end in memory.

use super::image::{Image, Lay, Slab};

/// Rows of different lengths.
#[derive(Debug, Default, Clone)]
pub(super) struct Table {
    /// Where each row begins, and where the last one ends.
    begins: Slab<u32>,
    numbers: Slab<u32>,
}

impl Table {
    pub(super) fn new(rows: &[Vec<u32>]) -> Self {
        let ends = rows.iter().scan(0, |end, row| {
            *end += row.len() as u32;
            Some(*end)
        });
        let begins: Vec<u32> = std::iter::once(0).chain(ends).collect();
        Self { begins: begins.into(), numbers: rows.concat().into() }
    }

    #[inline(always)]
    pub(super) fn row(&self, row: u32) -> &[u32] {
        let (begin, end) = (self.begins[row as usize], self.begins[row as usize + 1]);
        &self.numbers[begin as usize..end as usize]
    }
}

impl Lay for Table {
    fn lay(&mut self, image: &mut Image) {
        image.table(&mut self.begins);
        image.table(&mut self.numbers);
    }
}

/// The number of `row` among `rows`, where it is added if it is not there yet.
pub(super) fn keep_once<T: PartialEq>(rows: &mut Vec<T>, row: T) -> usize {
    rows.iter().position(|known| *known == row).unwrap_or_else(|| {
        rows.push(row);
        rows.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back() {
        let table = Table::new(&[vec![1, 2], vec![], vec![3]]);
        assert_eq!([table.row(0), table.row(1), table.row(2)], [&[1, 2][..], &[], &[3]]);
    }
}
