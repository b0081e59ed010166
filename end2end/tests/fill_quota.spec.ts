// The device has no room left: that is said clearly, and no edit is lost silently.
import { type Page } from '@playwright/test';
import { Plan, expect, planPath, test, words } from '../support';

/** Makes every write to IndexedDB fail as a full disk does, while `full` is set. */
async function withDisk(page: Page): Promise<(full: boolean) => Promise<void>> {
  await page.addInitScript(() => {
    const disk = window as never as { full: boolean };
    for (const name of ['put', 'add'] as const) {
      const whole = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function (this: IDBObjectStore, ...given: [unknown, IDBValidKey?]) {
        if (disk.full) throw new DOMException('The disk is full', 'QuotaExceededError');
        return whole.apply(this, given);
      };
    }
  });
  return (full) => page.evaluate((full) => void ((window as never as { full: boolean }).full = full), full);
}

test('a full disk is told, and the edit is stored once there is room again', async ({ person, editor }) => {
  const norra = await editor('norra');
  const page = await person('vasteras');
  const fill = await withDisk(page);
  const plan = await (await new Plan(page).open()).saved();

  await fill(true);
  await plan.write(1, 'Kostnad', '61000');
  await expect(plan.status).toContainText(words.cannotSave);
  await expect(plan.cell(1, 'Kostnad')).toHaveText('61 000');

  await fill(false);
  await plan.saved();
  await expect(norra.cell(1, 'Kostnad')).toHaveText('61 000');
  await page.goto(planPath);
  await plan.saved();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('61 000');
});

test('one can work on with a full disk, and nothing of it is lost', async ({ person, editor }) => {
  const norra = await editor('norra');
  const page = await person('vasteras');
  const fill = await withDisk(page);
  const plan = await (await new Plan(page).open()).saved();
  await fill(true);
  await plan.write(1, 'Kostnad', '62000');
  await plan.write(2, 'Kostnad', '63000');
  await norra.write(3, 'Kostnad', '64000');
  await expect(plan.status).toContainText(words.cannotSave);
  await fill(false);
  for (const each of [plan, norra]) {
    await each.saved();
    await expect(each.column('Kostnad')).toHaveText(['62 000', '63 000', '64 000', '200 000']);
  }
});

test('closing the page is warned about while something is not saved', async ({ person }) => {
  const page = await person('vasteras');
  const fill = await withDisk(page);
  const plan = await (await new Plan(page).open()).saved();
  await fill(true);
  await plan.write(1, 'Kostnad', '65000');
  await expect(plan.status).toContainText(words.cannotSave);
  const asked = page.waitForEvent('dialog');
  void page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('65 000');
});
