//! The same HTML in fewer bytes, for the one part of the page of which there is much.
//!
//! HTML lets one leave out the end of a paragraph, of an item, of a cell, and the quotation marks
//! around a plain value. In what `maud` writes, a `<` or a `"` is never part of a text: there they are
//! `&lt;` and `&quot;`. So nothing that somebody said can be taken for markup here.

/// Ends that the next beginning implies.
const IMPLIED: [&str; 6] = ["</p>", "</li>", "</td>", "</th>", "</tr>", "</tbody>"];

/// `html` with everything left out that a browser knows anyway. No attribute may hold a text of
/// somebody's: quotation marks are written as they are.
pub(super) fn terse(html: &str) -> String {
    let mut short = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '=', '&']) {
        short.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(end) = IMPLIED.iter().find(|end| rest.starts_with(**end)) {
            rest = &rest[end.len()..];
        } else if let Some(value) = plain_value(rest) {
            short.push('=');
            short.push_str(value);
            rest = &rest[value.len() + 3..];
        } else if let Some(after) = rest.strip_prefix("&quot;") {
            short.push('"');
            rest = after;
        } else {
            short.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    short.push_str(rest);
    short.replace("></path>", "/>")
}

/// The value in `="value"` that needs no quotation marks.
fn plain_value(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix("=\"")?;
    let value = &inside[..inside.find('"')?];
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'#' | b'_');
    (!value.is_empty() && value.bytes().all(is_plain)).then_some(value)
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    #[test]
    fn what_a_browser_knows_is_left_out() {
        let page = html! {
            ul.e { li.g #s1 { "one" } li class="two words" { p { "three" } } }
            svg viewBox="0 0 1 1" { path.h d="M0 0" {} }
            a href="#r1" { "four" }
        };
        assert_eq!(
            terse(&page.into_string()),
            "<ul class=e><li class=g id=s1>one<li class=\"two words\"><p>three</ul>\
             <svg viewBox=\"0 0 1 1\"><path class=h d=\"M0 0\"/></svg><a href=#r1>four</a>"
        );
    }

    #[test]
    fn what_looks_like_markup_in_a_text_stays_a_text() {
        let said = "</p> class=\"g\" =\"x\" &quot; </li> \"";
        let short = terse(&html! { p { (said) } }.into_string());
        assert_eq!(short, "<p>&lt;/p&gt; class=\"g\" =\"x\" &amp;quot; &lt;/li&gt; \"");
    }
}
