// A request as a cURL command for a POSIX shell. The key is an environment variable, never a value.
import type { Pairs } from '../../../preload/contract/requests.ts';

/** How core writes a credential in what it shows: the key's name in place of its value. */
const ALIAS = /\[key:[^\]]*\]/g;
/** What curl or the connection sets by itself, and marks of the SDK that prove nothing about the API. */
const OWN = /^(?:host|connection|content-length|accept-encoding|user-agent|x-stainless-.*)$/i;

const VARIABLES: Record<string, string> = {
  anthropic: 'ANTHROPIC_API_KEY',
  openai: 'OPENAI_API_KEY',
  huggingface: 'HF_TOKEN',
};

/** The variable that stands for a provider's key. */
export const keyVariable = (provider: string): string => VARIABLES[provider] ?? 'API_KEY';

/**
 * One shell word that expands to exactly `text`, with every key alias replaced by `"$variable"`. Single quotes keep
 * all characters but the single quote itself.
 */
export function shellWord(text: string, variable: string): string {
  const pieces = text
    .split(ALIAS)
    .map((piece) => (piece === '' ? '' : `'${piece.replaceAll("'", `'\\''`)}'`));
  return pieces.join(`"$${variable}"`) || "''";
}

export interface CurlInput {
  method: string;
  url: string;
  headers: Pairs;
  body: string;
}

export function toCurl(request: CurlInput, provider: string): string {
  const variable = keyVariable(provider);
  const word = (text: string) => shellWord(text, variable);
  const words = [`curl ${word(request.url)}`];
  if (request.method !== (request.body ? 'POST' : 'GET')) words.push(`--request ${word(request.method)}`);
  for (const [name, value] of request.headers) {
    // curl drops a header that ends in a colon; with a semicolon it sends it empty.
    if (!OWN.test(name)) words.push(`--header ${word(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  // --data would strip line breaks and read a file after an @.
  if (request.body) words.push(`--data-raw ${word(request.body)}`);
  return words.join(' \\\n  ');
}
