//! The matcher as it lies in the program: tables that are used where they lie, so that a start costs
//! next to nothing.

use std::ops::Deref;

use bytemuck::Pod;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Tables begin at multiples of this, as the memory that holds the image does.
pub(crate) const ALIGNMENT: usize = 64;

/// A table: built in memory, or part of the program.
#[derive(Debug, Clone)]
pub(super) enum Slab<T: Pod> {
    Built(Vec<T>),
    Part(&'static [T]),
}

impl<T: Pod> Default for Slab<T> {
    fn default() -> Self {
        Self::Part(&[])
    }
}

impl<T: Pod> From<Vec<T>> for Slab<T> {
    fn from(table: Vec<T>) -> Self {
        Self::Built(table)
    }
}

impl<T: Pod> Deref for Slab<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        match self {
            Self::Built(table) => table,
            Self::Part(table) => table,
        }
    }
}

/// Something that goes into the image and comes back out of it.
pub(super) trait Lay {
    /// Hands its parts to the image, always in the same order: they are written, or replaced by
    /// what is read.
    fn lay(&mut self, image: &mut Image);
}

/// The image, being written or read.
#[derive(Debug)]
pub(super) enum Image {
    Written(Vec<u8>),
    Read {
        rest: &'static [u8],
        /// Whether everything so far was there.
        is_whole: bool,
    },
}

impl Image {
    /// A table.
    pub(super) fn table<T: Pod>(&mut self, table: &mut Slab<T>) {
        match self {
            Self::Written(bytes) => write(bytes, bytemuck::cast_slice(table)),
            Self::Read { rest, is_whole } => {
                match read(rest).and_then(|bytes| bytemuck::try_cast_slice(bytes).ok()) {
                    Some(read) => *table = Slab::Part(read),
                    None => *is_whole = false,
                }
            }
        }
    }

    /// Something small that has no form of its own in the image.
    pub(super) fn value<T: Serialize + DeserializeOwned>(&mut self, value: &mut T) {
        match self {
            // Nothing that a matcher holds is refused by postcard; if it were, reading would tell.
            Self::Written(bytes) => write(bytes, &postcard::to_allocvec(value).unwrap_or_default()),
            Self::Read { rest, is_whole } => {
                match read(rest).and_then(|bytes| postcard::from_bytes(bytes).ok()) {
                    Some(read) => *value = read,
                    None => *is_whole = false,
                }
            }
        }
    }
}

/// The length, and from the next multiple of the alignment on the bytes.
fn write(image: &mut Vec<u8>, bytes: &[u8]) {
    image.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    image.resize(image.len().next_multiple_of(ALIGNMENT), 0);
    image.extend_from_slice(bytes);
    image.resize(image.len().next_multiple_of(ALIGNMENT), 0);
}

fn read(rest: &mut &'static [u8]) -> Option<&'static [u8]> {
    let length = u64::from_le_bytes(*rest.first_chunk()?) as usize;
    let (bytes, behind) = rest.get(ALIGNMENT..)?.split_at_checked(length)?;
    *rest = behind.get(length.next_multiple_of(ALIGNMENT) - length..)?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let (mut numbers, mut text) = (Slab::from(vec![[1_u64, 2], [3, 4]]), "abc".to_owned());
        let mut image = Image::Written(Vec::new());
        image.table(&mut numbers);
        image.value(&mut text);
        let Image::Written(bytes) = image else { panic!("it is being written") };
        // Memory of these numbers is aligned well enough for them.
        let aligned: Vec<u64> = bytes.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
        let aligned: &'static [u64] = aligned.leak();
        let rest: &'static [u8] = bytemuck::cast_slice(aligned);
        let mut image = Image::Read { rest, is_whole: true };
        let (mut again, mut text_again) = (Slab::<[u64; 2]>::default(), String::new());
        image.table(&mut again);
        image.value(&mut text_again);
        assert_eq!((&*again, text_again.as_str()), (&*numbers, "abc"));
        image.value(&mut text_again);
        assert!(matches!(image, Image::Read { is_whole: false, .. }));
    }
}
