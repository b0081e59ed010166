// Letters to participants where no mail server is set up, and the list of courses on somebody else's site.
import { expect, expectAccessible, test } from '../support';

test('a letter that nobody sends by itself is shown to whoever runs the course, and ticked off @both', async ({
  page,
  person,
}) => {
  await page.goto('/anmalan');
  await page.getByRole('link', { name: /Grundutbildning/ }).first().click();
  await page.getByLabel('Namn', { exact: true }).fill('Deltagare Ett');
  await page.getByLabel('E-postadress').fill('deltagare.ett@exempel.se');
  await page.getByRole('radio', { name: 'Kommunen' }).check();
  await page.getByRole('button', { name: 'Anmäl mig' }).click();
  await expect(page.getByRole('heading', { name: 'Du har en plats' })).toBeVisible();

  const runs = await person('vasteras', '/kurser/brev');
  await expect(runs.getByText('Ingen e-postserver är inställd.')).toBeVisible();
  const letter = runs.getByRole('listitem').filter({ hasText: 'deltagare.ett@exempel.se' });
  await expect(letter.getByText(/^Du har en plats: /)).toBeVisible();
  await letter.getByText('Läs brevet').click();
  await expect(letter.getByText(/^Hej Deltagare Ett!/)).toBeVisible();
  await expect(letter.getByRole('link', { name: 'Skicka själv' })).toHaveAttribute(
    'href',
    /^mailto:deltagare\.ett@exempel\.se\?subject=Du%20har%20en%20plats/,
  );

  await letter.getByRole('button', { name: 'Markera som skickat' }).click();
  await expect(runs.getByText('Alla brev har gått iväg')).toBeVisible();
  await runs.getByRole('link', { name: 'Visa alla brev' }).click();
  await expect(runs.getByText(/^Skickat för hand /)).toBeVisible();
});

test('who runs no courses finds no page of letters', async ({ person }) => {
  const reads = await person('reader', '/kurser/brev?visa=alla');
  await expect(reads.getByRole('heading', { level: 1 })).toHaveText(/finns inte/);
  await expectAccessible(reads);
});

test('another site can take the list into a page of its own, with links that lead here', async ({
  page,
  request,
  relay,
}) => {
  const answer = await request.get('/anmalan/inbaddad?forbund=vasteras');
  expect(answer.headers()['access-control-allow-origin']).toBe('*');
  await page.setContent(`<h1>Ett annat förbund</h1>${await answer.text()}`);
  const link = page.getByRole('link', { name: /Grundutbildning/ }).first();
  await expect(link).toHaveAttribute('href', new RegExp(`^${relay.url}/anmalan/`));
  await link.click();
  await expect(page.getByRole('heading', { level: 2, name: 'Anmäl dig' })).toBeVisible();
});

test('a link to an evaluation that is none says so', async ({ page }) => {
  const answer = await page.goto('/utvardering/fel');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Länken går inte att använda' })).toBeVisible();
  await expectAccessible(page);
});
