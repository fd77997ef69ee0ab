//! Where records end in JSON that comes piece by piece.

use crate::document::Cutter;

/// Ends behind lines. A comment stays with the line below it, which it may be about.
#[derive(Debug, Default)]
pub(in crate::document) struct LineCutter {
    line: usize,
    at: usize,
}

impl Cutter for LineCutter {
    fn next_end(&mut self, bytes: &[u8]) -> Option<usize> {
        loop {
            let Some(end) = memchr::memchr(b'\n', &bytes[self.at..]) else {
                self.at = bytes.len();
                return None;
            };
            self.at += end + 1;
            let line = bytes[self.line..self.at].trim_ascii_start();
            self.line = self.at;
            if !line.is_empty() && !line.starts_with(b"#") && !line.starts_with(b"/") {
                return Some(self.at);
            }
        }
    }

    fn looked_at(&self) -> usize {
        self.at
    }

    fn drop_front(&mut self, count: usize) {
        self.at = self.at.saturating_sub(count);
        self.line = self.line.saturating_sub(count);
    }
}

/// Ends behind the members of the outermost array, ahead of the first of them, and behind values
/// with nothing around them.
#[derive(Debug, Default)]
pub(in crate::document) struct ValueCutter {
    at: usize,
    depth: usize,
    /// The depth of the outermost array that is open; 0 if none is.
    array: usize,
    inside: Inside,
    /// Whether a record has ended, and only what belongs to its last line comes.
    is_behind: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    String,
    LineComment,
    BlockComment,
}

impl Cutter for ValueCutter {
    fn next_end(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.at < bytes.len() {
            let is_known = match self.inside {
                Inside::Nothing if self.is_behind => match self.behind(bytes) {
                    Behind::End => return Some(self.at),
                    Behind::Goes(is_known) => is_known,
                },
                Inside::Nothing => self.between(bytes),
                Inside::String => self.string(bytes),
                Inside::LineComment => self.comment(bytes, b"\n", 0),
                Inside::BlockComment => self.comment(bytes, b"*/", 2),
            };
            if !is_known {
                return None;
            }
        }
        None
    }

    fn looked_at(&self) -> usize {
        self.at
    }

    fn drop_front(&mut self, count: usize) {
        self.at = self.at.saturating_sub(count);
    }
}

enum Behind {
    End,
    Goes(bool),
}

/// The steps. Each answers whether enough is there to go on.
impl ValueCutter {
    fn between(&mut self, bytes: &[u8]) -> bool {
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'"' => self.inside = Inside::String,
                b'{' => self.depth += 1,
                b'[' => {
                    self.depth += 1;
                    if self.array == 0 {
                        self.array = self.depth;
                        self.is_behind = true;
                    }
                }
                b'}' | b']' => self.close(),
                b'/' | b'#' => return self.enter_comment(bytes),
                _ => {}
            }
            self.at += 1;
            if self.inside != Inside::Nothing || self.is_behind {
                return true;
            }
        }
        true
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.array > self.depth {
            self.array = 0;
        }
        self.is_behind = self.depth == self.array;
    }

    fn enter_comment(&mut self, bytes: &[u8]) -> bool {
        match (bytes[self.at], bytes.get(self.at + 1)) {
            (b'#', _) | (_, Some(b'/')) => self.inside = Inside::LineComment,
            (_, Some(b'*')) => self.inside = Inside::BlockComment,
            (_, Some(_)) => {}
            (_, None) => return false,
        }
        self.at += if self.inside == Inside::BlockComment { 2 } else { 1 };
        true
    }

    fn behind(&mut self, bytes: &[u8]) -> Behind {
        match bytes[self.at] {
            b'\n' => {
                self.at += 1;
                self.is_behind = false;
                return Behind::End;
            }
            b' ' | b'\t' | b'\r' | b',' => self.at += 1,
            b'/' | b'#' => return Behind::Goes(self.enter_comment(bytes)),
            // The end of what is around the record.
            b'}' | b']' => self.is_behind = false,
            _ => {
                self.is_behind = false;
                return Behind::End;
            }
        }
        Behind::Goes(true)
    }

    fn string(&mut self, bytes: &[u8]) -> bool {
        match memchr::memchr2(b'"', b'\\', &bytes[self.at..]) {
            None => self.at = bytes.len(),
            Some(sign) => {
                self.at += sign;
                if bytes[self.at] == b'"' {
                    self.at += 1;
                    self.inside = Inside::Nothing;
                } else if self.at + 1 < bytes.len() {
                    self.at += 2;
                } else {
                    return false;
                }
            }
        }
        true
    }

    fn comment(&mut self, bytes: &[u8], end: &[u8], length: usize) -> bool {
        match memchr::memmem::find(&bytes[self.at..], end) {
            Some(found) => {
                self.at += found + length;
                self.inside = Inside::Nothing;
                true
            }
            None => {
                // The end may have begun.
                self.at = self.at.max(bytes.len() + 1 - end.len());
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of `text`, which comes `step` bytes at a time.
    fn cut(cutter: &mut dyn Cutter, text: &str, step: usize) -> Vec<String> {
        let (mut done, mut known, mut records) = (0, 0, Vec::new());
        while known < text.len() {
            known = text.len().min(known + step);
            while let Some(end) = cutter.next_end(&text.as_bytes()[done..known]) {
                records.push(text[done..done + end].to_owned());
                cutter.drop_front(end);
                done += end;
            }
        }
        records.push(text[done..].to_owned());
        records
    }

    #[test]
    fn members_of_the_outermost_array_are_records() {
        let text = "{\"n\": {\"a\": 1}, \"list\": [ // amends:allow x\n {\"a\": \"}\\\"]\", \"b\": [{}]}, /* one */ // two\n [1], # \"three\n\n\"four\", {}/5,{}\n], \"tail\": [{}]} {\"next\": 1}\n";
        for step in [1, 2, 3, 7, 1_000] {
            assert_eq!(
                cut(&mut ValueCutter::default(), text, step),
                [
                    "{\"n\": {\"a\": 1}, \"list\": [ // amends:allow x\n",
                    " {\"a\": \"}\\\"]\", \"b\": [{}]}, /* one */ // two\n",
                    " [1], # \"three\n",
                    "\n\"four\", {}/",
                    "5,{}\n",
                    "], \"tail\": [",
                    "{}]} ",
                    "{\"next\": 1}\n",
                    "",
                ],
                "{step}"
            );
        }
    }

    #[test]
    fn lines_are_records_and_keep_the_comments_above_them() {
        let text = "{\"a\": 1}\n\n# amends:allow x -- y\n{\"b\": 2}\r\n{\"c\": 3}";
        for step in [1, 2, 1_000] {
            assert_eq!(
                cut(&mut LineCutter::default(), text, step),
                ["{\"a\": 1}\n", "\n# amends:allow x -- y\n{\"b\": 2}\r\n", "{\"c\": 3}"]
            );
        }
    }
}
