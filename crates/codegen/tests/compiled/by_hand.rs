//! What the generated client and the generated mock have beside them in their crates. Here they are
//! only compiled, so that nothing of this does anything.

use httpmock::{Mock, Then, When};

pub mod call {
    #[derive(Clone, Debug)]
    pub struct Call;
}

pub mod path {
    pub fn encode(value: &str) -> String {
        value.to_owned()
    }
}

pub mod pages {
    pub fn only(then: httpmock::Then, _items: usize) -> httpmock::Then {
        then
    }
}

pub trait Mocks {
    fn mock<F: FnOnce(When, Then)>(&self, config: F) -> Mock<'_>;
}

pub fn segment(value: &str) -> String {
    value.to_owned()
}
