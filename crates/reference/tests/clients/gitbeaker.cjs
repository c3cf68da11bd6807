// @gitbeaker/rest against the reference server: SERVER (without /api/v4) and TOKEN are in the environment.

const assert = require("node:assert/strict");
const { Gitlab } = require("@gitbeaker/rest");

const { SERVER: host, TOKEN: token } = process.env;

async function refused(call, status, message) {
  const { cause } = await call.then(() => assert.fail(`not refused with ${status}`), (error) => error);
  assert.equal(cause.response.status, status);
  assert.equal(cause.description, message);
}

async function main() {
  const { Agents, Projects, Users, requester } = new Gitlab({ host, token });
  assert.equal((await Users.showCurrentUser()).username, "maintainer");
  assert.equal((await Projects.show("root/test")).id, 20);

  for (const name of ["a", "b", "c"]) await Agents.register("root/test", name);
  const agents = await Agents.all(20, { perPage: 2 });
  assert.deepEqual(agents.map((agent) => agent.name), ["a", "b", "c"]);
  const { id } = agents[0];
  assert.equal((await Agents.show("root/test", id)).config_project.id, 20);
  assert.equal((await Agents.all(20, { pagination: "keyset", perPage: 1 })).length, 3);

  const path = `projects/20/cluster_agents/${id}`;
  const created = await requester.post(`${path}/tokens`, { body: { name: "t" } });
  assert.equal(created.status, 201);
  assert.match(created.body.token, /^glagent-/);
  // The call that is there for creating a token reads the list instead, with the name in the query.
  assert.equal((await Agents.createToken(20, id, "t")).length, 1);
  assert.equal((await Agents.allTokens(20, id)).length, 1);
  const tokenId = created.body.id;
  assert.equal((await Agents.showToken(20, id, tokenId)).last_used_at, null);
  await Agents.removeToken(20, id, tokenId);
  await refused(Agents.showToken(20, id, tokenId), 404, "404 Not found");

  const url = await requester.post(`${path}/url_configurations`, { body: { url: "grpc://agent" } });
  assert.equal(url.body.public_key.length, 44);
  await requester.delete(`${path}/url_configurations/${url.body.id}`);

  const taken = '400 Bad request - ["Name has already been taken"]';
  await refused(Agents.register(20, "a"), 400, taken);
  await refused(Agents.show(99, id), 404, "404 Project Not Found");
  const nobody = new Gitlab({ host, token: "unknown" });
  await refused(nobody.Agents.all(20), 401, "401 Unauthorized");
  const bearer = new Gitlab({ host, oauthToken: token });
  for (const agent of agents) await bearer.Agents.unregister(20, agent.id);
  assert.deepEqual(await Agents.all(20), []);
}

main();
