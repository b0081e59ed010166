// The room of a course occasion as its administrators meet it.
import { type Locator, type Page, expect } from '@playwright/test';
import { words } from './words';

/** The county's event in the demonstration: all three editors of the county run it. */
export const event = 'Lösningsfokuserad nätverksträff';

export class Room {
  constructor(readonly page: Page) {}

  /** Opens an occasion that is to come, from the list of courses, and waits until it is live. */
  static async open(page: Page, title = event): Promise<Room> {
    await page.goto('/kurser');
    // By its address: what is over leaves the list once the page is live, and the line would move away under a click.
    const link = page.locator('.occasions').first().getByRole('link', { name: title });
    await page.goto((await link.getAttribute('href')) ?? '');
    const room = new Room(page);
    await room.saved();
    return room;
  }

  /** The lines of everybody in a group: `deltagare`, `vantelista`, `att-godkanna`. */
  people(group = 'deltagare'): Locator {
    return this.page.getByTestId(group).locator('.person-row');
  }

  person(name: string): Locator {
    return this.page.locator('.person-row').filter({ hasText: name });
  }

  tick(name: string): Locator {
    return this.person(name).getByRole('checkbox');
  }

  get counts(): Locator {
    return this.page.getByTestId('counts');
  }

  get status(): Locator {
    return this.page.getByTestId('status');
  }

  /** Waits until all that was written here is on the server. */
  async saved(): Promise<void> {
    await expect(this.status).toContainText(words.saved);
  }

  /** Registers somebody at the door. */
  async register(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Registrera vid dörren' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Namn').fill(name);
    await dialog.getByLabel('Arbetsgivare').fill('Kommunen');
    await dialog.getByRole('button', { name: 'Registrera' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(this.person(name)).toBeVisible();
  }

  /** Writes into one of the facts, in their dialog. */
  async setFact(label: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Ändra uppgifter' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel(label, { exact: true }).fill(value);
    await dialog.getByRole('button', { name: 'Spara uppgifter' }).click();
    await expect(dialog).toHaveCount(0);
  }
}
