//! What the conformance suite knows of the document and the ledger.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use crate::document::{Operation, pointer};
use crate::{Document, Findings, Ledger};

use super::{file, names};

/// A value as the text of a JSON file.
pub(super) fn json(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Where each operation and each requirement begins in its file, by its id.
pub(super) fn lines(document: &Document, ledger: &Ledger) -> Value {
    let operation = |operation: &Operation| {
        let path = pointer::join("/paths", &operation.path);
        let line = document.line(&pointer::join(&path, operation.method.lower()));
        (operation.id.clone(), Value::from(line))
    };
    let operations: Map<_, _> = document.operations().iter().map(operation).collect();
    let requirements = ledger.requirements.iter().enumerate();
    let requirements: Map<_, _> =
        requirements.map(|(index, it)| (it.id.clone(), Value::from(ledger.line(index)))).collect();
    json!({ "operations": operations, "requirements": requirements })
}

/// The requirement ids and the table of operations.
pub(super) fn tables(document: &Document, ledger: &Ledger) -> Result<String, Findings> {
    let ids = requirement_ids(ledger);
    let operations = document.operations().iter().map(operation);
    file::file(
        document,
        quote! {
            /// The whole document as JSON, references unresolved.
            pub const DOCUMENT_JSON: &str = include_str!("generated/document.json");
            /// The whole ledger as JSON.
            pub const LEDGER_JSON: &str = include_str!("generated/ledger.json");
            /// The line of each operation in the document and of each requirement in the ledger.
            pub const LINES_JSON: &str = include_str!("generated/lines.json");

            #ids

            /// What the suite has to know of an operation before it sends anything.
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct OperationInfo {
                /// Its `operationId`.
                pub id: &'static str,
                /// The method in capital letters.
                pub method: &'static str,
                /// The path template.
                pub path: &'static str,
                /// The smallest role that is served.
                pub minimum_role: &'static str,
                /// The profile that it belongs to.
                pub profile: &'static str,
                /// The documented status of success.
                pub success: u16,
                /// Every documented status in ascending order.
                pub statuses: &'static [u16],
                /// Whether it has the parameters `page` and `per_page`.
                pub paginated: bool,
            }

            /// The operations in the order of the document.
            pub const OPERATIONS: &[OperationInfo] = &[#(#operations),*];
        },
    )
}

fn requirement_ids(ledger: &Ledger) -> TokenStream {
    let texts: Vec<_> = ledger.requirements.iter().map(|requirement| &requirement.id).collect();
    let variants: Vec<_> = texts.iter().map(|id| names::pascal(id)).collect();
    let docs = ledger.requirements.iter().map(|requirement| &requirement.statement);
    quote! {
        /// A requirement of the ledger.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RequirementId { #( #[doc = #docs] #variants ),* }

        impl RequirementId {
            /// All of them in the order of the ledger.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The id as the ledger writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { #(Self::#variants => #texts),* }
            }
        }

        impl std::fmt::Display for RequirementId {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for RequirementId {
            type Err = ();

            fn from_str(id: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|known| known.as_str() == id).ok_or(())
            }
        }
    }
}

fn operation(operation: &Operation) -> TokenStream {
    let text = |key: &str| operation.extensions.get(key).and_then(Value::as_str).unwrap_or("");
    let (id, path) = (&operation.id, &operation.path);
    let method = operation.method.upper();
    let (role, profile) = (text("x-minimum-role"), text("x-profile"));
    let mut statuses: Vec<_> = operation.responses.iter().map(|response| response.status).collect();
    statuses.sort_unstable();
    let success = statuses.iter().find(|status| **status < 300);
    let paginated = operation.parameters.iter().any(|parameter| parameter.name == "per_page");
    quote! {
        OperationInfo {
            id: #id, method: #method, path: #path, minimum_role: #role, profile: #profile,
            success: #success, statuses: &[#(#statuses),*], paginated: #paginated,
        }
    }
}
