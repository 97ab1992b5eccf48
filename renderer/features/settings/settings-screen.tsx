import { Search, X } from 'lucide-react';
import { type ReactNode, type UIEvent, useEffect, useRef, useState } from 'react';
import { useIntent } from '../../host/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Pane } from '../../ui/pane.tsx';
import { ShortcutList } from '../../ui/shortcut-list.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AboutSection } from './about-section.tsx';
import { AppearanceExtras } from './appearance-extras.tsx';
import { findSettings } from './find-settings.ts';
import { HistoryExtras } from './history-extras.tsx';
import { KeychainExtras } from './keychain-extras.tsx';
import { messages } from './messages.ts';
import { SettingRow } from './setting-row.tsx';
import { SECTIONS, type SectionId } from './setting-rows.ts';
import { seeSection, showSection, useWantedSection } from './settings-view.ts';

/** What a section has besides its rows, above them or below. */
const EXTRAS: Partial<Record<SectionId, { above?: ReactNode; below?: ReactNode }>> = {
  appearance: { below: <AppearanceExtras /> },
  history: { below: <HistoryExtras /> },
  keychain: { above: <KeychainExtras /> },
  shortcuts: { below: <ShortcutList /> },
  about: { below: <AboutSection /> },
};

export function SettingsScreen() {
  const [q, setQ] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useWantedSection();
  const found = findSettings(q);

  useIntent('showSettings', ({ section }) => {
    setQ('');
    showSection(isSection(section) ? section : 'general');
  });
  useEffect(() => {
    if (wanted)
      scroller.current
        ?.querySelector(`[data-section="${wanted.section}"]`)
        ?.scrollIntoView({ block: 'start' });
  }, [wanted]);

  return (
    <Pane label={messages.title} className="flex flex-1 flex-col">
      <div className="flex h-12 shrink-0 items-center border-b border-line px-6">
        <TextField
          type="search"
          icon={Search}
          value={q}
          onChange={setQ}
          placeholder={messages.search}
          aria-label={messages.search}
          className="w-full max-w-90"
          inputClassName="[&::-webkit-search-cancel-button]:hidden"
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || q === '') return;
            event.preventDefault();
            setQ('');
          }}
          trailing={
            q !== '' && (
              <IconButton
                icon={X}
                size="sm"
                label={messages.clear}
                onClick={() => setQ('')}
                className="-mr-1.5"
              />
            )
          }
        />
      </div>
      <div ref={scroller} onScroll={onScroll} className="@container relative min-h-0 flex-1 overflow-y-auto">
        {found.length === 0 ? (
          <EmptyState
            title={messages.noMatch(q)}
            actions={<Button onClick={() => setQ('')}>{messages.clear}</Button>}
          />
        ) : (
          <div className="max-w-210 px-6 pt-2 pb-12">
            {found.map(({ id, rows, extras }) => (
              <section key={id} data-section={id} aria-labelledby={`settings-${id}`} className="pt-4">
                <h3
                  id={`settings-${id}`}
                  className="border-b border-line-strong pb-1.5 text-base font-semibold"
                >
                  {messages.sections[id]}
                </h3>
                {extras && EXTRAS[id]?.above}
                {rows.map((row) => (
                  <SettingRow key={row.key} row={row} />
                ))}
                {extras && EXTRAS[id]?.below && (
                  <div className={id === 'shortcuts' ? 'pt-3' : undefined}>{EXTRAS[id].below}</div>
                )}
              </section>
            ))}
          </div>
        )}
      </div>
    </Pane>
  );
}

const isSection = (text: string | undefined): text is SectionId => SECTIONS.some((one) => one === text);

/** The section whose heading was passed last is the one in view. */
function onScroll(event: UIEvent<HTMLElement>) {
  const box = event.currentTarget;
  const top = box.getBoundingClientRect().top + 40;
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 2;
  const sections = [...box.querySelectorAll<HTMLElement>('[data-section]')];
  const passed = atEnd ? sections.at(-1) : sections.findLast((one) => one.getBoundingClientRect().top <= top);
  const id = passed?.dataset.section;
  if (isSection(id)) seeSection(id);
}
