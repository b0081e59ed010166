// The words for states that users are promised. A test that fails on one of these has found a change of promise.

export const words = {
  savedHere: 'Sparat på den här datorn',
  saved: 'Alla ändringar är sparade',
  back: 'Du är uppkopplad igen. Alla ändringar är sparade.',
  offline:
    'Du är offline. Du kan fortsätta arbeta. Ändringarna sparas på den här datorn och skickas när du är uppkopplad igen.',
  cannotSave: 'Det gick inte att spara. Vi försöker igen. Stäng inte fliken.',
  reader: 'Du kan läsa planen men inte ändra den',
  restored: 'Raden är återställd.',
} as const;

/** "3 ändringar väntar på att skickas" */
export function waiting(count: number): string {
  return count === 1 ? '1 ändring väntar på att skickas' : `${count} ändringar väntar på att skickas`;
}
