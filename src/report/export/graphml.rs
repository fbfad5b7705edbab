//! GraphML 1.0: <http://graphml.graphdrawing.org/specification.html>. Node ids are XML name tokens, as its schema wants;
//! the applicant's id stands in `applicant`. An absent family is an absent `data` element, not a zero.

use crate::report::export::graph::{ABOUT, Graph, Value, Values};
use crate::report::export::xml;
use crate::report::export::xml::Xml;
use std::io::{self, Write};

const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// Writes the graph.
pub(in crate::report::export) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    xml::document(out, |xml| {
        let root = xml
            .create_element("graphml")
            .with_attribute(("xmlns", NAMESPACE));
        root.write_inner_content(|xml| {
            keys(xml, graph)?;
            body(xml, graph)
        })?;
        Ok(())
    })
}

/// Declares every attribute: id, for whom, type.
fn keys(xml: &mut Xml<'_>, graph: &Graph) -> io::Result<()> {
    let mut key = |holder: &str, name: &str, kind: &str| -> io::Result<()> {
        let id = format!("{holder}_{name}");
        let attributes = [
            ("id", &*id),
            ("for", holder),
            ("attr.name", name),
            ("attr.type", kind),
        ];
        xml.create_element("key")
            .with_attributes(attributes)
            .write_empty()?;
        Ok(())
    };
    for name in ["about", "creator", "input_digest", "day"] {
        key("graph", name, "string")?;
    }
    for name in ["label", "applicant", "cluster", "touching"] {
        key("node", name, "string")?;
    }
    for name in ["weight", "log10_lr", "expected_by_chance"] {
        key("edge", name, "double")?;
    }
    for name in ["words", "explained_by", "cluster", "detectors", "evidence"] {
        key("edge", name, "string")?;
    }
    for family in &graph.families {
        key("edge", &format!("family_{family}"), "double")?;
    }
    Ok(())
}

fn body(xml: &mut Xml<'_>, graph: &Graph) -> io::Result<()> {
    let element = xml
        .create_element("graph")
        .with_attributes([("id", "pool"), ("edgedefault", "undirected")]);
    element.write_inner_content(|xml| {
        for (name, value) in [
            ("graph_about", ABOUT),
            ("graph_creator", &graph.creator),
            ("graph_input_digest", &graph.input),
            ("graph_day", &graph.day),
        ] {
            xml::text(xml, "data", &[("key", name)], value)?;
        }
        for node in &graph.nodes {
            let element = xml.create_element("node").with_attribute(("id", &*node.id));
            element.write_inner_content(|xml| {
                xml::text(xml, "data", &[("key", "node_label")], &node.label)?;
                values(xml, "node", &node.values)
            })?;
        }
        for edge in &graph.edges {
            let ends = [
                ("id", &*edge.id),
                ("source", &*edge.source),
                ("target", &*edge.target),
            ];
            xml.create_element("edge")
                .with_attributes(ends)
                .write_inner_content(|xml| {
                    let weight = xml::number(edge.weight);
                    xml::text(xml, "data", &[("key", "edge_weight")], &weight)?;
                    values(xml, "edge", &edge.values)
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn values(xml: &mut Xml<'_>, holder: &str, values: &Values) -> io::Result<()> {
    for (name, value) in values {
        let written = match value {
            Value::Text(text) => text.clone(),
            Value::Number(x) => xml::number(*x),
        };
        xml::text(
            xml,
            "data",
            &[("key", &format!("{holder}_{name}"))],
            &written,
        )?;
    }
    Ok(())
}
