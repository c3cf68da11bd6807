//! Where the walk stands: in which operation, in which message, how deep.

use crate::catalogue;
use crate::change::{Direction, Part, Site};

/// What kind of thing a schema describes; it decides how a change is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Document,
    Body,
    Parameter,
    Header,
    /// Anything below the root of a schema.
    Property,
}

/// What makes two visits of the same schemas different: what they describe, and whether it is sent.
pub(crate) type Role = (Kind, bool);

/// Where the walk stands.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub(crate) site: Option<Site>,
    pub(crate) direction: Direction,
    pub(crate) kind: Kind,
    pub(crate) path: Vec<String>,
    /// A read-only value in a request, or a write-only one in a response: it is never sent.
    pub(crate) exempt: bool,
    pub(crate) unstable: bool,
    /// The thing is a property that had to be there.
    pub(crate) required: bool,
    /// The value is JSON, where `1` and `"1"` differ.
    pub(crate) typed: bool,
    /// Inside a callback, which the server calls: the messages go the other way.
    pub(crate) callback: bool,
}

impl At {
    pub(crate) fn document() -> Self {
        Self {
            site: None,
            direction: Direction::None,
            kind: Kind::Document,
            path: Vec::new(),
            exempt: false,
            unstable: false,
            required: false,
            typed: true,
            callback: false,
        }
    }

    pub(crate) fn operation(name: &str, unstable: bool) -> Self {
        let site = Site {
            operation: name.to_owned(),
            part: Part::Operation,
            base_schema: None,
            revision_schema: None,
        };
        Self { site: Some(site), unstable, ..Self::document() }
    }

    /// The same operation, another part of it.
    pub(crate) fn part(&self, direction: Direction, kind: Kind, part: Part) -> Self {
        let site = self.site.clone().map(|site| match site.part {
            // Of a callback only the operation that has it is told.
            Part::Callback { .. } => site,
            _ => Site { part, ..site },
        });
        Self { site, direction, kind, path: Vec::new(), ..self.clone() }
    }

    /// One level deeper in the schema.
    pub(crate) fn below(&self, name: &str) -> Self {
        let mut path = self.path.clone();
        path.push(name.to_owned());
        Self { kind: Kind::Property, path, required: false, ..self.clone() }
    }

    pub(crate) fn exempt_if(mut self, never_sent: bool) -> Self {
        self.exempt |= never_sent;
        self
    }

    pub(crate) fn is_request(&self) -> bool {
        self.direction == Direction::Request
    }

    /// The member of a schema that says that a value is never sent this way.
    pub(crate) fn never_sent(&self) -> &'static str {
        if self.is_request() { "readOnly" } else { "writeOnly" }
    }

    pub(crate) fn in_parameter(&self) -> bool {
        self.site.as_ref().is_some_and(|site| matches!(site.part, Part::Parameter { .. }))
    }

    pub(crate) fn in_header_parameter(&self) -> bool {
        self.site.as_ref().is_some_and(
            |site| matches!(&site.part, Part::Parameter { location, .. } if location == "header"),
        )
    }

    pub(crate) fn in_response_header(&self) -> bool {
        self.site.as_ref().is_some_and(|site| matches!(site.part, Part::Header { .. }))
    }

    /// The id of a change here that ends in `suffix`.
    pub(crate) fn id(&self, suffix: &str) -> String {
        let direction = if self.is_request() { "request" } else { "response" };
        let never_sent = if self.is_request() { "read-only" } else { "write-only" };
        match self.kind {
            Kind::Document => suffix.to_owned(),
            Kind::Body => format!("{direction}-body-{suffix}"),
            Kind::Parameter => format!("request-parameter-{suffix}"),
            Kind::Header => format!("response-header-{suffix}"),
            Kind::Property if self.in_parameter() => in_parameter(suffix),
            Kind::Property if self.in_response_header() => {
                format!("response-header-property-{suffix}")
            }
            Kind::Property if self.exempt => {
                let id = format!("{direction}-{never_sent}-property-{suffix}");
                let plain = format!("{direction}-property-{suffix}");
                if catalogue::level(&id).is_none() && is_told_plainly(suffix) { plain } else { id }
            }
            Kind::Property => format!("{direction}-property-{suffix}"),
        }
    }

    /// What makes two visits of the same schemas different.
    pub(crate) fn role(&self) -> Role {
        (self.kind, self.exempt)
    }
}

/// Limits inside a parameter, as on the items of a list, have the name of those on the parameter:
/// the catalogue has no other.
fn in_parameter(suffix: &str) -> String {
    let id = format!("request-parameter-property-{suffix}");
    let plain = format!("request-parameter-{suffix}");
    let limits = ["max", "min", "exclusive", "pattern", "became-enum", "x-extensible"];
    let is_limit = limits.iter().any(|limit| suffix.starts_with(limit));
    if is_limit && catalogue::level(&plain).is_some() { plain } else { id }
}

/// The catalogue passes over a type or a new limit of what is never sent; the rest it names as
/// if it were sent.
fn is_told_plainly(suffix: &str) -> bool {
    !suffix.starts_with("type-") && !suffix.ends_with("-set")
}
