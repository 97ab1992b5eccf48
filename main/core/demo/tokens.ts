// The Demo's token rule, used for every count it reports. Real tokenizers differ; this one is simple to explain.

/**
 * A token is up to six letters or digits, or one other character; whitespace before it belongs to it. Trailing
 * whitespace is one token. So "Hello, streaming world" has five: `Hello` `,` ` stream` `ing` ` world`.
 */
const TOKEN = /\s*(?:[\p{L}\p{N}\p{M}]{1,6}|[^\s\p{L}\p{N}\p{M}])|\s+$/gu;

/** Joined again, the tokens are the text. Takes time in proportion to the text. */
export const tokenize = (text: string): string[] => text.match(TOKEN) ?? [];

export const countTokens = (text: string): number => tokenize(text).length;

export const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0;
