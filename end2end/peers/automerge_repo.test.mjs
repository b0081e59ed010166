// The JavaScript client from npm, as it is, through our relay.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { from, save } from "@automerge/automerge";
import { Repo, generateAutomergeUrl, parseAutomergeUrl } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import { signIn, startRelay, withCookie } from "./relay.mjs";

const EDITOR = "redaktor@vasteras.example";
const READER = "lasare@vasteras.example";
const OUTSIDER = "redaktor@annat.example";

let relay;
const closing = [];

before(async () => {
  relay = await startRelay();
});

after(async () => {
  for (const close of closing.reverse()) await close();
  await relay.stop();
});

/** A repo from npm, signed in as `email`. */
async function client(email) {
  const cookie = await signIn(relay, email);
  const way = await withCookie(relay, cookie);
  const adapter = new WebSocketClientAdapter(way.url, 200);
  const repo = new Repo({ network: [adapter] });
  closing.push(async () => {
    await repo.shutdown();
    await way.close();
  });
  await adapter.whenReady();
  return { repo, way, cookie };
}

/** Registers free content of an association under a new id. */
async function register(cookie, association = "vasteras") {
  const url = generateAutomergeUrl();
  const { documentId } = parseAutomergeUrl(url);
  const answer = await fetch(`${relay.url}/api/documents`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify({ id: documentId, kind: "other", association, title: "Anteckningar" }),
  });
  assert.equal(answer.status, 201, await answer.text());
  return { url, documentId };
}

/** Writes the first content under the registered id. */
function create(repo, documentId, content) {
  return repo.import(save(from(content)), { docId: documentId });
}

async function until(what, condition, milliseconds = 10_000) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (await condition()) return;
    await sleep(10);
  }
  assert.fail(`not in time: ${what}`);
}

test("two clients write the same document at once, and one comes back after its network was away", async () => {
  const first = await client(EDITOR);
  const { url, documentId } = await register(first.cookie);
  const mine = create(first.repo, documentId, { title: "från början", rows: {} });

  const second = await client(EDITOR);
  const theirs = await second.repo.find(url);
  await until("the content reached the second client", () => theirs.doc()?.title === "från början");

  for (let n = 0; n < 20; n++) {
    mine.change((doc) => { doc.rows[`m${n}`] = n; });
    theirs.change((doc) => { doc.rows[`t${n}`] = n; });
  }
  const rows = (handle) => Object.keys(handle.doc().rows).length;
  await until("both have both", () => rows(mine) === 40 && rows(theirs) === 40);

  second.way.cut();
  theirs.change((doc) => { doc.offline = "utan nät"; });
  mine.change((doc) => { doc.meanwhile = "under tiden"; });
  await until("what was written apart has met", () =>
    mine.doc().offline === "utan nät" && theirs.doc().meanwhile === "under tiden");
  assert.deepEqual(mine.heads(), theirs.heads());
});

test("ephemeral messages go both ways, once each", async () => {
  const first = await client(EDITOR);
  const { url, documentId } = await register(first.cookie);
  const mine = create(first.repo, documentId, { x: 1 });
  const second = await client(READER);
  const theirs = await second.repo.find(url);
  await until("the content arrived", () => theirs.doc()?.x === 1);
  const heard = { mine: [], theirs: [] };
  mine.on("ephemeral-message", ({ message }) => heard.mine.push(message.text));
  theirs.on("ephemeral-message", ({ message }) => heard.theirs.push(message.text));
  mine.broadcast({ text: "hej" });
  theirs.broadcast({ text: "hallå" });
  await until("both were heard", () => heard.mine.length > 0 && heard.theirs.length > 0);
  await sleep(300);
  assert.deepEqual(heard, { mine: ["hallå"], theirs: ["hej"] });
});

test("what the relay has taken survives kill -9", async () => {
  const first = await client(EDITOR);
  const { url, documentId } = await register(first.cookie);
  const mine = create(first.repo, documentId, { kept: true });
  const second = await client(EDITOR);
  const theirs = await second.repo.find(url);
  await until("the content arrived", () => theirs.doc()?.kept === true);
  await relay.restart("SIGKILL");
  mine.change((doc) => { doc.after = 1; });
  await until("both came back", () => theirs.doc().after === 1);
  const third = await client(READER);
  const fresh = await third.repo.find(url);
  await until("a newcomer gets all of it", () => fresh.doc()?.after === 1 && fresh.doc().kept);
});

test("an outsider gets the same as for a document that does not exist", async () => {
  const first = await client(EDITOR);
  const { url, documentId } = await register(first.cookie);
  create(first.repo, documentId, { secret: 1 });
  const outsider = await client(OUTSIDER);
  await assert.rejects(outsider.repo.find(url), /unavailable/);
  await assert.rejects(outsider.repo.find(generateAutomergeUrl()), /unavailable/);
});

test("what a reader writes reaches nobody", async () => {
  const first = await client(EDITOR);
  const { url, documentId } = await register(first.cookie);
  const mine = create(first.repo, documentId, { x: 1 });
  const reader = await client(READER);
  const theirs = await reader.repo.find(url);
  await until("the content arrived", () => theirs.doc()?.x === 1);
  theirs.change((doc) => { doc.x = 2; });
  mine.change((doc) => { doc.y = 3; });
  await until("the editor's next change reached the reader", () => theirs.doc().y === 3);
  assert.equal(mine.doc().x, 1);
});
