// Text that has the shape of a secret and is none: what documentation, templates and tests put in its place.
import { createHash } from 'node:crypto';
import type { Rule } from '../model.ts';

/**
 * Words that no random text of a key's length has by chance: six letters of 64 stand somewhere in 100 characters once
 * in ten million keys. Shorter ones would cost real findings.
 */
const WORDS =
  /example|sample|placeholder|change-?_?me|replace-?_?me|replace-?_?with|redacted|dummy-|dummy_|dummykey|dummytoken|yourkey|yourtoken|yoursecret|yourpassword|yourapi|your_|your-|insert-|insert_|my-?_?secret|mytoken|my_token|my-token|mypassword|mykeyhere|keyhere|key-here|key_here|tokenhere|token-here|token_here|goes-here|goes_here|foobar|fakekey|faketoken|fake_|fake-|notreal|not-real|not_real|deadbeef|lorem-?_?ipsum|thisisnot|donotuse|do-not-use|do_not_use|abcdef|abc123|123456|87654321|qwertyui|00000000|aaaabbbb/i;

/** Left for a program to fill in: `${VAR}`, `{{var}}`, `{password}`, `<secret>`, `$(cmd)`, `%s`, `%(name)s`, `#{x}`. */
const TEMPLATE =
  /\$\{|\{\{|#\{|\$\(|%\(|^\{[^}]*\}?$|^\$[A-Za-z_]|^<[^>]*>?$|^%[A-Za-z_]+%?$|^\[[^\]]*\]?$|process\.env|os\.environ|import\.meta|getenv|env\.|config\.|secrets\.|settings\.|\*{3}|\.{3}|…/;

/** What people take for a password where there is nothing to protect. Whole values only. */
const WEAK_WORDS = new Set(
  `password passwd passwort pass pwd pw secret postgres postgresql mysql mariadb mongo mongodb redis rabbitmq guest
  root admin administrator user username test tests testing tester demo dev develop development local localhost docker
  default empty none null undefined true false string value token key apikey credential credentials hunter2 letmein
  welcome qwerty abc123 123456 1234567 12345 1234 abcd foo bar baz foobar example sample public private prod production
  staging minio minioadmin elastic neo4j oracle tiger scott sa toor vagrant ubuntu jenkins nexus sonar keycloak grafana
  prometheus web app api db database service server client`.split(/\s+/),
);

/** `my-db-password1`, `superSecret!`, `test_pass`, `p@ssw0rd`: words of the trade and a few digits. */
const WEAK_SHAPE =
  /^(?:(?:my|your|the|other|another|wrong|bad|good|correct|invalid|some|a|this|is|db|database|user|root|admin|test|dev|local|demo|sample|fake|dummy|default|strong|super|secure|very|new|old|app|api|basic|auth|proxy|http|smtp|ftp|mail|master|client|private|access|login|sql|pg|postgres|mysql|mongo|redis|rabbit)[-_. ]?){0,4}(?:secret|p[a@]ss(?:w[o0]rd|wd|phrase)?|pwd|pw|token|key|credential)s?[-_.]?[0-9]{0,6}!?$/i;

/** SHA-256 (16 hex digits) of keys that documentation of their providers prints, so that none stands here. */
const DOCUMENTED = new Set([
  '7f75367e78812551', // jwt.io, two tokens
  'da816f9f2c16e6c5',
  '0011cc25eb432071', // Azurite
  'aa6547439583c3a2', // emulator of Cosmos DB
  '2cafc0970149a84f', // Stripe, three keys
  'f2d6ca16515033e5',
  '2d1f7723aabc5c7a',
]);

/**
 * True when a match of `rule` is no secret, by its text alone: the caller asks after entropy and check sum. It decides
 * over single values, so a wrong answer hides one key and no more; the tests hold it to no random key at all.
 */
export function isPlaceholder(secret: string, rule: Rule): boolean {
  if (rule.family === 'private-key') return WORDS_IN_KEYS.test(secret) || isMonotonous(secret);
  if (WORDS.test(secret) || isMonotonous(secret)) return true;
  if (DOCUMENTED.has(createHash('sha256').update(secret).digest('hex').slice(0, 16))) return true;
  if (rule.family !== 'database' && rule.family !== 'generic' && rule.family !== 'user') return false;
  return TEMPLATE.test(secret) || isWeakWord(secret);
}

/** A password that protects nothing: `postgres`, `my-db-password1`. Whole values only. */
export const isWeakWord = (text: string): boolean =>
  WEAK_WORDS.has(text.toLowerCase()) || WEAK_SHAPE.test(text);

/** Eight lines of base64 are too long for any but the longest words. */
const WORDS_IN_KEYS = /placeholder|yourprivatekey|examplekey|privatekeyhere/i;

/**
 * One character, or one short piece, again and again, or characters in the order of the alphabet: `xxxxxxxx`,
 * `abcabcabc`, `0123456789abcdef`. A third of the value is enough.
 */
function isMonotonous(secret: string): boolean {
  const enough = Math.max(6, Math.ceil(secret.length * 0.3));
  for (const step of [0, 1, -1]) if (longestRun(secret, step) >= enough) return true;
  return isRepeated(secret) || secret.split(/[^A-Za-z0-9]/).some(isRepeated);
}

/** Length of the longest run in which each character code is the one before plus `step`. */
function longestRun(text: string, step: number): number {
  let longest = 1;
  let run = 1;
  for (let i = 1; i < text.length; i++) {
    run = text.charCodeAt(i) === text.charCodeAt(i - 1) + step ? run + 1 : 1;
    if (run > longest) longest = run;
  }
  return longest;
}

/** Three or more times the same piece, and perhaps the beginning of it once more. */
function isRepeated(text: string): boolean {
  if (text.length < 12) return text.length >= 6 && text === text[0]!.repeat(text.length);
  const limit = Math.min(32, Math.floor(text.length / 3));
  for (let size = 1; size <= limit; size++) {
    let same = size;
    while (same < text.length && text.charCodeAt(same) === text.charCodeAt(same - size)) same++;
    if (same === text.length) return true;
  }
  return false;
}
