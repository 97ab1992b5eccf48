// Colours for finished code blocks in JSON. The parser is a lazy chunk that the body editor loads too.

/** Larger blocks stay plain: colours are not worth a stutter. */
const MAX_CHARS = 20_000;

/** Colours the code inside `block` when it is JSON; at once or a little later, never throwing. */
export function highlightCode(block: HTMLElement, language: string): void {
  if (!/^jsonc?$/i.test(language.trim())) return;
  const code = block.querySelector('pre > code');
  const text = code?.textContent ?? '';
  if (!code || text.length > MAX_CHARS) return;
  void import('./highlight-json.ts').then(
    ({ jsonSpans }) => {
      if (code.isConnected && code.textContent === text) code.replaceChildren(jsonSpans(text));
    },
    () => {}, // without colours the text is still all there
  );
}
