// Signing up for a course: no account, no program, and the same with JavaScript on and off.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support';

const course = /Grundutbildning/;

async function open(page: Page) {
  await page.goto('/anmalan');
  await page.getByRole('link', { name: course }).first().click();
  await expect(page.getByRole('heading', { level: 2, name: 'Anmäl dig' })).toBeVisible();
}

async function fill(page: Page, name: string, email: string) {
  await page.getByLabel('Namn', { exact: true }).fill(name);
  await page.getByLabel('E-postadress').fill(email);
  await page.getByRole('radio', { name: 'Kommunen' }).check();
}

test('somebody signs up, changes what they said, and cancels @both', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await open(page);
  const address = page.url();
  await fill(page, 'Deltagare Ett', 'deltagare.ett@exempel.se');
  await page.getByRole('button', { name: 'Anmäl mig' }).click();
  await expect(page.getByRole('heading', { name: 'Du har en plats' })).toBeVisible();
  await expect(page.getByText('Tack, din anmälan är mottagen.')).toBeVisible();
  expect(page.url()).not.toContain('exempel');

  await page.getByText('Ändra dina uppgifter').click();
  await page.getByLabel('Yrkesroll (Valfritt)').fill('Handläggare');
  await page.getByRole('button', { name: 'Spara ändringarna' }).click();
  await expect(page.getByText('Dina uppgifter är sparade.')).toBeVisible();
  await page.getByText('Ändra dina uppgifter').click();
  await expect(page.getByLabel('Yrkesroll (Valfritt)')).toHaveValue('Handläggare');

  await page.getByRole('button', { name: 'Avboka' }).click();
  await page.getByRole('link', { name: 'Nej, behåll' }).click();
  await expect(page.getByRole('heading', { name: 'Du har en plats' })).toBeVisible();
  await page.getByRole('button', { name: 'Avboka' }).click();
  await page.getByRole('button', { name: 'Ja, avboka' }).click();
  await expect(page.getByRole('heading', { name: 'Din anmälan är avbokad' })).toBeVisible();
  await page.getByRole('link', { name: 'Anmäl dig igen' }).click();
  await expect(page).toHaveURL(address);

  expect(fetched.filter((url) => /\.(wasm|js)(\?|$)/.test(url)), 'no program is fetched').toEqual([]);
});

test('what is wrong is said beside the field, and what was typed is kept @both', async ({ page }) => {
  await open(page);
  await page.getByLabel('E-postadress').fill('anna');
  await page.getByLabel('Yrkesroll (Valfritt)').fill('Handläggare');
  await page.getByRole('button', { name: 'Anmäl mig' }).click();
  await expect(page).toHaveTitle(/^Fel: /);
  const summary = page.getByRole('alert');
  await expect(summary).toContainText('Du behöver rätta 3 uppgifter');
  await expect(page.getByLabel('Namn', { exact: true })).toHaveAccessibleDescription('Fyll i ditt namn.');
  await expect(page.getByLabel('E-postadress')).toHaveValue('anna');
  await expect(page.getByLabel('E-postadress')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Yrkesroll (Valfritt)')).toHaveValue('Handläggare');
  await summary.getByRole('link', { name: 'Fyll i ditt namn.' }).click();
  await expect(page.getByLabel('Namn', { exact: true })).toBeFocused();
});

test('a single error is where the page comes back, also on a phone @both', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 740 });
  await open(page);
  await fill(page, 'Deltagare Fem', 'deltagare.fem');
  await page.getByRole('button', { name: 'Anmäl mig' }).click();
  await expect(page).toHaveTitle(/^Fel: /);
  await expect(page.getByLabel('E-postadress')).toBeFocused();
  await expect(page.locator('.error-text').last()).toBeInViewport();
});

test('a double click is one registration @both', async ({ page }) => {
  await open(page);
  const address = page.url();
  const left = page.getByText(/^24, varav 24 lediga$/);
  await expect(left).toBeVisible();
  await fill(page, 'Deltagare Två', 'deltagare.tva@exempel.se');
  await page.getByRole('button', { name: 'Anmäl mig' }).dblclick();
  await expect(page.getByRole('heading', { name: 'Du har en plats' })).toBeVisible();
  await page.goto(address);
  await expect(page.getByText(/^24, varav 23 lediga$/)).toBeVisible();
});

test('the list is narrowed by course, association and month @both', async ({ page }) => {
  // A relay that has just started brings its occasions into the list one after the other.
  const all = 4;
  await expect(async () => {
    await page.goto('/anmalan');
    expect(await page.locator('.occasion').count()).toBe(all);
  }).toPass();
  await page.getByLabel('Kurs', { exact: true }).selectOption({ label: 'Grundutbildning i lösningsfokuserat arbetssätt' });
  await page.getByRole('button', { name: 'Visa' }).click();
  await expect(page.locator('.occasion')).toHaveCount(1);
  await expect(page.getByText('1 tillfälle', { exact: true })).toBeVisible();
  await page.goto('/anmalan?manad=1999-01');
  await expect(page.getByText('Inga tillfällen passar urvalet')).toBeVisible();
  await page.getByRole('link', { name: 'Visa alla tillfällen' }).click();
  await expect(page.locator('.occasion')).toHaveCount(all);
});

test('the form is filled in with the keyboard alone', async ({ page }) => {
  await open(page);
  await page.getByLabel('Namn', { exact: true }).focus();
  await page.keyboard.type('Deltagare Tre');
  await page.keyboard.press('Tab');
  await page.keyboard.type('deltagare.tre@exempel.se');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Du har en plats' })).toBeVisible();
});

for (const viewport of [{ width: 375, height: 800 }, { width: 1280, height: 900 }]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the public pages are accessible at ${viewport.width} px, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const check = async () => {
        await expectAccessible(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide, page.url()).toBe(0);
      };
      await page.goto('/anmalan');
      await check();
      await open(page);
      await check();
      await page.getByRole('button', { name: 'Anmäl mig' }).click();
      await expect(page.getByText('Du behöver rätta 3 uppgifter')).toBeVisible();
      await check();
      await fill(page, 'Deltagare Fyra', 'deltagare.fyra@exempel.se');
      await page.getByRole('button', { name: 'Anmäl mig' }).click();
      await expect(page.getByRole('heading', { name: 'Du har en plats' })).toBeVisible();
      await check();
      await page.goto('/anmalan/finns-inte');
      await check();
    });
  }
}
