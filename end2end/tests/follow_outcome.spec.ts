// The outcome of a year: read beside the budget, added by its day, typed, forecast, compared, removed and brought back.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test, words } from '../support';

const path = '/budget/vasteras/2019';

const row = (page: Page, name: string) =>
  page.locator('#utfall tbody tr').filter({ has: page.locator('th', { hasText: name }) });

const cell = (page: Page, name: string, heading: string) => row(page, name).locator(`[data-label="${heading}"]`);

const section = (page: Page) => page.getByTestId('outcome');

async function saved(page: Page): Promise<void> {
  await expect(page.getByTestId('status')).toContainText(words.saved);
}

async function addOutcome(page: Page, day: string): Promise<void> {
  await page.getByLabel('Nytt utfall till och med').fill(day);
  await page.getByRole('button', { name: 'Lägg till utfall' }).click();
  await expect(page.getByRole('heading', { name: `Utfall till och med ${day}`, exact: true })).toBeVisible();
}

async function write(page: Page, name: string, heading: string, text: string): Promise<void> {
  await cell(page, name, heading).click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(page.locator('.editor')).toHaveCount(0);
}

test('the outcome through August 2019 stands beside its budget, marked in words @both', async ({ person }) => {
  const page = await person('reader', path);
  await page.getByRole('navigation', { name: 'Planens delar' }).getByRole('link', { name: 'Utfall' }).click();
  await expect(page.getByRole('heading', { name: 'Utfall till och med 2019-08-31' })).toBeVisible();
  const rows: [string, string, string, string, string][] = [
    ['Samordningsteam Västerås', '8 054 000', '3 429 000', '43 %', 'Efter takten'],
    ['Revision', '48 000', '52 000', '108 %', 'Över budget'],
    ['Politikerarvode', '25 000', '23 000', '92 %', 'Före takten'],
    ['Kartläggning', '200 000', '–', '–', 'Inget bokfört'],
  ];
  for (const [name, budget, outcome, percent, stands] of rows) {
    await expect(cell(page, name, 'Budget')).toHaveText(budget);
    await expect(cell(page, name, 'Utfall')).toHaveText(outcome);
    await expect(cell(page, name, '% av budget')).toHaveText(percent);
    await expect(cell(page, name, 'Läge')).toHaveText(stands);
  }
  await expect(cell(page, 'Revision', 'Läge').locator('svg')).toHaveCount(1);
  await expect(cell(page, 'Politikerarvode', 'Läge').locator('svg')).toHaveCount(0);
  await expect(page.getByText(/har 67\s% av året gått\..*mer än 20 procentenheter.*mer än 10\s000\skr\.$/)).toBeVisible();
  await expect(cell(page, 'Summa Insatser', 'Utfall')).toHaveText('5 344 000');
  await expect(cell(page, 'Summa kostnader', 'Utfall')).toHaveText('6 072 500');
  await expect(cell(page, 'Summa kostnader', '% av budget')).toHaveText('40 %');
  await expect(cell(page, 'Årets resultat', 'Utfall')).toHaveText('–');
  await expect(page.getByRole('button', { name: 'Lägg till utfall' })).toHaveCount(0);
});

test('figures follow each key, reach a colleague and outlive a reload', async ({ person }) => {
  const page = await person('vasteras', path);
  const reader = await person('reader', path);
  await saved(page);
  await cell(page, 'Samordningsteam', 'Utfall').click();
  await page.keyboard.type('8100000');
  await expect(cell(page, 'Samordningsteam', '% av budget')).toHaveText('101 %');
  await expect(cell(page, 'Samordningsteam', 'Läge')).toHaveText('Över budget');
  await expect(cell(page, 'Summa Insatser', 'Utfall')).toHaveText('10 015 000');
  await page.keyboard.press('Enter');
  await cell(page, 'Samordningsteam', 'Prognos helår').click();
  await page.keyboard.type('8154000');
  await expect(cell(page, 'Samordningsteam', 'Avvikelse')).toHaveText('−100 000');
  await expect(cell(page, 'Summa kostnader', 'Avvikelse')).toHaveText('−100 000');
  await page.keyboard.press('Enter');
  await write(page, 'Samordningsteam', 'Kommentar', 'Fler deltagare än planerat');
  await write(page, 'Samordningsteam', 'Föreslagen åtgärd', 'Tas upp i styrelsen');
  await saved(page);
  for (const each of [reader, page]) {
    if (each === page) await page.reload();
    await expect(cell(each, 'Samordningsteam', 'Utfall')).toHaveText('8 100 000');
    await expect(cell(each, 'Samordningsteam', 'Avvikelse')).toHaveText('−100 000');
    await expect(cell(each, 'Samordningsteam', 'Kommentar')).toHaveText('Fler deltagare än planerat');
    await expect(cell(each, 'Samordningsteam', 'Föreslagen åtgärd')).toHaveText('Tas upp i styrelsen');
  }
});

