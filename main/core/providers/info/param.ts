// Short-hand for parameter tables. The label of a row is the name on the wire, so that form and JSON read alike.
import type { Param } from '../../../../preload/contract/providers.ts';

type Extra = Partial<Pick<Param, 'required' | 'advanced' | 'min' | 'max' | 'step' | 'options'>>;

/** A row for the field at `path`; optional and not advanced unless `extra` says so. */
export const param = (path: string, kind: Param['kind'], help: string, extra: Extra = {}): Param => ({
  path,
  label: path,
  kind,
  required: false,
  advanced: false,
  help,
  ...extra,
});

export const REQUIRED = { required: true } as const;
export const ADVANCED = { advanced: true } as const;

/** Pretty-printed, as the editor shows it. */
export const exampleBody = (body: Record<string, unknown>): string => JSON.stringify(body, null, 2);

/** What every example asks: its answer has paragraphs, and is long enough to be watched. */
export const PROMPT = 'Explain in three short paragraphs how a streamed answer travels.';
export const TEACHER = 'You are a patient teacher of web technology.';

export const STREAM = param(
  'stream',
  'switch',
  'Send the answer as server-sent events while it is written, instead of in one piece at the end.',
);
