// Checks of request bodies, in the words each family uses.
import { asObject } from '../json-shape.ts';
import type { JsonObject } from '../providers/provider.ts';
import { type DemoModel, findDemoModel } from './demo-models.ts';
import { DemoError } from './family.ts';

/** The body as an object, or the error of a body that is none. */
export function requireObject(body: unknown): JsonObject {
  const object = asObject(body);
  if (object) return object;
  throw new DemoError('invalid', 'The request body must be a JSON object.');
}

/** Throws for the first field that is not in `known`. */
export function refuseUnknown(
  body: JsonObject,
  known: ReadonlySet<string>,
  say: (name: string) => DemoError,
): void {
  const unknown = Object.keys(body).find((name) => !known.has(name));
  if (unknown !== undefined) throw say(unknown.slice(0, 100));
}

export function requireModel(id: unknown, say: (shown: string) => DemoError): DemoModel {
  const model = findDemoModel(id);
  if (model) return model;
  throw say(String(typeof id === 'string' ? id.slice(0, 100) : typeof id));
}

export const isPositiveInt = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) > 0;

/** `a string`, `an integer`, … as OpenAI's messages name what they got. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
  return (
    { string: 'a string', boolean: 'a boolean', object: 'an object' }[typeof value as string] ?? typeof value
  );
}

export const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((entry): entry is string => typeof entry === 'string');
