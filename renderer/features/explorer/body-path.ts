// A parameter's value inside a request body, by dotted path. Bodies are never changed in place.

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function readPath(body: unknown, path: string): unknown {
  let at = body;
  for (const name of path.split('.')) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return at;
}

/** `body` with `value` at `path`; `undefined` takes it out, together with objects that are then empty. */
export function writePath(body: JsonObject, path: string, value: unknown): JsonObject {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    if (value !== undefined) return { ...body, [name]: value };
    const { [name]: _gone, ...others } = body;
    return others;
  }
  const inner = body[name];
  const next = writePath(isObject(inner) ? inner : {}, rest.join('.'), value);
  if (Object.keys(next).length > 0) return { ...body, [name]: next };
  const { [name]: _gone, ...others } = body;
  return others;
}

/** As the editor shows a body. */
export const printBody = (body: JsonObject): string => JSON.stringify(body, null, 2);
