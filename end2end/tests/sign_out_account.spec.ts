// Signing out leaves nothing on a shared computer, and warns if that would lose something.
import { type Page } from '@playwright/test';
import { Plan, expect, planPath, test } from '../support';

/** The names of what the browser keeps: databases with content, and caches. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const count = await new Promise<number>((resolve) => {
          const counting = database.transaction(store).objectStore(store).count();
          counting.onsuccess = () => resolve(counting.result);
        });
        if (count) names.push(`${name}/${store}`);
      }
      database.close();
    }
    return names;
  });
}

test('signing out removes the plan from the device', async ({ editor }) => {
  const { page } = await editor('vasteras');
  await new Plan(page).write(1, 'Kostnad', '1000');
  await new Plan(page).saved();
  expect(await kept(page)).not.toEqual([]);
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page).toHaveURL(/\/logga-in/);
  await expect.poll(() => kept(page)).toEqual([]);
  await page.context().setOffline(true);
  await page.goto(planPath).catch(() => {});
  await expect(page.getByText('125 000')).toHaveCount(0);
});

test('one is warned before unsent edits are removed, and may stay', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.setOffline(true);
  await plan.offline();
  await plan.write(1, 'Kostnad', '1000');
  await plan.offline(1);
  await plan.page.getByRole('button', { name: 'Logga ut' }).click();
  const dialog = plan.page.getByRole('dialog');
  await expect(dialog).toContainText('1 ändring');
  await plan.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(plan.cell(1, 'Kostnad')).toHaveText('1 000');
  await plan.setOffline(false);
  await plan.saved();
});
