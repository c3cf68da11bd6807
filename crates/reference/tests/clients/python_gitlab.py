"""python-gitlab against the reference server: SERVER (without /api/v4) and TOKEN are in the environment."""

import os

import gitlab


def refused(error, call, status):
    try:
        call()
    except error as refusal:
        assert refusal.response_code == status, refusal
        return refusal.error_message
    raise AssertionError(f"not refused with {status}")


gl = gitlab.Gitlab(os.environ["SERVER"], private_token=os.environ["TOKEN"])
gl.auth()
assert gl.user.username == "maintainer"
assert gl.version()[0] != "unknown"

project = gl.projects.get("root/test")
assert project.id == 20
for lazy in (20, "root/test"):
    assert len(gl.projects.get(lazy, lazy=True).cluster_agents.list(get_all=True)) == 0

agents = [project.cluster_agents.create({"name": f"agent-{n}"}) for n in range(3)]
assert project.cluster_agents.get(agents[0].id).config_project["path_with_namespace"] == "root/test"

# Pages: one at hand, all of them, and lazily by the links; by offset and as keyset asks for them.
page = project.cluster_agents.list(iterator=True, per_page=2)
assert (page.total, page.total_pages, page.per_page) == (3, 2, 2)
assert [agent.name for agent in page] == ["agent-0", "agent-1", "agent-2"]
assert len(project.cluster_agents.list(page=2, per_page=2)) == 1
keyset = {"pagination": "keyset", "order_by": "id", "sort": "asc", "per_page": 1}
assert len(project.cluster_agents.list(get_all=True, **keyset)) == 3

# What has no call of its own goes through the generic ones.
base = f"/projects/20/cluster_agents/{agents[0].id}"
token = gl.http_post(f"{base}/tokens", post_data={"name": "t", "description": "d"})
assert token["token"].startswith("glagent-")
assert [one["id"] for one in gl.http_list(f"{base}/tokens", get_all=True)] == [token["id"]]
assert gl.http_get(f"{base}/tokens/{token['id']}")["last_used_at"] is None
gl.http_delete(f"{base}/tokens/{token['id']}")
url = gl.http_post(f"{base}/url_configurations", post_data={"url": "grpc://agent"})
assert gl.http_get(f"{base}/url_configurations") == [url]
gl.http_delete(f"{base}/url_configurations/{url['id']}")
assert gl.http_head(base)["content-type"] == "application/json"

# Errors come as this client's own.
names = project.cluster_agents
taken = refused(gitlab.GitlabCreateError, lambda: names.create({"name": "agent-0"}), 400)
assert taken == '400 Bad request - ["Name has already been taken"]', taken
assert refused(gitlab.GitlabGetError, lambda: names.get(99), 404) == "404 Not found"
assert refused(gitlab.GitlabGetError, lambda: gl.projects.get(99), 404) == "404 Project Not Found"
nobody = gitlab.Gitlab(os.environ["SERVER"], private_token="unknown")
refused(gitlab.GitlabAuthenticationError, nobody.auth, 401)
bearer = gitlab.Gitlab(os.environ["SERVER"], oauth_token=os.environ["TOKEN"])
bearer.auth()

for agent in agents:
    agent.delete()
assert project.cluster_agents.list(get_all=True) == []
