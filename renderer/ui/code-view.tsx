// Code and JSON. The editor is a chunk of its own; until it has come, and where it cannot, the text is shown plainly.
import { lazy, type Ref, Suspense } from 'react';
import { cx } from './cx.ts';

export interface CodeViewHandle {
  /** Opens the find panel and focuses it. */
  openSearch(): void;
  focus(): void;
  /** Moves the cursor to a character offset and scrolls there. */
  goTo(offset: number): void;
}

export interface CodeViewProps {
  value: string;
  /** Without it the view is read-only. */
  onChange?: ((value: string) => void) | undefined;
  /** Name for screen readers. */
  label: string;
  language?: 'json' | 'text' | undefined;
  /** Marks JSON syntax errors; default: editable JSON only. */
  lint?: boolean | undefined;
  lineNumbers?: boolean | undefined;
  wrap?: boolean | undefined;
  /** Grows with the text up to this many pixels; else fills its parent. */
  maxHeight?: number | undefined;
  placeholder?: string | undefined;
  ref?: Ref<CodeViewHandle> | undefined;
  className?: string | undefined;
}

const CodeEditor = lazy(() => import('./code-editor.tsx'));

/** Starts loading the editor chunk, for instance when its tab is hovered or the window is idle. */
export const preloadCodeView = (): void => void import('./code-editor.tsx');

/** A JSON or text editor, or viewer: search (Ctrl F), folding, lint, tokens of the theme. */
export function CodeView({ className, ...props }: CodeViewProps) {
  return (
    <div className={cx('min-h-0 min-w-0 overflow-hidden', !props.maxHeight && 'h-full', className)}>
      <Suspense fallback={<PlainCode {...props} />}>
        <CodeEditor {...props} />
      </Suspense>
    </div>
  );
}

function PlainCode({ value, label, wrap, maxHeight }: CodeViewProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      style={maxHeight ? { maxHeight } : undefined}
      className="h-full overflow-auto"
    >
      <pre
        className={cx(
          'px-9 py-1 font-mono text-xs leading-5',
          wrap !== false && 'break-words whitespace-pre-wrap',
        )}
      >
        {value.length > PLAIN_LIMIT ? `${value.slice(0, PLAIN_LIMIT)}…` : value}
      </pre>
    </section>
  );
}

/** The fallback is seen for a moment only; laying out megabytes for it would cost more than the editor. */
const PLAIN_LIMIT = 100_000;
