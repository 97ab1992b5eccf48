// The built-in rules, one file per family of providers.
import type { Rule } from '../model.ts';
import { AI_HOSTS } from './table/ai-hosts.ts';
import { AI_LABS } from './table/ai-labs.ts';
import { AI_LABS_MORE, AI_UNKNOWN } from './table/ai-labs-more.ts';
import { AI_TOOLS } from './table/ai-tools.ts';
import { CHAT } from './table/chat.ts';
import { CLOUD_AWS_GOOGLE } from './table/cloud-aws-google.ts';
import { CLOUD_AZURE } from './table/cloud-azure.ts';
import { CLOUD_HOSTING } from './table/cloud-hosting.ts';
import { CLOUD_PLATFORMS } from './table/cloud-platforms.ts';
import { DATABASE } from './table/database.ts';
import { EMAIL } from './table/email.ts';
import { GENERIC } from './table/generic.ts';
import { GITLAB } from './table/gitlab.ts';
import { MONITORING } from './table/monitoring.ts';
import { PACKAGES } from './table/packages.ts';
import { PAYMENT } from './table/payment.ts';
import { PRIVATE_KEYS } from './table/private-keys.ts';
import { SAAS_BUILD } from './table/saas-build.ts';
import { SAAS_BUSINESS } from './table/saas-business.ts';
import { SAAS_WORK } from './table/saas-work.ts';
import { SOURCE_HOSTS } from './table/source-hosts.ts';
import { SUPABASE_TOKENS, WEB_TOKENS } from './table/web-tokens.ts';

/**
 * All built-in rules, in stable order; ids are unique. Where two match the same text, the earlier one says it better.
 */
export const RULES: readonly Rule[] = [
  ...AI_LABS,
  ...AI_LABS_MORE,
  ...AI_HOSTS,
  ...AI_TOOLS,
  ...CLOUD_AWS_GOOGLE,
  ...CLOUD_AZURE,
  ...CLOUD_HOSTING,
  ...CLOUD_PLATFORMS,
  ...SUPABASE_TOKENS,
  ...SOURCE_HOSTS,
  ...GITLAB,
  ...PACKAGES,
  ...CHAT,
  ...SAAS_BUILD,
  ...PAYMENT,
  ...EMAIL,
  ...DATABASE,
  ...MONITORING,
  ...SAAS_WORK,
  ...SAAS_BUSINESS,
  ...AI_UNKNOWN,
  ...PRIVATE_KEYS,
  ...WEB_TOKENS,
  ...GENERIC,
];
