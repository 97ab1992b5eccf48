// CodeMirror 6, put together by hand: the package named `codemirror` on npm is another program.
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { linter, lintKeymap } from '@codemirror/lint';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder as placeholderText,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { CodeViewProps } from './code-view.tsx';
import { styleNonce } from './nonce.ts';

// Ctrl Enter sends in the whole app. Tab indents; Escape and then Tab leaves the editor (CodeMirror's own rule).
const KEYS = [
  ...closeBracketsKeymap,
  ...defaultKeymap,
  ...searchKeymap,
  ...historyKeymap,
  ...foldKeymap,
  ...lintKeymap,
].filter((binding) => binding.key !== 'Mod-Enter' && binding.mac !== 'Mod-Enter');

export default function CodeEditor(props: CodeViewProps) {
  const { value, onChange, label, ref, maxHeight } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const first = useRef(props);
  first.current = props;
  const dynamic = useRef(new Compartment());
  const readOnly = onChange === undefined;

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.current.value,
        extensions: [
          fixedExtensions((text) => changed.current?.(text)),
          dynamic.current.of(dynamicExtensions(first.current)),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  const { language, lint, wrap, lineNumbers: numbered, placeholder } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these changes what the function below returns
  useEffect(() => {
    view.current?.dispatch({ effects: dynamic.current.reconfigure(dynamicExtensions(first.current)) });
  }, [readOnly, language, lint, wrap, numbered, placeholder, label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useImperativeHandle(ref, () => ({
    openSearch: () => void (view.current && openSearchPanel(view.current)),
    focus: () => view.current?.focus(),
    goTo: (offset) => {
      const editor = view.current;
      if (!editor) return;
      const anchor = Math.min(offset, editor.state.doc.length);
      editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      editor.focus();
    },
  }));

  return (
    <div
      ref={host}
      style={maxHeight ? { maxHeight } : undefined}
      className={maxHeight ? 'flex flex-col [&_.cm-editor]:max-h-[inherit]' : 'h-full'}
    />
  );
}

function fixedExtensions(onText: (text: string) => void): Extension {
  const nonce = styleNonce();
  return [
    nonce ? EditorView.cspNonce.of(nonce) : [],
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    search({ top: true }),
    syntaxHighlighting(classHighlighter),
    keymap.of([...KEYS, indentWithTab]),
    EditorView.updateListener.of((update) => {
      // A change that came from `value` is not the user's.
      if (
        update.docChanged &&
        update.transactions.some(
          (tr) =>
            tr.isUserEvent('input') ||
            tr.isUserEvent('delete') ||
            tr.isUserEvent('undo') ||
            tr.isUserEvent('redo') ||
            tr.isUserEvent('move'),
        )
      )
        onText(update.state.doc.toString());
    }),
  ];
}

function dynamicExtensions(props: CodeViewProps): Extension {
  const {
    onChange,
    language = 'json',
    wrap = true,
    lineNumbers: numbered = true,
    placeholder,
    label,
  } = props;
  const editable = onChange !== undefined;
  const lint = props.lint ?? (editable && language === 'json');
  return [
    EditorState.readOnly.of(!editable),
    EditorView.editable.of(editable),
    // Read-only text is still scrolled and searched by keyboard.
    EditorView.contentAttributes.of({
      'aria-label': label,
      tabindex: '0',
      ...(editable ? {} : { 'aria-readonly': 'true', role: 'textbox', 'aria-multiline': 'true' }),
    }),
    language === 'json' ? json() : [],
    lint ? linter(emptyIsFine, { delay: 300 }) : [],
    wrap ? EditorView.lineWrapping : [],
    // In this order: the fold mark stands between number and text.
    numbered ? lineNumbers() : [],
    language === 'json' ? foldGutter() : [],
    editable ? [highlightActiveLine(), highlightActiveLineGutter()] : [],
    placeholder ? placeholderText(placeholder) : [],
  ];
}

const parseLint = jsonParseLinter();
const emptyIsFine = (view: EditorView) => (view.state.doc.length === 0 ? [] : parseLint(view));
