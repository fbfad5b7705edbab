//! Whole pages, honest and hostile.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::html::Html;
use crate::model::Hiding;
use crate::model::RawDocument;
use proptest::prelude::*;
use std::path::Path;

fn read(body: &str) -> RawDocument {
    Html.read(
        format!("<!doctype html><html><body>{body}").as_bytes(),
        0,
        &Limits::default(),
    )
    .unwrap()
}

#[test]
fn text_in_lines() {
    for (body, want) in [
        (
            "<h1>Ann  Lee</h1><p>one\n<b>two</b>,<p>three<br>four",
            "Ann Lee\none two,\nthree\nfour\n",
        ),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<table><tr><td>l<td>r<tr><td>m</table>", "l\nr\nm\n"),
        ("a&amp;b &eacute;&#8211;&nbsp;c", "a&b é–\u{a0}c"),
        (
            "<script>var x='<p>no</p>'</script><style>p{}</style><svg><text>no</text></svg>x",
            "x",
        ),
        ("<pre>a\n  b</pre>", "a\n  b\n"),
        ("<p>a</div></i>b</p></p>", "ab\n"),
    ] {
        assert_eq!(read(body).text.text.trim_end(), want.trim_end(), "{body}");
    }
}

#[test]
fn head_and_links() {
    let page = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>CV of\nAnn</title><meta name='Author' content='Ann'>\
        <meta name='generator' content='LibreOffice'><!--[if gte mso 9]><xml><o:LastAuthor>Bob</o:LastAuthor><o:Revision>3</o:Revision></xml><![endif]--></head>\
        <body><a href='https://a.example'>my <b>page</b></a><a href='#top'>up</a><img src='file:///C:/Users/bo/me.png'></body></html>";
    let read = Html.read(page.as_bytes(), 0, &Limits::default()).unwrap();
    let m = &read.meta;
    assert_eq!(
        (m.title.as_deref(), m.author.as_deref()),
        (Some("CV of Ann"), Some("Ann"))
    );
    assert_eq!(
        (m.creator.as_deref(), m.last_modified_by.as_deref()),
        (Some("LibreOffice"), Some("Bob"))
    );
    assert_eq!(m.num_saves, Some(3));
    assert_eq!(read.links.len(), 1);
    assert_eq!(
        (read.links[0].target.as_str(), read.links[0].text.as_str()),
        ("https://a.example", "my page")
    );
    assert_eq!(read.traces.paths, ["C:/Users/bo/me.png"]);
}

#[test]
fn hidden_text_needs_a_known_ground() {
    for (body, want) in [
        ("<p style='display: none'>words</p>", Some(Hiding::Marked)),
        ("<p hidden>words</p>", Some(Hiding::Marked)),
        ("<span style='font-size:0'>words</span>", Some(Hiding::Tiny)),
        (
            "<span style='color:#FFFFFF'>words</span>",
            Some(Hiding::SameColour),
        ),
        ("<font color='white'>words</font>", Some(Hiding::SameColour)),
        (
            "<div style='background:#102030'><span style='color:#fff'>words</span></div>",
            None,
        ),
        (
            "<div style='background:url(x.png)'><span style='color:#fff'>words</span></div>",
            None,
        ),
        (
            "<table bgcolor='#102030'><td><font color='white'>words</font></table>",
            None,
        ),
        (
            "<style>.a{background:#000}</style><body><font color=white>words</font>",
            None,
        ),
        ("<p>words</p>", None),
    ] {
        let read = read(&format!("<p>seen</p>{body}"));
        let hidden: Vec<_> = read.traces.hidden.iter().map(|h| h.how).collect();
        assert_eq!(hidden, Vec::from_iter(want), "{body}");
    }
}

#[test]
fn told_by_content_and_decoded() {
    for (bytes, want) in [
        (&b"<!DOCTYPE html><p>x"[..], true),
        (b"\n <html>", true),
        (b"<?xml version='1.0'?><html xmlns='x'>", true),
        (b"<?xml version='1.0'?><svg>", false),
        (b"plain <html>", false),
    ] {
        assert_eq!(Html.recognises(bytes, Path::new("x.html")), want);
    }
    for page in [
        &b"<html><meta charset=windows-1252>Zo\xeb"[..],
        b"<html>Zo\xeb",
        "<html>Zoë".as_bytes(),
    ] {
        assert_eq!(
            Html.read(page, 0, &Limits::default()).unwrap().text.text,
            "Zoë"
        );
    }
    assert!(matches!(
        Html.read(b"<html><div id=root></div>", 0, &Limits::default()),
        Err(ReadError::NoText(_))
    ));
}

#[test]
fn a_million_open_elements_cost_nothing() {
    let read = read(&format!("seen{}deep", "<div>".repeat(1_000_000)));
    assert_eq!(read.text.text, "seen\ndeep\n");
    assert_eq!(read.warnings.len(), 1);
}

proptest! {
    #[test]
    fn any_markup_is_read_or_refused(inside in "(</?(p|a|b|table|tr|td|li|ul|pre|title|style|script|svg)( href=x| hidden)?/?>|<!--|-->|&[a-z]{1,4};|[a ]){0,50}") {
        let _ = Html.read(format!("<html>{inside}").as_bytes(), 0, &Limits::default());
    }
}
