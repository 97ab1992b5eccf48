import { messages } from './messages.ts';
import { EXTRA_WORDS, SECTIONS, SETTING_ROWS, type SectionId, type SettingRow } from './setting-rows.ts';

export interface FoundSection {
  id: SectionId;
  rows: readonly SettingRow[];
  /** Also show what the section has besides its rows. */
  extras: boolean;
}

/** The sections that have something for `q`; every word must be found. A section found by name shows all it has. */
export function findSettings(q: string): FoundSection[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  return SECTIONS.flatMap((id) => {
    const all = SETTING_ROWS.filter((row) => row.section === id);
    const title = messages.sections[id];
    if (has(title)) return [{ id, rows: all, extras: true }];
    const options = (row: SettingRow) =>
      row.control.kind === 'choice' ? row.control.options.map((one) => one.label).join(' ') : '';
    const rows = all.filter((row) => has(`${title} ${row.label} ${row.help} ${row.key} ${options(row)}`));
    const extras = has(`${title} ${EXTRA_WORDS[id] ?? ''}`) && EXTRA_WORDS[id] !== undefined;
    return rows.length > 0 || extras ? [{ id, rows, extras }] : [];
  });
}
