// The SDKs read keys, base URLs, custom headers and log levels from the environment by themselves. Everything they
// need is passed explicitly, but both merge `*_CUSTOM_HEADERS` into every request whatever is passed
// (client.mjs of @anthropic-ai/sdk 1.10.0 and openai 7.55.0), so the variables themselves have to go.

const SDK_VARIABLE = /^(ANTHROPIC|OPENAI|AZURE_OPENAI)_/;

/**
 * Deletes from `env` every variable that an SDK would read. Called before each client is made, since a shell or a
 * later import may have put one back. Child processes do not inherit them either.
 */
export function dropSdkEnvironment(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(env)) {
    if (SDK_VARIABLE.test(name)) delete env[name];
  }
}

/** Malformed stream data would otherwise go to console.error with its content, i.e. prompts and answers. */
export const SILENT_LOGGER = { error() {}, warn() {}, info() {}, debug() {} };

/**
 * A day, in milliseconds: far above every limit of the observed fetch, so that only that one decides. An explicit
 * value also lifts the Anthropic SDK's refusal of long unstreamed answers.
 */
export const SDK_TIMEOUT_MS = 24 * 60 * 60 * 1000;

/** The SDKs refuse an empty key; `createCallFetch` takes this one off again before anything leaves. */
export const NO_KEY = 'keybench-sends-no-key';
