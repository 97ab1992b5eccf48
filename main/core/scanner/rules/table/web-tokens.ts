// JSON Web Tokens.
import { jwtParts } from '../checks.ts';
import { defineRules } from '../define-rules.ts';
import { BEGIN } from '../expressions.ts';

/** Three parts of base64url with two dots between. The anchor is the beginning of the second. */
const JWT = `${BEGIN}eyJ[A-Za-z0-9_-]{10,300}\\.eyJ[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{42,700}(?![A-Za-z0-9_-])`;

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const jwt = (payload: Record<string, unknown>) =>
  `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(payload)}.[url:43]`;

/** Opens the whole database of a Supabase project. */
const isServiceRole = (payload: Record<string, unknown>): boolean =>
  payload.iss === 'supabase' && payload.role === 'service_role';

export const SUPABASE_TOKENS = defineRules('cloud', [
  {
    id: 'supabase-service-role-key',
    provider: 'Supabase',
    description: 'Reads and writes the whole database of a project, past its row rules.',
    severity: 'high',
    anchors: ['.eyj'],
    reach: { before: 320, after: 900 },
    pattern: new RegExp(JWT, 'g'),
    check: (secret) => {
      const parts = jwtParts(secret);
      return parts !== null && isServiceRole(parts.payload);
    },
    revoke: 'https://supabase.com/dashboard/project/_/settings/jwt',
    key: jwt({ iss: 'supabase', ref: 'qxdvwtzk', role: 'service_role', iat: 1700000000, exp: 2000000000 }),
    miss: [jwt({ iss: 'supabase', ref: 'qxdvwtzk', role: 'anon', iat: 1700000000, exp: 2000000000 })],
  },
]);

export const WEB_TOKENS = defineRules('generic', [
  {
    id: 'json-web-token',
    provider: 'JSON Web Token',
    description: 'Acts in the name it carries until it expires.',
    severity: 'medium',
    anchors: ['.eyj'],
    reach: { before: 320, after: 2800 },
    pattern: new RegExp(JWT, 'g'),
    check: (secret) => {
      const parts = jwtParts(secret);
      return parts !== null && !isServiceRole(parts.payload);
    },
    revoke: 'https://www.rfc-editor.org/rfc/rfc8725',
    key: jwt({ sub: '8d1f2a', role: 'admin', iat: 1700000000 }),
    miss: ['eyJ[url:40].eyJ[url:60].[url:43]'],
  },
]);
