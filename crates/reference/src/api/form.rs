//! The form of a request: whether its parameters can be read at all. Everything that is wrong with it
//! is told at once, as in `agent_id is invalid, name is missing`.

use cluster_agents_server::{InvalidBody, InvalidParameter, Rejection};

use super::Denial;

/// What is wrong with the form of a request, in the order of its parameters.
#[derive(Debug, Default)]
pub(super) struct Form(Vec<String>);

impl Form {
    /// A number. More digits than fit are a number too: that nothing has it is told where it would
    /// be looked up.
    pub(super) fn number<T>(mut self, parameter: &Result<T, InvalidParameter>) -> Self {
        match parameter {
            Ok(_) | Err(InvalidParameter { rejection: Rejection::NotFound { .. }, .. }) => {}
            Err(invalid) => self.0.push(invalid.rejection.to_string()),
        }
        self
    }

    /// The number and the size of a page.
    pub(super) fn page(
        self,
        number: &Result<Option<i64>, InvalidParameter>,
        size: &Result<Option<i64>, InvalidParameter>,
    ) -> Self {
        let mut form = self.number(number).number(size);
        if matches!(size, Ok(Some(0))) {
            form.0.push("per_page has a value not allowed".to_owned());
        }
        form
    }

    /// The fields of a body. Values that are not allowed are no matter of form: they are told after
    /// the role of the caller.
    pub(super) fn body<T>(mut self, body: &Result<T, InvalidBody>) -> Self {
        let violations = body.as_ref().err().map(|invalid| &invalid.violations);
        let form = violations.into_iter().flatten().filter(|violation| violation.is_form());
        self.0.extend(form.map(ToString::to_string));
        self
    }

    /// Refuses a request that does not have its form.
    pub(super) fn judge(self) -> Result<(), Denial> {
        if self.0.is_empty() { Ok(()) } else { Err(Denial::Malformed(self.0.join(", "))) }
    }
}
