// axe-core finds nothing on any page, in any state, wide and narrow, light and dark; and nothing scrolls sideways.
import { Plan, expect, expectAccessible, planPath, signInByHand, test } from '../support';

const paths = ['/', planPath, '/budget/vasteras/2021', '/budget/vasteras/2019', '/kurser', '/tillganglighet', '/lan/1850'];

const looks = [
  { name: 'wide and light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'narrow and dark', viewport: { width: 375, height: 740 }, colorScheme: 'dark' },
  { name: 'wide and dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'narrow and light', viewport: { width: 375, height: 740 }, colorScheme: 'light' },
] as const;

for (const { name, viewport, colorScheme } of looks) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme });
    // axe-core reads every node of every page.
    test.slow();

    test('every page is accessible', async ({ page }) => {
      await page.goto('/logga-in');
      await expectAccessible(page);
      await signInByHand(page, 'vasteras', 'fel');
      await expectAccessible(page);
      await signInByHand(page, 'vasteras');
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectAccessible(page);
      }
    });

    test('the plan is accessible to read and in the middle of work', async ({ editor, person }) => {
      const reader = await new Plan(await person('reader')).open();
      await expect(reader.status).not.toBeEmpty();
      await expectAccessible(reader.page);

      const plan = await editor('vasteras');
      const { page } = plan;
      const narrow = viewport.width < 640;
      await plan.cell(1, 'Kostnad').click();
      if (narrow) {
        await expect(page.getByRole('dialog')).toBeVisible();
        await page.getByLabel('Kostnad i kronor').fill('tolv');
        await page.getByLabel('Kostnad i kronor').press('Tab');
      } else {
        await plan.type('tolv');
        await plan.press('Enter');
      }
      await expect(page.getByText('är inte ett belopp').first()).toBeVisible();
      await expectAccessible(page);
      await plan.press('Escape');

      if (!narrow) {
        await plan.cell(2, 'Kostnad').click();
        await plan.press('Shift+ArrowDown');
        await expectAccessible(page);
        await plan.press('Shift+F10');
        await expect(page.getByRole('menu')).toBeVisible();
        await expectAccessible(page);
        await plan.press('Escape');
        await plan.cell(2, 'Fördelning').click();
        await plan.press('Enter');
        await page.getByRole('radio', { name: /^Efter bidrag/ }).check();
        await page.getByRole('radio', { name: /^För hand/ }).check();
        await expectAccessible(page);
        await plan.press('Escape');
      }
    });

    test('a conflict, a colleague, a removed row and being offline are accessible', async ({ editor }) => {
      const plan = await editor('vasteras');
      const norra = await editor('norra');
      await norra.page.setViewportSize({ width: 1280, height: 900 });
      await plan.page.setViewportSize({ width: 1280, height: 900 });
      await plan.setOffline(true);
      await norra.setOffline(true);
      await plan.write(1, 'Kostnad', '130000');
      await norra.write(1, 'Kostnad', '140000');
      await norra.setOffline(false);
      await plan.setOffline(false);
      await expect(plan.conflicts).toHaveCount(1);
      await plan.cell(3, 'Tema').click();
      await norra.cell(3, 'Vad').click();
      await norra.press('Control+Delete');
      await norra.cell(2, 'Vad').click();
      await expect(plan.notices).toContainText('tog bort raden');
      await plan.page.setViewportSize(viewport);
      await plan.page.getByTestId('removed').locator('summary').click();
      await expect(plan.cell(2, 'Vad')).toHaveAttribute('data-person', 'RN');
      await expectAccessible(plan.page);
      await plan.setOffline(true);
      await plan.offline();
      await expectAccessible(plan.page);
    });
  });
}

for (const width of [360, 640]) {
  test(`nothing scrolls sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const fits = async () => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, page.url()).toBe(0);
    };
    await page.goto('/logga-in');
    await fits();
    await signInByHand(page, 'vasteras');
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await fits();
    }
  });
}
