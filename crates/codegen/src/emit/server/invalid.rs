//! What is handed over in the place of a parameter that breaks the schema, and how it becomes an
//! answer.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::model::{Answer, Op, Stub};
use crate::document::Location;

/// A kind of rejection with the status that it lands on.
type Kind = (&'static str, u16);

pub(super) fn tokens(stub: &Stub<'_>) -> Option<TokenStream> {
    let error = &stub.error;
    let any = stub.operations.iter().any(|op| !kinds(op).is_empty());
    any.then(|| {
        quote! {
            /// A parameter that breaks the schema.
            ///
            /// It is handed over, so that the operation decides what it judges first; one that is
            /// never looked at is never refused. Where the document allows it, `?` makes the
            /// documented answer of it, or `into()` the response of the operation.
            #[derive(Clone, Debug, PartialEq)]
            pub struct InvalidParameter {
                /// What is wrong.
                pub rejection: Rejection,
                /// The body of the answer.
                pub error: #error,
            }

            impl InvalidParameter {
                fn new<A: Api>(rejection: Rejection) -> Self {
                    let error = A::error(&rejection);
                    Self { rejection, error }
                }
            }
        }
    })
}

/// What becomes of an invalid parameter in every operation, unless they differ.
pub(super) fn from_common(stub: &Stub<'_>, name: &Ident) -> Option<TokenStream> {
    let kinds: BTreeSet<Kind> = stub.operations.iter().flat_map(kinds).collect();
    let names: BTreeSet<_> = kinds.iter().map(|(name, _)| name).collect();
    let alike = names.len() == kinds.len();
    alike.then(|| from(name, kinds, &stub.common)).flatten()
}

/// What becomes of an invalid parameter in one operation.
pub(super) fn from_own(op: &Op<'_>) -> Option<TokenStream> {
    from(&op.response, kinds(op), &op.answers)
}

/// The ways in which the parameters of an operation break the schema.
fn kinds(op: &Op<'_>) -> Vec<Kind> {
    let landing = &op.landing;
    let kinds = [
        ("NotFound", Location::Path, landing.not_found),
        ("Path", Location::Path, landing.path),
        ("Query", Location::Query, landing.query),
        ("Header", Location::Header, landing.header),
    ];
    let breakable =
        |location| op.parameters.iter().any(|one| one.location == location && one.can_break());
    let kinds = kinds.into_iter().filter(|(_, location, _)| breakable(*location));
    kinds.map(|(name, _, status)| (name, status)).collect()
}

/// Nothing if an answer needs more than the error.
fn from(
    name: &Ident,
    kinds: impl IntoIterator<Item = Kind>,
    answers: &[Answer],
) -> Option<TokenStream> {
    let variant = |status| {
        let plain = answers.iter().find(|one| one.status == status && one.headers.is_none());
        plain.map(|answer| &answer.variant)
    };
    let kinds = kinds.into_iter().map(|(kind, status)| Some((kind, variant(status)?)));
    let kinds: Vec<_> = kinds.collect::<Option<_>>()?;
    let (_, usual) = kinds.last()?;
    let arms = kinds.iter().filter(|(_, variant)| variant != usual).map(|(kind, variant)| {
        let kind = format_ident!("{kind}");
        quote!(Rejection::#kind { .. } => Self::#variant(invalid.error),)
    });
    let arms: Vec<_> = arms.collect();
    let made = match arms.as_slice() {
        [] => quote!(Self::#usual(invalid.error)),
        arms => quote! {
            match invalid.rejection {
                #(#arms)*
                _ => Self::#usual(invalid.error),
            }
        },
    };
    Some(quote! {
        impl From<InvalidParameter> for #name {
            fn from(invalid: InvalidParameter) -> Self { #made }
        }
    })
}
