import { cx } from '../ui/cx.ts';
import type { Feature, ScreenId } from '../ui/feature.ts';
import { ariaKeys } from '../ui/key-caps.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { messages } from './messages.ts';
import { screenKeys } from './screen-keys.ts';

export interface RailProps {
  features: readonly Feature[];
  screen: ScreenId;
  attention: ReadonlySet<ScreenId>;
  onGo: (screen: ScreenId) => void;
}

/** The screens that exist; Settings at the foot. */
export function Rail({ features, screen, attention, onGo }: RailProps) {
  return (
    <nav
      aria-label={messages.screens}
      data-pane=""
      tabIndex={-1}
      className="flex w-12 shrink-0 flex-col border-r border-line py-2"
    >
      <ul className="flex flex-1 flex-col items-center gap-1">
        {features.map(({ id, title, icon: Icon }) => {
          const current = id === screen;
          const keys = screenKeys(id);
          return (
            <li key={id} className={cx('relative', id === 'settings' && 'mt-auto')}>
              {current && (
                <span
                  aria-hidden="true"
                  className="absolute inset-y-1 -left-1.5 w-0.5 rounded-sm bg-accent"
                />
              )}
              <Tooltip content={title} kbd={keys} side="right">
                <button
                  type="button"
                  aria-label={attention.has(id) ? messages.needsAttention(title) : title}
                  aria-current={current ? 'page' : undefined}
                  aria-keyshortcuts={keys && ariaKeys(keys)}
                  onClick={() => onGo(id)}
                  className={cx(
                    'relative grid size-9 place-items-center rounded-md',
                    current ? 'bg-hover text-fg' : 'text-muted hover:bg-hover hover:text-fg',
                  )}
                >
                  <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
                  {attention.has(id) && (
                    <span
                      aria-hidden="true"
                      className="absolute top-1 right-1 size-2 rounded-full border border-bg bg-danger"
                    />
                  )}
                </button>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
