// The SDKs' versions, for About. Read from package.json's pins, since openai does not export its own package.json.
import manifest from '../../../package.json' with { type: 'json' };

const NAMES = ['@anthropic-ai/sdk', 'openai', '@huggingface/inference'] as const;

export const sdkVersions = NAMES.map((name) => ({ name, version: manifest.dependencies[name] }));
