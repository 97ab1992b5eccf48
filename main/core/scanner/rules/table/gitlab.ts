// GitLab names the kind of every token in its prefix. https://docs.gitlab.com/security/tokens/#token-prefixes
import type { RuleSpec } from '../define-rules.ts';
import { defineRules } from '../define-rules.ts';
import { token } from '../expressions.ts';

const TOKENS = 'https://docs.gitlab.com/security/tokens/';

/** What the newer, "routable" tokens have behind their body: a length and a check sum. */
const ROUTABLE = '(?:[A-Za-z0-9_-]{27,300}\\.[0-9a-z]{2}\\.[0-9a-z]{9}|[A-Za-z0-9_-]{27,300}\\.[0-9a-z]{9})';

const gitlab = (
  id: string,
  prefix: string,
  body: string,
  key: string,
  rest: Pick<RuleSpec, 'description' | 'severity'> & Partial<RuleSpec>,
): RuleSpec => ({
  id: `gitlab-${id}`,
  provider: 'GitLab',
  anchors: [prefix],
  pattern: token(`${prefix}${body}`),
  entropy: 3.2,
  revoke: TOKENS,
  key: prefix + key,
  ...rest,
});

export const GITLAB = defineRules('source-host', [
  gitlab('personal-token', 'glpat-', `(?:${ROUTABLE}|[A-Za-z0-9_-]{20})`, '[an:20]', {
    description: 'Acts as a person, project or group, as far as the token allows.',
    severity: 'high',
    revoke: 'https://gitlab.com/-/user_settings/personal_access_tokens',
  }),
  gitlab('oauth-secret', 'gloas-', '[0-9a-f]{64}', '[hex:64]', {
    description: 'Signs people in as an application, together with its id.',
    severity: 'medium',
  }),
  gitlab('deploy-token', 'gldt-', '[A-Za-z0-9_-]{20}', '[an:20]', {
    description: 'Reads, and may write, the packages and code of a project or group.',
    severity: 'high',
  }),
  gitlab('runner-token', 'glrt-', `(?:t[0-9]_)?(?:${ROUTABLE}|[A-Za-z0-9_-]{20})`, '[an:20]', {
    description: 'Takes jobs, and the secrets in them, in place of a runner.',
    severity: 'high',
  }),
  gitlab('runner-registration-token', 'gr1348941', '[A-Za-z0-9_-]{20}', '[an:20]', {
    description: 'Adds a runner, which then gets jobs and the secrets in them.',
    severity: 'high',
    pattern: token('GR1348941[A-Za-z0-9_-]{20}'),
    key: 'GR1348941[an:20]',
  }),
  gitlab('job-token', 'glcbt-', '[A-Za-z0-9]{1,5}_[A-Za-z0-9_-]{20}', '64_[an:20]', {
    description: 'Acts as a pipeline job while it runs.',
    severity: 'low',
  }),
  gitlab('trigger-token', 'glptt-', '[0-9a-f]{40}', '[hex:40]', {
    description: 'Starts pipelines of a project.',
    severity: 'medium',
  }),
  gitlab('feed-token', 'glft-', '[A-Za-z0-9_-]{20}', '[an:20]', {
    description: 'Reads the feeds and calendar of a person.',
    severity: 'medium',
  }),
  gitlab('incoming-mail-token', 'glimt-', '[A-Za-z0-9_-]{25}', '[an:25]', {
    description: 'Makes issues and comments by mail in the name of a person.',
    severity: 'medium',
  }),
  gitlab('agent-token', 'glagent-', '[A-Za-z0-9_-]{50}', '[an:50]', {
    description: 'Connects as the agent of a Kubernetes cluster.',
    severity: 'high',
  }),
  gitlab('scim-token', 'glsoat-', '[A-Za-z0-9_-]{20}', '[an:20]', {
    description: 'Manages the members of a group.',
    severity: 'high',
  }),
  gitlab('feature-flag-token', 'glffct-', '[A-Za-z0-9_-]{20}', '[an:20]', {
    description: 'Reads the feature flags of a project.',
    severity: 'low',
  }),
  gitlab('workspace-token', 'glwt-', '[A-Za-z0-9_-]{20,64}', '[an:40]', {
    description: 'Connects to a workspace of a person.',
    severity: 'medium',
    anyLength: true,
  }),
]);
