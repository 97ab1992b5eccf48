// Reads a request body, with a limit.
import type { IncomingMessage } from 'node:http';
import { parseJson } from '../json-shape.ts';
import { DemoError } from './family.ts';

const MOST_BYTES = 8 * 1024 * 1024;

/** Parsed JSON. Throws `DemoError` for a body that is too large or is not JSON. */
export async function readJsonBody(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  let tooLarge = false;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read on without keeping: a client that is still sending would see a broken connection and not the answer.
    if (size > MOST_BYTES) tooLarge = true;
    else chunks.push(chunk);
    if (size > MOST_BYTES * 4) break;
  }
  if (tooLarge)
    throw new DemoError('too_large', `The request body is larger than ${MOST_BYTES / 1024 / 1024} MB.`);
  const json = parseJson(Buffer.concat(chunks).toString('utf8'));
  if (json === undefined) throw new DemoError('invalid', 'The request body is not valid JSON.');
  return json;
}
