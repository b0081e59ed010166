// Kontrollräkning av alla planer: every plan at hand with what cannot be right in it, also without a network.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, planPath, test, words } from '../support';

const path = '/kontroll';

const titles = {
  budget: 'Budget 2021 med utblick 2022–2023',
  earlier: 'Budget 2019 med utblick 2020–2021',
  county: 'Länsgemensamma utbildningsinsatser, seminarier och åtaganden under 2021',
} as const;

const plans = (page: Page) => page.getByTestId('checked-plan');

const plan = (page: Page, title: string) =>
  plans(page).filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });

const finding = (page: Page, title: string, place: string) =>
  plan(page, title)
    .getByRole('listitem')
    .filter({ has: page.getByText(place, { exact: true }) });

/** Each figure of a finding: what is stated, what is worked out, and the difference. */
const figures = (page: Page, title: string, place: string) => finding(page, title, place).getByRole('definition');

/** Waits until the service worker has all that a start without a network needs. */
async function readyToStartOffline(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.active?.state === 'activated';
  });
}

test('the menu of every page leads to the checks, and has room on a phone @both', async ({ person }) => {
  const page = await person('reader', '/kurser');
  await page.setViewportSize({ width: 375, height: 800 });
  await page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link', { name: 'Kontroll' }).click();
  await expect(page).toHaveURL(path);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
});

test('every plan that may be read stands there, with what is stated, worked out and between @both', async ({
  person,
}) => {
  const page = await person('reader', '/');
  await page.getByRole('link', { name: 'Kontrollräkna alla planer' }).click();
  await expect(page).toHaveURL(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kontrollräkning av alla planer');
  await expect(plans(page)).toHaveCount(3);
  await expect(page.getByTestId('in-all')).toHaveText(
    '3 planer är kontrollräknade. 6 fel hittades. De finns i 3 planer. 3 regler följs inte.',
  );
  await expect(plan(page, titles.budget).getByTestId('state')).toContainText('1 fel hittades. 1 regel följs inte.');
  await expect(figures(page, titles.budget, 'Årets resultat 2022')).toHaveText([
    /^−1\s486/,
    /^−1\s559/,
    /^\+73/,
  ]);
  await expect(figures(page, titles.county, 'Summa bidrag i länsplanen')).toHaveText([/^750/, /^625/, /^\+125/]);
  await expect(finding(page, titles.earlier, 'Tillgängliga medel 2019')).toContainText('20 177');
  await page.getByRole('link', { name: 'Årets resultat 2022' }).click();
  await expect(page).toHaveURL('/budget/vasteras/2021#budget-result-2');
});

test('a plan without errors says so', async ({ person, relay }) => {
  const page = await person('vasteras');
  const form = { kind: 'plan', association: 'vasteras', year: '2022' };
  await page.context().request.post(`${relay.url}/planer`, { form, headers: { origin: relay.url } });
  await page.goto(path);
  await expect(plan(page, 'Budget 2022').getByTestId('state')).toHaveText('Inga fel hittades.');
  await expect(plan(page, 'Budget 2022').getByRole('listitem')).toHaveCount(0);
});

test('who may not read a budget is not told of it @both', async ({ person }) => {
  const page = await person('norra', path);
  await expect(plans(page)).toHaveCount(1);
  await expect(plans(page).getByRole('heading', { level: 2 })).toHaveText(titles.county);
});

test('what is written on a plan is checked at the next look', async ({ person }) => {
  const page = await person('vasteras', planPath);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.locator('#insatser tbody tr').first().locator('[data-label="Kostnad"]').click();
  await page.keyboard.type('900000');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.goto(path);
  const county = plan(page, titles.county);
  await expect(county.getByTestId('state')).toContainText('1 regel följs inte.');
  await county.getByRole('link', { name: 'Bidrag mot kostnader i länsplanen' }).click();
  await expect(page).toHaveURL(`${planPath}#bidrag-summa`);
  await expect(page.locator('#bidrag-summa')).toBeInViewport();
});

test('without a network the plans on this device are checked, with what was never sent', async ({ person }) => {
  const page = await person('vasteras', '/budget/vasteras/2021');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await readyToStartOffline(page);
  await page.context().setOffline(true);
  await expect(page.getByTestId('status')).toContainText(words.offline);
  await page.locator('#budget tbody tr').filter({ hasText: 'Länsgemensamma' }).locator('[data-label="Budget 2021"]').click();
  await page.keyboard.type('350000');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('status')).toContainText('1 ändring');
  await page.goto(path);
  await expect(page.getByText('Du är offline. Här är planerna som de är på den här datorn.')).toBeVisible();
  const budget = plan(page, titles.budget);
  await expect(budget.getByRole('listitem').filter({ hasText: 'Summa Insatser 2021' })).toContainText('100');
  await expect(plans(page).filter({ hasText: 'Planen finns inte på den här datorn.' })).toHaveCount(2);
});

for (const look of [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 375, height: 740 }, colorScheme: 'dark' },
] as const) {
  test.describe(look.colorScheme, () => {
    test.use(look);

    test(`axe finds nothing on the checks, ${look.colorScheme}, and nothing scrolls sideways`, async ({ person }) => {
      const page = await person('vasteras', path);
      await expect(plans(page)).toHaveCount(3);
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });
  });
}
