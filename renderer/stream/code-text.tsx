// Read-only text in mono; JSON gets its colours when the lazy highlighter is there.
import { useLayoutEffect, useRef } from 'react';
import { cx } from '../ui/cx.ts';

/** Colouring more than this would be felt. */
const MAX_COLOURED = 200_000;
/** One text node of megabytes would be; the rest is said to be there. */
const MAX_SHOWN = 2_000_000;

export interface CodeTextProps {
  text: string;
  json?: boolean;
  label: string;
  /** Break long lines. Default true. */
  wrap?: boolean;
  className?: string;
}

export function CodeText({ text, json = false, label, wrap = true, className }: CodeTextProps) {
  const code = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = code.current;
    if (!element) return;
    let stopped = false;
    element.textContent = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
    if (json && text.length <= MAX_COLOURED) {
      void import('./highlight-json.ts').then(
        ({ jsonSpans }) => {
          if (!stopped) element.replaceChildren(jsonSpans(text));
        },
        () => {}, // uncoloured text is complete text
      );
    }
    return () => {
      stopped = true;
    };
  }, [text, json]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scroll area with a name
    <div
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
      tabIndex={0}
      className={cx('overflow-auto outline-offset-[-2px]', className)}
    >
      <pre
        className={cx(
          'font-mono text-xs leading-5 select-text',
          wrap ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'whitespace-pre',
        )}
      >
        <code ref={code} />
      </pre>
    </div>
  );
}
