// The scanner's own vocabulary: what a rule is, what a scan is asked, what it finds and what it says on the way.
// Everything that leaves the scan thread is made of these types, and none but `RevealedSecret` holds a secret.
import type {
  ScanCounts,
  ScanIssue,
  ScanProfile,
  ScanSource,
  Severity,
} from '../../../preload/contract/scanner.ts';

export type { ScanCounts, ScanIssue, ScanProfile, ScanSource, Severity };

/** Rules are kept one file per provider family. */
export type RuleFamily =
  | 'ai'
  | 'cloud'
  | 'source-host'
  | 'packages'
  | 'chat'
  | 'payment'
  | 'email'
  | 'database'
  | 'monitoring'
  | 'saas'
  | 'private-key'
  | 'generic'
  | 'user';

export interface Rule {
  /** Lower-case kebab, stable for ever: reports and baselines name it. E.g. `anthropic-api-key`. */
  id: string;
  /** Whose secret it is, as people write it: `Anthropic`. */
  provider: string;
  family: RuleFamily;
  /** One short sentence: what the secret lets its finder do. */
  description: string;
  severity: Severity;
  /**
   * Literals of at least 3 bytes, lower case, ASCII. At least one of them stands within `reach` of every match. They
   * are looked for without regard to case, so a match costs nothing where none of them stands.
   */
  anchors: readonly string[];
  /**
   * Run on windows around the anchors, over latin1 text (one character per byte). The group named `secret` is the
   * secret; without it the whole match is. Must not contain `^` or `$` without the `m` flag; endings are look-aheads
   * on the secret's alphabet, so that a key before `&`, `)`, `,`, `<`, a quote, a backslash or the end is not lost.
   */
  pattern: RegExp;
  /** Bytes that a match may begin before, and end after, its anchor. Default 168 and 512. */
  reach?: { before?: number; after?: number };
  /** Least Shannon entropy of the secret, bits per character. */
  entropy?: number;
  /** A check sum or structure that the format has. False: no finding. */
  check?: (secret: string) => boolean;
  /** Where its owner revokes it; https. `null`: there is no such page (a private key). */
  revoke: string | null;
  /** False: only on when asked for. Default true. */
  enabled?: boolean;
  /**
   * Unit tests of the rule, built at run time from `sample()` parts, so that no key-shaped text stands in the source.
   * `match` texts give exactly one finding of this rule, `miss` texts none.
   */
  samples: { match: readonly string[]; miss: readonly string[] };
}

/** What is allowed, whatever a rule says. All of `paths`, `secrets` and `stopWords` count by themselves. */
export interface AllowList {
  /** Empty: all rules. */
  rules: readonly string[];
  /** Tested against the path with forward slashes, from the repository's root. */
  paths: readonly RegExp[];
  /** Tested against the secret. */
  secrets: readonly RegExp[];
  /** Substrings, without regard to case. */
  stopWords: readonly string[];
  reason: string;
}

/** Rules as a scan uses them; made by `rules/rule-set.ts`. Plain enough to be made again in every thread. */
export interface RuleSet {
  rules: readonly Rule[];
  allow: readonly AllowList[];
  /** Hex. Changes when any rule, allow list or the matcher's version does: the key of the cache. */
  hash: string;
}

/** What a thread needs to build the same `RuleSet`: structured-clonable. */
export interface RuleChoice {
  /** Texts of `.keybench.toml` files, the user's own before the repository's. `from` is shown in errors. */
  configs: readonly { from: 'user' | 'repository' | 'option'; path: string; text: string }[];
  /** Ids of rules that are off by default and are wanted. */
  enable: readonly string[];
  disable: readonly string[];
}

/** A key that Keybench holds, in every form to look for. In memory of the scanner only. */
export interface KnownKey {
  id: string;
  name: string;
  secret: string;
  /** The secret and its encoded forms (base64 at three alignments, URL, JSON), each at least 8 bytes. */
  forms: readonly string[];
}

/** A place in one content that a rule, or a known key, has matched. Holds the secret: never leaves the scan thread. */
export interface Match {
  /** Rule id; `known-key` for a known key that no rule describes. */
  rule: string;
  secret: string;
  /** Byte offsets of the secret in the content as stored (before any decoding of UTF-16). */
  start: number;
  end: number;
  /** 1-based line and column (bytes); of the decoded text for UTF-16. */
  line: number;
  column: number;
  knownKey: string | null;
  /** The line, or the one above it, says `keybench:allow`. */
  allowedInline: boolean;
}

