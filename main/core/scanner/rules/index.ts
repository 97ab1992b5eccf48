// The built-in rules, one file per family of providers.
import type { Rule } from '../model.ts';
import { AI_LABS } from './table/ai-labs.ts';

/** All built-in rules, in stable order; ids are unique. */
export const RULES: readonly Rule[] = [...AI_LABS];
