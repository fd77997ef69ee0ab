//! What a start can do without is decoded when it is first asked for.

use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::Error};

/// A part of the lexicon that few commands ask for: the matcher hears without the phrases as they
/// were written. Inside the program it lies encoded, until somebody looks.
#[derive(Debug, Clone)]
pub struct Later<T> {
    /// Of no meaning where there has been a value from the beginning.
    encoded: &'static [u8],
    value: OnceLock<T>,
}

impl<T> From<T> for Later<T> {
    fn from(value: T) -> Self {
        Self { encoded: &[], value: OnceLock::from(value) }
    }
}

impl<T: Default> Default for Later<T> {
    fn default() -> Self {
        Self::from(T::default())
    }
}

impl<T: Default + DeserializeOwned> Later<T> {
    /// What the build encoded: a test reads all of it back.
    fn decoded(&self) -> T {
        postcard::from_bytes(self.encoded).unwrap_or_default()
    }
}

impl<T: Default + DeserializeOwned> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| self.decoded())
    }
}

impl<T: Default + DeserializeOwned> DerefMut for Later<T> {
    fn deref_mut(&mut self) -> &mut T {
        if self.value.get().is_none() {
            self.value = OnceLock::from(self.decoded());
        }
        match self.value.get_mut() {
            Some(value) => value,
            None => unreachable!("a value was just put there"),
        }
    }
}

impl<T: Default + DeserializeOwned + Serialize> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return (**self).serialize(serializer);
        }
        // What nobody has looked at is as it was.
        let Some(value) = self.value.get() else { return serializer.serialize_bytes(self.encoded) };
        serializer.serialize_bytes(&postcard::to_allocvec(value).map_err(S::Error::custom)?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { encoded: <&[u8]>::deserialize(deserializer)?, value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_there_when_asked_for() {
        let written = Later::from(vec!["one".to_owned()]);
        let bytes: &'static [u8] = postcard::to_allocvec(&written).unwrap().leak();
        let read: Later<Vec<String>> = postcard::from_bytes(bytes).unwrap();
        assert_eq!(*read.clone(), *written);
        let mut changed = read.clone();
        changed.push("two".to_owned());
        assert_eq!(*changed, ["one", "two"]);
        assert_eq!(*read, ["one"]);
        assert_eq!(postcard::to_allocvec(&read).unwrap(), bytes);
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"["one"]"#);
    }
}
