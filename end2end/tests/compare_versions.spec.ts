// The versions of a plan: what was decided is read as it was, and two are compared line by line.
import { expect, expectAccessible, test, words } from '../support';

const versions = '/budget/vasteras/2021/versioner';

test('the budget of 2021 is there as decided and as revised, and the two are compared @both', async ({ person }) => {
  const page = await person('vasteras', '/budget/vasteras/2021');
  await page.getByRole('link', { name: 'Versioner' }).click();
  await expect(page).toHaveURL(versions);
  await expect(page.getByRole('heading', { level: 1, name: 'Versioner' })).toBeVisible();
  const all = page.getByRole('region', { name: 'Alla versioner' });
  await expect(all.getByRole('row', { name: /Fastställd 2020-11-13/ })).toContainText('Bara intäkter och eget kapital är kända');
  await expect(all.getByRole('row', { name: /Reviderad 2021-03-26/ })).toContainText('2020/19-SFV');
  await expect(page.getByRole('heading', { name: 'Reviderad 2021-03-26 jämfört med Fastställd 2020-11-13' })).toBeVisible();
  const row = page.getByRole('row', { name: /^Samordningsteam Västerås/ });
  // Of the first decision only the summary is known: what it leaves out was not absent, and is no difference.
  await expect(page.getByText('Bara sammanfattningen av en av budgetarna är känd.')).toBeVisible();
  await expect(row).not.toContainText('Ny rad');
  await expect(row.getByRole('cell').nth(0)).toHaveText('inte känd');
  await expect(row.getByRole('cell').nth(1)).toHaveText('7 876 000');
  await expect(row.getByRole('cell').nth(2)).toHaveText('–');
  const total = page.getByRole('row', { name: /^Summa kostnader/ }).getByRole('cell');
  for (const [at, text] of ['inte känd', '18 506 000', '–', '–'].entries()) await expect(total.nth(at)).toHaveText(text);
  const opening = page.getByRole('row', { name: /^Ingående eget kapital/ }).getByRole('cell');
  for (const [at, text] of ['6 106 000', '8 241 000', '+2 135 000'].entries()) await expect(opening.nth(at)).toHaveText(text);
  const income = page.getByRole('row', { name: /^Summa intäkter/ }).getByRole('cell');
  for (const [at, text] of ['13 310 000', '13 310 000', '–'].entries()) await expect(income.nth(at)).toHaveText(text);
});

test('a version is read as it was, and compared with what holds now @both', async ({ person }) => {
  const page = await person('reader', versions);
  await page.getByRole('link', { name: 'Läs Reviderad 2021-03-26' }).click();
  await expect(page.getByRole('heading', { name: 'Budgeten: Reviderad 2021-03-26' })).toBeVisible();
  const sums: [RegExp, string][] = [
    [/^Summa Insatser/, '17 035 000'],
    [/^Summa kostnader/, '18 506 000'],
    [/^Årets resultat/, '−5 196 000'],
  ];
  for (const [name, sum] of sums) {
    await expect(page.getByRole('row', { name }).getByRole('cell').first()).toHaveText(sum);
  }
  await page.getByLabel('Från').selectOption({ label: 'Reviderad 2021-03-26' });
  await page.getByLabel('Till').selectOption({ label: 'Planen som den är nu' });
  await page.getByRole('button', { name: 'Jämför versioner' }).click();
  await expect(page.getByRole('heading', { name: /^Planen som den är nu jämfört med/ })).toBeVisible();
});

test('without a network versions are read and compared from this device', async ({ person }) => {
  const page = await person('vasteras', '/budget/vasteras/2021');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated');
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Versioner' }).click();
  await expect(page.getByRole('heading', { name: 'Reviderad 2021-03-26 jämfört med Fastställd 2020-11-13' })).toBeVisible();
  await page.getByRole('link', { name: 'Läs Reviderad 2021-03-26' }).click();
  await expect(page.getByRole('heading', { name: 'Budgeten: Reviderad 2021-03-26' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Summa kostnader/ }).getByRole('cell').first()).toHaveText('18 506 000');
});

test('whoever may not read the plan finds no versions of it @both', async ({ person }) => {
  const page = await person('norra', versions);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sidan finns inte');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`axe finds nothing on the versions, ${colorScheme}`, async ({ person }) => {
      const page = await person('vasteras', versions);
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Läs Reviderad 2021-03-26' }).click();
      await expectAccessible(page);
    });
  });
}