export interface MatchOutcome {
  matches: Match[];
  /** Rules that were given up on this content because their time, or the number of matches, was used up. */
  timedOut: string[];
  /**
   * Pairs of start and end, rising and apart: all bytes that any rule or known key takes for a secret, also those of
   * which a more specific rule is told in `matches`. What must be masked wherever the content is shown.
   */
  claimed: number[];
}

/** Built once per thread from a rule set and the known keys. */
export interface Matcher {
  /** All matches in one content, in order of place. Never throws for any bytes; bounded in time and memory. */
  match(content: Uint8Array): MatchOutcome;
}

/** One finding as a scan reports it: a secret in a path, whatever number of versions of that file hold it. */
export interface Finding {
  rule: string;
  provider: string;
  severity: Severity;
  description: string;
  /** First and last characters only, e.g. `sk-a··7Qx2`. */
  masked: string;
  /** Hex, 32 characters: of rule and secret, equal on every machine and after rebase and rename. See fingerprint.ts. */
  fingerprint: string;
  /** The key service's fingerprint of the secret (`<pepper id>:<hmac>`); `null` without a keychain. */
  keyFingerprint: string | null;
  /** Id of the stored key that it is, known at scan time. */
  knownKey: string | null;
  source: ScanSource;
  /** Path in the repository, forward slashes, bytes that are not UTF-8 as `\xNN`. Empty for commit and tag messages. */
  path: string;
  line: number;
  column: number;
  /** Object the secret stands in; `null` for work-tree files. */
  oid: string | null;
  /** The oldest commit that brought it; `null` when none holds it (staged, work tree, unreachable). */
  commit: string | null;
  author: string | null;
  email: string | null;
  /** Epoch ms of the author date. */
  at: number | null;
  /** Refs that hold the commit, shortest names first, at most 20; empty when not asked or none. */
  refs: string[];
  /** In how many different contents of this path it stands. */
  versions: number;
  /** Is the secret in a file of the working tree now? `null`: the profile did not look. */
  present: boolean | null;
  /** What hides it: an inline comment, the repository's own config, the user's config or the baseline. `null`: shown. */
  suppressed: 'inline' | 'repository' | 'user' | 'baseline' | null;
  /** Only where the caller asked for it (`--show-secrets`). */
  revealed?: RevealedSecret;
}

/** The one carrier of a found secret: on the command line only, to a terminal, after a warning. */
export interface RevealedSecret {
  secret: string;
}

export interface ScanRequest {
  /** Of a repository, its work tree or any folder in it. */
  path: string;
  profile: ScanProfile;
  /** Only commits that are not reachable from this revision (history profile). */
  since: string | null;
  /** The index of a commit in the making, as git names it to its hooks; absent: the repository's own. */
  indexFile?: string | null;
  /** The user has agreed to read a repository that belongs to someone else. */
  trusted: boolean;
  /** Threads; default min(cores, 4). */
  jobs: number | null;
  /** Contents larger than this many bytes are counted as skipped. */
  maxBlob: number;
  /** Folder of the cache; `null`: none. */
  cacheDir: string | null;
  /** Read the files of the work tree that git ignores. Default true. */
  ignored?: boolean;
  rules: RuleChoice;
  /** Read `.keybench.toml` of the repository. */
  repositoryConfig: boolean;
  knownKeys: readonly KnownKey[];
  /** The key service's pepper, for `keyFingerprint`. */
  pepper: string | null;
  /** Fingerprints to leave out. */
  baseline: readonly string[];
  reveal: boolean;
}

export interface ScanSummary {
  counts: ScanCounts;
  /** Things a reader must know before trusting "clean": shallow, partial, nothing scanned… */
  issues: ScanIssue[];
  ruleHash: string;
  rules: number;
  /** Epoch ms, and how long it took. */
  startedAt: number;
  ms: number;
  /** Where HEAD was, e.g. `main`, and its commit. */
  head: { ref: string | null; oid: string } | null;
}

export interface ScanProgress {
  phase: 'open' | 'list' | 'read' | 'locate' | 'files';
  /** Exact bytes of content, of `bytesTotal`; 0 of 0 while listing. */
  bytes: number;
  bytesTotal: number;
  objects: number;
  objectsTotal: number;
  findings: number;
}

/** What a scan thread says, in this order: `progress` and `found` any number of times, then one of the last three. */
export type ScanMessage =
  | { k: 'progress'; progress: ScanProgress }
  /** Not placed yet: path and commit come with `done`. */
  | { k: 'found'; findings: Finding[] }
  /** All findings, placed and merged. */
  | { k: 'done'; summary: ScanSummary; findings: Finding[] }
  | { k: 'stopped' }
  /** One sentence for people; code as in the contract's errors. */
  | { k: 'failed'; code: string; message: string };
