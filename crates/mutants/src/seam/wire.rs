//! Around the whole server: what is between the wire and the reference.

use std::sync::Arc;

use cluster_agents_server::Operation;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value};

use super::call::{Answer, Call};

/// Answers a request with the help of the server behind it.
pub(crate) type Handler = Arc<dyn Fn(Call, Next) -> BoxFuture<'static, Answer> + Send + Sync>;

/// The server behind a handler. It can be asked any number of times.
#[derive(Clone)]
pub(crate) struct Next(Arc<dyn Fn(Call) -> BoxFuture<'static, Answer> + Send + Sync>);

impl Next {
    pub(crate) fn new(
        answer: impl Fn(Call) -> BoxFuture<'static, Answer> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(answer))
    }

    pub(crate) async fn call(&self, call: Call) -> Answer {
        (self.0)(call).await
    }

    /// The handler and this server as one.
    pub(crate) fn behind(self, handler: Handler) -> Self {
        Self::new(move |call| handler(call, self.clone()))
    }
}

/// Anything around the server.
pub(crate) fn around<F: Future<Output = Answer> + Send + 'static>(
    handle: impl Fn(Call, Next) -> F + Send + Sync + 'static,
) -> Handler {
    Arc::new(move |call, next| handle(call, next).boxed())
}

/// Changes answers, knowing their requests.
pub(crate) fn after(edit: impl Fn(&Call, &mut Answer) + Send + Sync + 'static) -> Handler {
    let edit = Arc::new(edit);
    around(move |call, next| {
        let edit = Arc::clone(&edit);
        async move {
            let mut answer = next.call(call.clone()).await;
            edit(&call, &mut answer);
            answer
        }
    })
}

/// Changes requests.
pub(crate) fn before(edit: impl Fn(&mut Call) + Send + Sync + 'static) -> Handler {
    Arc::new(move |mut call, next| {
        edit(&mut call);
        async move { next.call(call).await }.boxed()
    })
}

/// Answers some requests without asking the server.
pub(crate) fn instead(answer: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Handler {
    Arc::new(move |call, next| match answer(&call) {
        Some(answer) => async move { answer }.boxed(),
        None => async move { next.call(call).await }.boxed(),
    })
}

/// Changes every object that these operations show.
pub(crate) fn items(
    operations: &'static [Operation],
    edit: impl Fn(&mut Map<String, Value>) + Send + Sync + 'static,
) -> Handler {
    after(move |call, answer| {
        if call.is(operations) && answer.is_success() {
            answer.each(&edit);
        }
    })
}

/// Gives one status instead of another, with the body that is there.
pub(crate) fn status(operations: &'static [Operation], from: u16, to: u16) -> Handler {
    after(move |call, answer| {
        if call.is(operations) && answer.status == from {
            answer.status = to;
        }
    })
}

/// Two things at once, the first one outermost.
pub(crate) fn both(outer: Handler, inner: Handler) -> Handler {
    Arc::new(move |call, next| outer(call, next.behind(Arc::clone(&inner))))
}
