// Who is erased is gone from every device, at its next contact, and nobody else's work is lost by it.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support';
import { Room } from '../support/room';

const canary = 'Zvxqwysson';
const name = `Kanariefågel ${canary}`;

/** Every key and value of every store, cache and storage of this device, as text. */
function everything(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found: string[] = [];
    const latin = new TextDecoder('latin1');
    const tell = (value: unknown): void => {
      if (value instanceof Uint8Array) found.push(latin.decode(value), new TextDecoder().decode(value));
      else if (value !== null && typeof value === 'object') Object.entries(value).forEach((pair) => pair.forEach(tell));
      else found.push(String(value));
    };
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        tell(await done(objects.getAllKeys()));
        tell(await done(objects.getAll()));
      }
      database.close();
    }
    for (const cacheName of await caches.keys()) {
      const cache = await caches.open(cacheName);
      for (const request of await cache.keys()) {
        found.push(request.url);
        if (!/\.(wasm|js)$/.test(request.url)) found.push((await (await cache.match(request))?.text()) ?? '');
      }
    }
    tell({ ...localStorage });
    tell({ ...sessionStorage });
    return found.join('\n');
  });
}

const documentOf = (page: Page) => new URL(page.url()).pathname.split('/').pop() ?? '';

async function signUp(page: Page, document: string) {
  await page.goto(`/anmalan/${document}`);
  await page.getByLabel('Namn', { exact: true }).fill(name);
  await page.getByLabel('E-postadress').fill(`${canary.toLowerCase()}@kanarie.example`);
  await page.getByRole('radio', { name: 'Kommunen' }).check();
  await page.getByRole('button', { name: 'Anmäl mig' }).click();
  await expect(page.getByRole('heading', { name: 'Du har en plats' })).toBeVisible();
}

async function erase(page: Page) {
  await page.goto('/kurser/gallring');
  await page.getByLabel('Namn eller e-post').fill(canary);
  await page.getByRole('button', { name: 'Sök' }).click();
  await expect(page.getByRole('checkbox', { name })).toBeChecked();
  expect(page.url()).not.toContain(canary);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Radera valda anmälningar' }).click();
  await expect(page.getByText('En anmälan är raderad.')).toBeVisible();
  await expect(page.getByText('1 person, på begäran')).toBeVisible();
}

test('a name is nowhere on any device once its bearer is erased', async ({ page, person }) => {
  const here = await Room.open(await person('vasteras'));
  const away = await Room.open(await person('norra'));
  const old = documentOf(here.page);
  await signUp(page, old);
  await here.register('Deltagare ett');
  for (const room of [here, away]) {
    await expect(room.person(name)).toBeVisible();
    await expect(room.person('Deltagare ett')).toBeVisible();
    await room.saved();
    expect(await everything(room.page), 'or the test shows nothing').toContain(old);
  }
  await away.page.context().setOffline(true);
  await expect(away.status).toContainText('offline');
  await away.tick('Deltagare ett').check();
  await away.tick(name).check();
  await away.register('Deltagare två');

  await erase(await person('vasteras'));
  await expect(here.page).not.toHaveURL(new RegExp(old));
  await expect(here.person('Deltagare ett')).toBeVisible();
  await away.page.context().setOffline(false);
  await expect(away.page).not.toHaveURL(new RegExp(old));

  for (const room of [here, away]) {
    await expect(room.person('Deltagare två'), 'came to the door without a network').toBeVisible();
    await expect(room.tick('Deltagare ett')).toBeChecked();
    await expect(room.person(name)).toHaveCount(0);
    await room.saved();
    const left = await everything(room.page);
    expect(left).not.toContain(canary);
    expect(left).not.toContain(canary.toLowerCase());
    expect(left, 'nor anything of the old copy').not.toContain(old);
  }
  // What was an address of it leads on.
  await page.goto(`/anmalan/${old}`);
  expect(documentOf(page)).toBe(documentOf(here.page));
});

test('a device that was away purges before it shows anything', async ({ page, person }) => {
  const room = await Room.open(await person('vasteras'));
  const old = documentOf(room.page);
  await signUp(page, old);
  await expect(room.person(name)).toBeVisible();
  await room.saved();
  await room.page.goto('about:blank');
  await erase(await person('norra'));
  await room.page.goto('/kurser');
  await expect(room.page.getByRole('heading', { level: 1, name: 'Kurser' })).toBeVisible();
  await expect.poll(() => everything(room.page)).not.toContain(old);
  expect(await everything(room.page)).not.toContain(canary);
  await room.page.goto(`/kurser/${old}`);
  expect(documentOf(room.page)).not.toBe(old);
});

test('what goes, what is gone and how many there were is told @both', async ({ person }) => {
  const page = await person('vasteras', '/kurser/gallring');
  await expect(page.getByRole('heading', { level: 1, name: 'Gallring och radering' })).toBeVisible();
  await expect(page.getByText('Anmälningar sparas 365 dagar efter sista kursdagen.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Sök' }).click();
  await expect(page.getByLabel('Namn eller e-post')).toHaveAccessibleDescription(/minst tre bokstäver/);
  await page.goto('/kurser/statistik');
  await expect(page.getByRole('heading', { level: 1, name: 'Statistik över kurser' })).toBeVisible();
});

test('the pages of erasure and statistics can be used by everybody', async ({ person }) => {
  const page = await person('vasteras', '/kurser/gallring');
  await expect(page.getByRole('heading', { level: 1, name: 'Gallring och radering' })).toBeVisible();
  await expectAccessible(page);
  await page.goto('/kurser/statistik');
  await expect(page.getByRole('heading', { level: 1, name: 'Statistik över kurser' })).toBeVisible();
  await expectAccessible(page);
});
