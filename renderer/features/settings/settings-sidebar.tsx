import { cx } from '../../ui/cx.ts';
import { messages } from './messages.ts';
import { SECTIONS } from './setting-rows.ts';
import { showSection, useCurrentSection } from './settings-view.ts';

/** The sections; a press scrolls to one. */
export function SettingsSidebar() {
  const current = useCurrentSection();
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="flex h-9 shrink-0 items-center px-3 text-sm font-semibold">{messages.title}</div>
      <ul className="flex flex-col gap-px px-1.5 pb-2">
        {SECTIONS.map((section) => (
          <li key={section}>
            <button
              type="button"
              aria-current={section === current ? 'true' : undefined}
              onClick={() => showSection(section)}
              className={cx(
                'flex h-7 w-full items-center rounded-md px-2 text-left text-sm',
                section === current ? 'bg-selected text-fg' : 'text-muted hover:bg-hover hover:text-fg',
              )}
            >
              {messages.sections[section]}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
