// The rule of each setting as one sentence, made from the schema so that it cannot differ from it.
import * as z from 'zod';
import { type SettingKey, Settings } from '../../../preload/contract/settings.ts';

/** e.g. `requests.maxAttempts must be a whole number from 1 to 10.` Never holds the refused value. */
export function ruleOf(key: SettingKey): string {
  const type = Settings.shape[key].unwrap();
  if (type instanceof z.ZodBoolean) return `${key} must be true or false.`;
  if (type instanceof z.ZodEnum) return `${key} must be one of: ${type.options.join(', ')}.`;
  return `${key} must be a whole number from ${type.minValue} to ${type.maxValue}.`;
}
