//! GEXF 1.3: <https://gexf.net>, namespace `http://gexf.net/1.3`. Gephi's own format: labels and weights are attributes of
//! nodes and edges, everything else is an `attvalue`.

use crate::report::export::graph::{ABOUT, Graph, Value, Values};
use crate::report::export::xml;
use crate::report::export::xml::Xml;
use std::io::{self, Write};

const NAMESPACE: &str = "http://gexf.net/1.3";

/// Writes the graph.
pub(in crate::report::export) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    xml::document(out, |xml| {
        let root = xml
            .create_element("gexf")
            .with_attributes([("xmlns", NAMESPACE), ("version", "1.3")]);
        root.write_inner_content(|xml| {
            let meta = xml
                .create_element("meta")
                .with_attribute(("lastmodifieddate", &*graph.day));
            meta.write_inner_content(|xml| {
                xml::text(xml, "creator", &[], &graph.creator)?;
                xml::text(
                    xml,
                    "description",
                    &[],
                    &format!("{ABOUT} Input {}.", graph.input),
                )
            })?;
            body(xml, graph)
        })?;
        Ok(())
    })
}

fn body(xml: &mut Xml<'_>, graph: &Graph) -> io::Result<()> {
    let element = xml
        .create_element("graph")
        .with_attributes([("defaultedgetype", "undirected"), ("mode", "static")]);
    element.write_inner_content(|xml| {
        let text = |name: &str| (name.to_string(), "string");
        let number = |name: &str| (name.to_string(), "double");
        declare(xml, "node", &["applicant", "cluster", "touching"].map(text))?;
        let mut of_edges: Vec<_> = ["log10_lr", "expected_by_chance"].map(number).into();
        of_edges.extend(["words", "explained_by", "cluster", "detectors", "evidence"].map(text));
        of_edges.extend(
            graph
                .families
                .iter()
                .map(|f| number(&format!("family_{f}"))),
        );
        declare(xml, "edge", &of_edges)?;
        xml.create_element("nodes").write_inner_content(|xml| {
            for node in &graph.nodes {
                let label = xml::allowed(&node.label);
                let element = xml
                    .create_element("node")
                    .with_attributes([("id", &*node.id), ("label", &*label)]);
                element.write_inner_content(|xml| values(xml, &node.values))?;
            }
            Ok(())
        })?;
        xml.create_element("edges").write_inner_content(|xml| {
            for edge in &graph.edges {
                let weight = xml::number(edge.weight);
                let element = xml.create_element("edge").with_attributes([
                    ("id", &*edge.id),
                    ("source", &*edge.source),
                    ("target", &*edge.target),
                    ("weight", &*weight),
                ]);
                element.write_inner_content(|xml| values(xml, &edge.values))?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// Declares attributes; the id of one is its name.
fn declare(xml: &mut Xml<'_>, class: &str, all: &[(String, &str)]) -> io::Result<()> {
    let element = xml
        .create_element("attributes")
        .with_attributes([("class", class), ("mode", "static")]);
    element.write_inner_content(|xml| {
        for (name, kind) in all {
            let attributes = [("id", &**name), ("title", &**name), ("type", *kind)];
            xml.create_element("attribute")
                .with_attributes(attributes)
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn values(xml: &mut Xml<'_>, values: &Values) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for (name, value) in values {
            let written = match value {
                Value::Text(text) => xml::allowed(text),
                Value::Number(x) => xml::number(*x),
            };
            let attributes = [("for", &**name), ("value", &*written)];
            xml.create_element("attvalue")
                .with_attributes(attributes)
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}
