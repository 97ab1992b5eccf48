// What allow lists say about a secret and about a path. The matcher itself leaves nothing out: what is suppressed is
// counted and can be shown, since a hostile repository may hide its leaks by its own file.
import type { AllowList } from '../model.ts';

/** Does `list` allow this secret of this rule, wherever it stands? */
export function allowedBy(list: AllowList, ruleId: string, secret: string): boolean {
  if (!concerns(list, ruleId)) return false;
  if (list.secrets.some((pattern) => tests(pattern, secret))) return true;
  if (list.stopWords.length === 0) return false;
  const folded = secret.toLowerCase();
  return list.stopWords.some((word) => word !== '' && folded.includes(word.toLowerCase()));
}

/** Does `list` allow everything of this rule in this path? `path`: forward slashes, from the repository's root. */
export function pathAllowed(list: AllowList, ruleId: string, path: string): boolean {
  return concerns(list, ruleId) && list.paths.some((pattern) => tests(pattern, path));
}

function concerns(list: AllowList, ruleId: string): boolean {
  return list.rules.length === 0 || list.rules.includes(ruleId);
}

/** An expression with `g` or `y` remembers where it was. */
function tests(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
