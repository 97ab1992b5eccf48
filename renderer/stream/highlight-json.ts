// JSON as coloured spans, for code blocks and read-only bodies.
import { jsonLanguage } from '@codemirror/lang-json';
import { classHighlighter, highlightCode } from '@lezer/highlight';

/** `text` as text nodes and spans with the classes of the editor (`tok-string`, …); invalid JSON is coloured as far as it goes. */
export function jsonSpans(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  highlightCode(
    text,
    jsonLanguage.parser.parse(text),
    classHighlighter,
    (piece, classes) => {
      if (!classes) return fragment.append(piece);
      const span = document.createElement('span');
      span.className = classes;
      span.textContent = piece;
      fragment.append(span);
    },
    () => fragment.append('\n'),
  );
  return fragment;
}
