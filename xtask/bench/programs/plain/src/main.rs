//! What one writes without any client: reqwest and serde, and nothing against redirects, rate limits,
//! broken connections or errors in other forms.

use reqwest::Response;
use reqwest::header::HeaderValue;
use serde::Deserialize;

include!("../../measure.rs");

#[derive(Deserialize)]
#[allow(dead_code)]
struct Agent {
    id: i64,
    name: String,
    config_project: ConfigProject,
    created_at: String,
    created_by_user_id: Option<i64>,
    is_receptive: Option<bool>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct ConfigProject {
    id: i64,
    description: Option<String>,
    name: String,
    name_with_namespace: String,
    path: String,
    path_with_namespace: String,
    created_at: String,
}

fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build().unwrap();
    let mut token = HeaderValue::from_static("secret");
    token.set_sensitive(true);
    let agents = format!("{}/projects/20/cluster_agents", server());
    block_on(async {
        match task() {
            Task::Get(count) => {
                let get = async || -> reqwest::Result<i64> {
                    let request = http.get(format!("{agents}/{}", 5));
                    let request = request.header("private-token", token.clone());
                    let answer = request.header("accept", "application/json").send().await?;
                    Ok(answer.error_for_status()?.json::<Agent>().await?.id)
                };
                calls(count, async || get().await.unwrap()).await;
            }
            Task::List(project) => {
                let read = async |page: Response| page.json::<Vec<Agent>>().await.unwrap().len();
                list(&http, project, &token, read).await;
            }
            Task::Raw(project) => {
                // What is in a page is not looked at: it has as many agents as it was asked for.
                let read = async |page: Response| page.bytes().await.unwrap().len().min(1) * 100;
                list(&http, project, &token, read).await;
            }
        }
    });
}

async fn list(
    http: &reqwest::Client,
    project: i64,
    token: &HeaderValue,
    read: impl AsyncFn(Response) -> usize,
) {
    let agents = format!("{}/projects/{project}/cluster_agents", server());
    let (start, mut items, mut page) = (Instant::now(), 0, "1".to_owned());
    while !page.is_empty() {
        let request = http.get(&agents).query(&[("page", &*page), ("per_page", "100")]);
        let request = request.header("private-token", token.clone());
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        page = answer.headers()["x-next-page"].to_str().unwrap().to_owned();
        items += read(answer).await;
    }
    listed(items, start.elapsed());
}
