// The county plan as a user meets it: its tables by name, its cells by row and heading, what is written and read there.
import { type Locator, type Page, expect } from '@playwright/test';
import { words } from './words';

const grids = { items: 'insatser', contributions: 'bidrag', oneYear: 'atagande-1', threeYears: 'atagande-3' } as const;

export type GridName = keyof typeof grids;

/** A row by its number from the top, or by a part of what it is called. */
export type RowName = number | string;

/** Where the demo's plan lies. */
export const planPath = '/lan/2021';

export class Plan {
  constructor(readonly page: Page) {}

  grid(grid: GridName = 'items'): Locator {
    return this.page.locator(`#${grids[grid]}`);
  }

  rows(grid: GridName = 'items'): Locator {
    return this.grid(grid).locator('tbody > tr');
  }

  row(row: RowName, grid: GridName = 'items'): Locator {
    const rows = this.rows(grid);
    return typeof row === 'number' ? rows.nth(row - 1) : rows.filter({ has: this.page.locator('th', { hasText: row }) });
  }

  /** A cell by its row and the heading of its column. */
  cell(row: RowName, heading: string, grid: GridName = 'items'): Locator {
    return this.row(row, grid).locator(`[data-label="${heading}"]`);
  }

  /** What stands in a column, from the top. */
  column(heading: string, grid: GridName = 'items'): Locator {
    return this.rows(grid).locator(`[data-label="${heading}"]`);
  }

  /** The open editor. */
  get editor(): Locator {
    return this.page.locator('.editor').locator('input, textarea');
  }

  get status(): Locator {
    return this.page.getByTestId('status');
  }

  get sumOfItems(): Locator {
    return this.page.getByTestId('sum-items');
  }

  get sumOfContributions(): Locator {
    return this.page.getByTestId('sum-contributions');
  }

  get difference(): Locator {
    return this.page.getByTestId('difference');
  }

  get message(): Locator {
    return this.page.getByTestId('message');
  }

  get notices(): Locator {
    return this.page.getByTestId('notices');
  }

  get conflicts(): Locator {
    return this.page.getByRole('region', { name: 'Två belopp' });
  }

  get people(): Locator {
    return this.page.getByTestId('people');
  }

  /** Both live regions. */
  get spoken(): Locator {
    return this.page.locator('[aria-live]');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async open(): Promise<this> {
    await this.page.goto(planPath);
    return this;
  }

  /** Waits until all that was written here is on the server. */
  async saved(): Promise<this> {
    await expect(this.status).toContainText(words.saved);
    return this;
  }

  /** Waits until the page knows that it is offline, with so many changes waiting. */
  async offline(waiting = 0): Promise<this> {
    await expect(this.status).toContainText(words.offline);
    if (waiting) await expect(this.status).toContainText(`${waiting} ändring`);
    return this;
  }

  async setOffline(offline: boolean): Promise<void> {
    await this.page.context().setOffline(offline);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Types over what stands in a cell, and presses Enter. */
  async write(row: RowName, heading: string, text: string, grid: GridName = 'items'): Promise<void> {
    await this.cell(row, heading, grid).click();
    await this.type(text);
    await this.press('Enter');
    await expect(this.editor).toHaveCount(0);
  }

  /** Revises the text of a cell: the caret at its start or end, and typing there. */
  async revise(row: RowName, heading: string, at: 'Home' | 'End', text: string, grid: GridName = 'items'): Promise<void> {
    await this.cell(row, heading, grid).click();
    await this.press('F2', `Control+${at}`);
    await this.type(text);
    await this.press('Enter');
    await expect(this.editor).toHaveCount(0);
  }

  /** Adds a row at the end of the items, and gives it a name and a cost. */
  async addItem(what: string, cost?: string): Promise<void> {
    const rows = await this.rows().count();
    await this.button('Lägg till rad').click();
    await expect(this.rows()).toHaveCount(rows + 1);
    await this.write(rows + 1, 'Vad', what);
    if (cost !== undefined) await this.write(what, 'Kostnad', cost);
  }

  /** Puts text on the clipboard and presses Ctrl+V in a cell. */
  async paste(row: RowName, heading: string, text: string, grid: GridName = 'items'): Promise<void> {
    await this.cell(row, heading, grid).click();
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await this.press('Control+v');
  }

  /** What is on the clipboard. */
  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}