test('a day that cannot be is refused beside its field', async ({ person }) => {
  // axe-core reads every node of a long page.
  test.slow();
  const page = await person('vasteras', path);
  await saved(page);
  const add = page.getByRole('button', { name: 'Lägg till utfall' });
  const day = page.getByLabel('Nytt utfall till och med');
  const refusals: [string, string][] = [
    ['', 'Fyll i den sista dag som är bokförd'],
    ['april', 'Skriv datumet som år-månad-dag'],
    ['2019-02-30', 'Datumet 2019-02-30 finns inte'],
    ['2020-04-30', 'Fyll i en dag under budgetåret 2019'],
    ['2019-08-31', 'Det finns redan ett utfall till och med 2019-08-31'],
  ];
  for (const [text, reason] of refusals) {
    await day.fill(text);
    await add.click();
    await expect(day).toHaveAccessibleDescription(new RegExp(reason));
    await expect(day).toHaveAttribute('aria-invalid', 'true');
  }
  await expectAccessible(page);
  await addOutcome(page, '2019-04-30');
  await expect(day).not.toHaveAttribute('aria-invalid', 'true');
});

test('two days are compared line by line, with and without JavaScript', async ({ person, browser, relay }) => {
  test.slow();
  const page = await person('vasteras', path);
  await saved(page);
  await addOutcome(page, '2019-04-30');
  await write(page, 'Samordningsteam', 'Utfall', '1714500');
  await write(page, 'Kartläggning', 'Utfall', '100');
  await page.getByLabel('Jämför med').selectOption('2019-04-30');
  await expect(section(page)).toContainText('Välj en annan dag att jämföra med.');
  await page.getByLabel('Visa utfall till och med').selectOption('2019-08-31');
  await expect(cell(page, 'Samordningsteam', 'Utfall')).toHaveText('3 429 000');
  await page.getByLabel('Jämför med').selectOption('2019-04-30');
  const compared = page.getByRole('region', { name: 'Utfall till och med 2019-08-31 jämfört med 2019-04-30' });
  const figures = (where: typeof compared) =>
    where.getByRole('row', { name: /^Samordningsteam/ }).getByRole('cell');
  await expect(figures(compared)).toHaveText(['1 714 500', '3 429 000', '+1 714 500', '+100,0 %']);
  await expect(compared.getByRole('row', { name: /^Kartläggning/ }).getByRole('cell')).toHaveText(['100', '–', '–', '–']);
  await expect(section(page)).not.toContainText('Välj en annan dag');
  await expectAccessible(page);
  await saved(page);

  const context = await browser.newContext({
    baseURL: relay.url,
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(path);
  await plain.getByLabel('Visa utfall till och med').selectOption('2019-04-30');
  await plain.getByLabel('Jämför med').selectOption('2019-08-31');
  await plain.getByRole('button', { name: 'Visa utfallet' }).click();
  await expect(cell(plain, 'Samordningsteam', 'Utfall')).toHaveText('1 714 500');
  const without = plain.getByRole('region', { name: 'Utfall till och med 2019-08-31 jämfört med 2019-04-30' });
  await expect(figures(without)).toHaveText(['1 714 500', '3 429 000', '+1 714 500', '+100,0 %']);
  await context.close();
});

test('forecasts are proposed for a row and for all that lack one, and taken back in one step', async ({ person }) => {
  const page = await person('vasteras', path);
  await saved(page);
  await cell(page, 'Samordningsteam', 'Prognos helår').click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Föreslå prognos: rak framskrivning' }).click();
  await expect(cell(page, 'Samordningsteam', 'Prognos helår')).toHaveText('5 150 556');
  const missing = page.getByTestId('missing-forecasts');
  await expect(missing).toContainText('saknar prognos och räknas inte med i prognosens summor');
  await page.getByRole('button', { name: 'Enligt budget' }).click();
  await expect(missing).toHaveCount(0);
  await expect(cell(page, 'Revision', 'Prognos helår')).toHaveText('48 000');
  await expect(cell(page, 'Samordningsteam', 'Prognos helår')).toHaveText('5 150 556');
  await expect(page.getByTestId('message')).toContainText('Prognos är föreslagen för 24 rader.');
  await page.getByTestId('message').getByRole('button', { name: 'Ångra' }).click();
  await expect(cell(page, 'Revision', 'Prognos helår')).toHaveText('–');
  await expect(cell(page, 'Samordningsteam', 'Prognos helår')).toHaveText('5 150 556');
});

test('without a forecast the page invites to propose one, by keyboard alone, and takes it back', async ({ person }) => {
  const page = await person('vasteras', path);
  await saved(page);
  const proposals = page.getByRole('group', { name: /^Ingen prognos är satt än/ });
  await expect(proposals).toBeVisible();
  await proposals.getByRole('button', { name: 'Rak framskrivning' }).focus();
  await page.keyboard.press('Enter');
  await expect(cell(page, 'Samordningsteam', 'Prognos helår')).toHaveText('5 150 556');
  await expect(cell(page, 'Revision', 'Prognos helår')).toHaveText('78 107');
  await expect(page.getByRole('group', { name: 'Föreslå prognos för rader som saknar den' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(cell(page, 'Samordningsteam', 'Prognos helår')).toHaveText('–');
  await expect(proposals).toBeVisible();
  const reader = await person('reader', path);
  await expect(reader.getByText('Ingen prognos är satt än')).toHaveCount(0);
});

test('a plan without a county plan beside it says nothing of one', async ({ person }) => {
  const page = await person('reader', path);
  await expect(page.locator('#budget')).toContainText('Länsgemensamma utbildningsinsatser');
  await expect(page.getByText('Samma pengar som bidraget i länsplanen')).toHaveCount(0);
  await page.goto('/budget/vasteras/2021');
  await expect(page.getByText('Samma pengar som bidraget i länsplanen')).toHaveCount(1);
});

test('an outcome is moved to another day with all that is in it, and not to one that is taken', async ({ person }) => {
  const page = await person('vasteras', path);
  await saved(page);
  await addOutcome(page, '2019-04-30');
  await page.getByLabel('Visa utfall till och med').selectOption('2019-08-31');
  await section(page).getByRole('button', { name: 'Ändra datum' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ändra utfallets datum' });
  const day = dialog.getByLabel('Bokfört till och med');
  await expect(day).toHaveValue('2019-08-31');
  for (const [text, reason] of [
    ['2019-04-30', 'Det finns redan ett utfall till och med 2019-04-30.'],
    ['2020-01-31', 'Fyll i en dag under budgetåret 2019'],
  ] as const) {
    await day.fill(text);
    await dialog.getByRole('button', { name: 'Ändra datum' }).click();
    await expect(day).toHaveAccessibleDescription(new RegExp(reason));
    await expect(day).toBeFocused();
  }
  await expectAccessible(page);
  await day.fill('2019-03-31');
  await dialog.getByRole('button', { name: 'Ändra datum' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Utfall till och med 2019-03-31', exact: true })).toBeVisible();
  await expect(cell(page, 'Samordningsteam', 'Utfall')).toHaveText('3 429 000');
  await expect(page.getByLabel('Visa utfall till och med').locator('option')).toHaveText(['2019-03-31', '2019-04-30']);
  await page.getByTestId('message').getByRole('button', { name: 'Ångra' }).click();
  await expect(page.getByRole('heading', { name: 'Utfall till och med 2019-08-31', exact: true })).toBeVisible();
});

test('an outcome is removed and brought back', async ({ person }) => {
  const page = await person('vasteras', path);
  await saved(page);
  await section(page).getByRole('button', { name: 'Ta bort utfallet' }).click();
  await expect(section(page)).toContainText('Inget utfall är inlagt än');
  await page.getByTestId('removed').locator('summary').click();
  await page.getByRole('button', { name: 'Återställ Utfall till och med 2019-08-31' }).click();
  await expect(page.getByTestId('notices')).toContainText('Utfallet är återställt.');
  await expect(cell(page, 'Samordningsteam', 'Utfall')).toHaveText('3 429 000');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 375, height: 740 } });

  test('a row is a card, and its form writes outcome, forecast and words', async ({ person }) => {
    const page = await person('vasteras', path);
    await saved(page);
    const card = await row(page, 'Samordningsteam').boundingBox();
    expect(card!.width).toBeLessThanOrEqual(375);
    await cell(page, 'Samordningsteam', 'Utfall').click();
    const form = page.getByRole('dialog', { name: /^Samordningsteam/ });
    await form.getByLabel('Utfall i kronor').fill('tolv');
    await form.getByLabel('Utfall i kronor').press('Tab');
    await expect(form).toContainText('är inte ett belopp');
    await form.getByLabel('Utfall i kronor').fill('4 027 000');
    await form.getByLabel('Kommentar').fill('Halva budgeten');
    await form.getByRole('button', { name: 'Klar' }).click();
    await expect(cell(page, 'Samordningsteam', '% av budget')).toHaveText('50 %');
    await expect(cell(page, 'Samordningsteam', 'Kommentar')).toHaveText('Halva budgeten');
  });
});
