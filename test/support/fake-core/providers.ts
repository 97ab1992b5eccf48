// The real provider descriptions, with the Demo's beside them, so that screens are seen as they will be.

import { ANTHROPIC_INFO, ANTHROPIC_MODELS } from '../../../main/core/providers/info/anthropic-info.ts';
import { COMPATIBLE_INFO, COMPATIBLE_MODELS } from '../../../main/core/providers/info/compatible-info.ts';
import { DEMO_PROVIDER_MODELS, demoInfo } from '../../../main/core/providers/info/demo-info.ts';
import { HUGGINGFACE_INFO, HUGGINGFACE_MODELS } from '../../../main/core/providers/info/huggingface-info.ts';
import { OPENAI_INFO, OPENAI_MODELS } from '../../../main/core/providers/info/openai-info.ts';
import type { Model, ProviderInfo } from '../../../preload/contract/providers.ts';

export const PROVIDERS: readonly ProviderInfo[] = [
  ANTHROPIC_INFO,
  OPENAI_INFO,
  HUGGINGFACE_INFO,
  COMPATIBLE_INFO,
  demoInfo('http://127.0.0.1:40123'),
];

export const MODELS: Record<string, readonly Model[]> = {
  anthropic: ANTHROPIC_MODELS,
  openai: OPENAI_MODELS,
  huggingface: HUGGINGFACE_MODELS,
  compatible: COMPATIBLE_MODELS,
  demo: DEMO_PROVIDER_MODELS,
};
