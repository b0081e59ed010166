// Who may do what: readers read, outsiders learn nothing, not even that there is something.
import { type Page } from '@playwright/test';
import { Repo } from '@automerge/automerge-repo';
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket';
import { withCookie } from '../peers/relay.mjs';
import { Plan, type Relay, expect, planPath, signIn, test, words } from '../support';

/** The client from npm, which knows nothing of our pages, with somebody's session. */
async function strangerFor(page: Page, relay: Relay) {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const way = await withCookie(relay, cookie);
  const adapter = new WebSocketClientAdapter(way.url, 200);
  const repo = new Repo({ network: [adapter] });
  await adapter.whenReady();
  return {
    repo,
    async close() {
      await repo.shutdown();
      await way.close();
    },
  };
}

async function documentId(page: Page): Promise<string> {
  const documents = await (await page.request.get('/api/documents')).json();
  return documents.find(({ kind }: { kind: string }) => kind === 'county').id;
}

test('a reader reads everything and finds no way to write @both', async ({ person, javaScriptEnabled }) => {
  const page = await person('reader', planPath);
  const plan = new Plan(page);
  await expect(page.getByText(words.reader).filter({ visible: true })).toHaveCount(1);
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
  await expect(plan.button('Lägg till rad')).toHaveCount(0);
  await expect(plan.button('Ångra')).toHaveCount(0);
  if (javaScriptEnabled === false) return;

  await expect(plan.status).toHaveText(words.reader);
  await expect(plan.grid()).toHaveAttribute('aria-readonly', 'true');
  await plan.cell(1, 'Kostnad').click();
  await plan.press('Enter', 'F2', '7', 'Delete', 'Control+Delete', 'Control+Enter', 'Alt+ArrowDown', 'Control+z');
  await plan.paste(1, 'Kostnad', '1\t2\n3\t4');
  await plan.cell(1, 'Kostnad').dblclick();
  await expect(plan.editor).toHaveCount(0);
  await expect(plan.rows()).toHaveCount(4);
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
  await plan.press('Shift+F10');
  await expect(page.getByRole('menuitem')).toHaveText([/Kopiera/, /Visa ändringar/]);
});

test('a reader sees what editors write, at once', async ({ editor, person }) => {
  const vasteras = await editor('vasteras');
  const reader = new Plan(await person('reader', planPath));
  await expect(reader.status).toHaveText(words.reader);
  await vasteras.write(1, 'Kostnad', '77000');
  await expect(reader.cell(1, 'Kostnad')).toHaveText('77 000');
});

test('what a reader sends past the page reaches nobody', async ({ editor, person, relay }) => {
  const vasteras = await editor('vasteras');
  const id = await documentId(vasteras.page);
  const reader = await strangerFor(await person('reader'), relay);
  const handle = await reader.repo.find<Record<string, unknown>>(`automerge:${id}` as never);
  handle.change((doc) => {
    doc.title = 'Kapad';
  });
  await vasteras.write(1, 'Kostnad', '78000');
  await expect.poll(() => JSON.stringify(handle.doc())).toContain('7800000');

  const other = await strangerFor(await person('norra'), relay);
  const honest = await other.repo.find<Record<string, unknown>>(`automerge:${id}` as never);
  await expect.poll(() => JSON.stringify(honest.doc())).toContain('7800000');
  expect(JSON.stringify(honest.doc())).not.toContain('Kapad');
  await vasteras.page.reload();
  await vasteras.saved();
  await expect(vasteras.page.getByRole('heading', { level: 1 })).not.toContainText('Kapad');
  await reader.close();
  await other.close();
});

test('an outsider gets the same page for a plan as for none @both', async ({ person }) => {
  const page = await person('outsider', '/');
  await expect(page.getByText('Här finns inga planer än')).toBeVisible();
  const there = await page.goto(planPath);
  const text = await page.locator('main').innerText();
  const none = await page.goto('/lan/1850');
  expect(there?.status()).toBe(404);
  expect(none?.status()).toBe(404);
  expect(await page.locator('main').innerText()).toBe(text);
  expect(text).toContain('Sidan finns inte');
});

test('an outsider gets the same answers from the interface as for a plan that does not exist', async ({ person, relay }) => {
  const vasteras = await person('vasteras');
  const outsider = await person('outsider');
  const id = await documentId(vasteras);
  expect(await (await outsider.request.get('/api/documents')).json()).toEqual([]);
  const people = await outsider.request.get(`/api/documents/${id}/people`);
  const nobody = await outsider.request.get('/api/documents/4NMNnkMhL8jXrdJ9jamS58PAVdXu/people');
  expect([people.status(), await people.text()]).toEqual([nobody.status(), await nobody.text()]);
  expect(people.status()).toBe(404);

  const { repo, close } = await strangerFor(outsider, relay);
  await expect(repo.find(`automerge:${id}` as never)).rejects.toThrow(/unavailable/);
  await close();
});

test('nobody gets anything without signing in @both', async ({ page, request, relay }) => {
  await page.goto(planPath);
  await expect(page).toHaveURL(/\/logga-in\?next=/);
  expect((await request.get(`${relay.url}/api/documents`)).status()).toBe(401);
  expect((await request.get(`${relay.url}/api/session`)).status()).toBe(401);
});

test('another site gets no socket with the user’s cookie', async ({ context, relay }) => {
  await signIn(context, relay.url, 'vasteras');
  const upgrade = (origin: string) =>
    context.request.get(`${relay.url}/sync`, {
      headers: {
        origin,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
      timeout: 3000,
    });
  expect((await upgrade('https://ond.example')).status()).toBe(403);
});
