// Kontrollräkning: what cannot be right is shown with where it stands, and a printed figure is judged as it is typed.
import type { Page } from '@playwright/test';
import { Plan, expect, expectAccessible, test, words } from '../support';

const findings = (page: Page) => page.getByTestId('checks').getByRole('listitem');

const finding = (page: Page, place: string) => findings(page).filter({ has: page.getByText(place, { exact: true }) });

test('in the budget of 2021 one printed result is wrong, and the equity is above its ceiling @both', async ({
  person,
}) => {
  const page = await person('reader', '/budget/vasteras/2021');
  await expect(findings(page)).toHaveCount(2);
  await expect(finding(page, 'Årets resultat 2022')).toContainText('anges till −1 486 tkr');
  await expect(finding(page, 'Årets resultat 2022')).toContainText('ger −1 559 tkr');
  await expect(finding(page, 'Utgående eget kapital 2021')).toContainText('383 tkr över taket');
  await page.getByRole('link', { name: 'Årets resultat 2022' }).click();
  await expect(page).toHaveURL(/#budget-result-2$/);
  await expect(page.getByTestId('checks')).toContainText('Det stämmer med bidraget i länsplanen');
});

test('in 2019 one printed sum is wrong and three figures of the table of benefits @both', async ({ person }) => {
  const page = await person('reader', '/budget/vasteras/2019');
  await expect(finding(page, 'Tillgängliga medel 2019')).toContainText('20 177');
  await expect(finding(page, 'Helårsekvivalenter Västerås 2017, totalt')).toContainText('13 236');
  await expect(finding(page, 'Helårsekvivalenter Västmanlands län 2017, totalt')).toContainText('26 332');
  await expect(finding(page, 'Helårsekvivalenter Riket 2018, andel av befolkningen 20–64 år')).toContainText(
    'kontrollera folkmängden',
  );
  const table = page.getByTestId('equivalents');
  await expect(table.getByRole('rowheader', { name: 'Västerås' })).toBeVisible();
  await expect(table.getByRole('row', { name: /^2017 / }).first()).toBeVisible();
});

test('a printed figure that cannot be is a finding at once, and none when it can', async ({ person }) => {
  const page = await person('vasteras', '/budget/vasteras/2021');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.getByRole('button', { name: 'Uppgifter från tryckt dokument' }).click();
  const dialog = page.getByRole('dialog', { name: 'Uppgifter från tryckt dokument' });
  const total = dialog.getByLabel('Summa kostnader', { exact: true });
  await expect(total).toHaveValue(/^18\s506\stkr$/);
  await expect(total).toHaveAccessibleDescription(/Planen ger 18\s506\s000\skr/);
  await total.fill('18 510');
  await total.press('Tab');
  await expect(dialog).toContainText('anges till 18 510 tkr');
  await expectAccessible(page);
  await total.fill('nästan 19 miljoner');
  await total.press('Tab');
  await expect(total).toHaveAttribute('aria-invalid', 'true');
  await total.fill('18 506 000 kr');
  await total.press('Tab');
  await expect(dialog).not.toContainText('anges till 18 510 tkr');
  await dialog.getByLabel('Del av planen').selectOption('Utblick 2022');
  await dialog.getByLabel('Årets resultat').fill('-1559');
  await dialog.getByLabel('Årets resultat').press('Tab');
  await dialog.getByRole('button', { name: 'Klar' }).click();
  await expect(findings(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Ångra', exact: true }).click();
  await expect(findings(page)).toHaveCount(2);
});

test('the line for county-wide training is held against the county plan on both pages', async ({ person }) => {
  const page = await person('vasteras', '/budget/vasteras/2021');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.locator('#budget tbody tr').filter({ hasText: 'Länsgemensamma' }).locator('[data-label="Budget 2021"]').click();
  await page.keyboard.type('300000');
  await page.keyboard.press('Enter');
  const notice = page.getByTestId('county-notice');
  await expect(notice).toContainText('är 300 tkr i den egna budgeten, men bidraget i länsplanen är 250 tkr');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await expectAccessible(page);
  await notice.getByRole('link', { name: 'Gå till länsplanen 2021' }).click();
  const lines = page.getByTestId('own-lines');
  await expect(lines.getByRole('listitem')).toHaveCount(1);
  await expect(lines).toContainText('Skillnaden är 50 tkr');
  await lines.getByRole('link', { name: 'Gå till budgeten 2021' }).click();
  await expect(page).toHaveURL('/budget/vasteras/2021');
});

test('a contribution that is changed in another tab shows in the plan at once', async ({ person }) => {
  const page = await person('vasteras', '/budget/vasteras/2021');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await expect(page.getByTestId('county-notice')).toHaveCount(0);
  const county = new Plan(await page.context().newPage());
  await county.page.goto('/lan/2021');
  await county.saved();
  await county.write('Samordningsförbundet Västerås', 'Bidrag', '260000', 'contributions');
  const notice = page.getByTestId('county-notice');
  await expect(notice).toContainText('är 250 tkr i den egna budgeten, men bidraget i länsplanen är 260 tkr');
  await county.write('Samordningsförbundet Västerås', 'Bidrag', '250000', 'contributions');
  await expect(notice).toHaveCount(0);
});

test('whoever may not read the budget is not told of its line @both', async ({ person }) => {
  const page = await person('norra', '/lan/2021');
  await expect(page.getByRole('heading', { level: 2, name: 'Bidrag' })).toBeVisible();
  await expect(page.getByTestId('own-lines')).toHaveCount(0);
});
