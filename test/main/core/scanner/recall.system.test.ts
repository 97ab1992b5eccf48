// Recall: keys of every AI rule and of many others, each in fifteen contexts, planted at random commits and taken away
// by the next one, born in merges, stashed, staged. All of them must be found, each as what it is and where it is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, Rule, ScanSource } from '../../../../main/core/scanner/model.ts';
import { RULES } from '../../../../main/core/scanner/rules/index.ts';
import { createRepo, type GitRepo } from '../../../support/git-repo.ts';
import { type Scanned, scan } from '../../../support/scanning.ts';

const SEED = 20_241_105;
const COMMITS = 240;
const OTHER_RULES = 40;
/** Mark of the merge at the end. */
const MERGE = COMMITS + 1;

/** Around the sample of a rule, as people write keys down. */
const CONTEXTS: Record<string, (key: string) => string | Buffer> = {
  quotes: (key) => `const token = '${key}';\n`,
  url: (key) => `fetch("https://api.example.com/v1/things?token=${key}&page=2")\n`,
  json: (key) => `{"name":"x","token":"${key}","more":[1,2]}`,
  yaml: (key) => `settings:\n  token: ${key}\n  other: 1\n`,
  shell: (key) => `#!/bin/sh\nexport TOKEN=${key}; run --now\n`,
  html: (key) => `<p>use <code>${key}</code> here</p>\n`,
  comma: (key) => `1,${key},2024-01-01\n`,
  parenthesis: (key) => `connect(${key})\n`,
  'utf-16': (key) => wide(`[a]\r\nkey=${key}\r\n[b]\r\n`, key.length % 4),
  crlf: (key) => `first\r\ntoken: ${key}\r\nlast\r\n`,
  'end of file': (key) => `token=${key}`,
  'minified line': (key) => `${FILLER}k="${key}";${FILLER}`,
};
/** Where it stands besides: as quoted text. */
const PLACES = ['merge-born', 'stash', 'staged only'] as const;

const FILLER = 'function a(b,c){return b?c[d.e]+"f":g(h)};'.repeat(12_500);

interface Plant {
  rule: Rule;
  context: string;
  path: string;
  content: string | Buffer;
  source: ScanSource;
  /** Mark of the commit that brings it. */
  mark: number | null;
}

const random = seeded(SEED);
const rules = chosenRules();
const planted = rules.flatMap(plantsOf);
let git: GitRepo;
let scanned: Scanned;
let commits: Map<number, string>;

beforeAll(async () => {
  git = createRepo();
  const marks = path.join(git.around, 'marks');
  git.run(['fast-import', '--quiet', `--export-marks=${marks}`], { input: history() });
  commits = new Map(
    readFileSync(marks, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, mark, oid] = /^:(\d+) (\w+)$/.exec(line) ?? [];
        return mark && oid ? [[Number(mark), oid] as const] : [];
      }),
  );
  git.git('reset', '-q', '--hard', 'main');
  put('stash');
  git.git('stash', '-q', '-u');
  put('staged only');
  git.git('add', '--all');
  scanned = await scan(git.path);
});
afterAll(() => git.remove());

describe(`${planted.length} keys of ${rules.length} rules in 15 contexts`, () => {
  it('are enough, and of every AI rule', () => {
    const ai = RULES.filter(({ family, enabled }) => family === 'ai' && enabled !== false);
    expect(rules).toEqual(expect.arrayContaining(ai));
    expect(rules.length - ai.length).toBeGreaterThanOrEqual(20);
    expect(new Set(planted.map(({ context }) => context)).size).toBe(15);
    expect(planted.length).toBeGreaterThanOrEqual(400);
  });

  it('are all found, each by its rule and in its file', () => {
    const found = new Set(scanned.findings.map(({ rule, path: at }) => `${rule} in ${at}`));
    const missed = planted
      .filter((plant) => !found.has(`${plant.rule.id} in ${plant.path}`))
      .map(({ rule, context }) => `${rule.id} in ${context}`);
    expect(missed).toEqual([]);
  });

  it('are said to be where they are: commit, stash or index', () => {
    const byPlace = new Map(scanned.findings.map((finding) => [`${finding.rule} ${finding.path}`, finding]));
    const wrong = planted.flatMap((plant) => {
      const finding = byPlace.get(`${plant.rule.id} ${plant.path}`);
      return finding && !isRight(finding, plant)
        ? [`${plant.path}: ${finding.source} ${finding.commit}`]
        : [];
    });
    expect(wrong).toEqual([]);
  });

  it('leave nothing unread', () => {
    expect(scanned.summary.counts).toMatchObject({ tooBig: 0, missing: 0, unreadable: 0, timedOut: 0 });
    expect(scanned.summary.issues).toEqual([]);
  });
});

function isRight({ source, commit, present }: Finding, plant: Plant): boolean {
  if (source !== plant.source) return false;
  if (plant.source === 'staged') return commit === null && present === true;
  return plant.mark === null || commit === commits.get(plant.mark);
}

function chosenRules(): Rule[] {
  const on = RULES.filter(({ enabled }) => enabled !== false);
  const ai = on.filter(({ family }) => family === 'ai');
  const others = on.filter(({ family }) => family !== 'ai' && family !== 'generic');
  const step = others.length / OTHER_RULES;
  return [...ai, ...Array.from({ length: OTHER_RULES }, (_, at) => others[Math.floor(at * step)] as Rule)];
}

function plantsOf(rule: Rule): Plant[] {
  const [key = ''] = rule.samples.match;
  const inCommits = Object.entries(CONTEXTS).map(([context, write]): Plant => {
    // An even mark brings keys, the odd one after it takes them away; the last ones are the merge and its end.
    const mark = 2 + 2 * Math.floor(random() * (COMMITS / 2 - 2));
    return {
      rule,
      context,
      path: pathOf(rule, context),
      content: write(key),
      source: 'history',
      mark,
    };
  });
  const elsewhere = PLACES.map(
    (context): Plant => ({
      rule,
      context,
      path: pathOf(rule, context),
      // No two alike: a content in the history is not looked for in stashes.
      content: `// ${context}\nconst token = "${key}";\n`,
      source: context === 'stash' ? 'stash' : context === 'staged only' ? 'staged' : 'history',
      mark: context === 'merge-born' ? MERGE : null,
    }),
  );
  return [...inCommits, ...elsewhere];
}

function pathOf({ family, id }: Rule, context: string): string {
  return `${family}/${id}/${context.replaceAll(' ', '-')}.txt`;
}

function put(context: string): void {
  for (const plant of planted) if (plant.context === context) git.write(plant.path, plant.content);
}

/** For fast-import: a line of commits with a side branch, merged at the end by a commit with contents of its own. */
function history(): Buffer {
  const parts: Buffer[] = [];
  const add = (text: string) => parts.push(Buffer.from(text));
  const data = (content: string | Buffer) => {
    const bytes = Buffer.from(content as string);
    add(`data ${bytes.length}\n`);
    parts.push(bytes, Buffer.from('\n'));
  };
  const commit = (mark: number, ref: string, ...parents: string[]) => {
    add(`commit refs/heads/${ref}\nmark :${mark}\n`);
    add(`committer Ada <ada@example.com> ${1_700_000_000 + mark * 60} +0000\n`);
    data(`commit ${mark}\n`);
    for (const parent of parents) add(`${parent}\n`);
  };
  const modify = (file: string, content: string | Buffer) => {
    add(`M 100644 inline ${file}\n`);
    data(content);
  };
  const of = (mark: number) => planted.filter((plant) => plant.mark === mark);

  for (let mark = 1; mark < MERGE - 1; mark++) {
    commit(mark, 'main', ...(mark > 1 ? [`from :${mark - 1}`] : []));
    modify('log.txt', `${mark}\n`);
    for (const plant of of(mark)) modify(plant.path, plant.content);
    for (const plant of of(mark - 1)) add(`D ${plant.path}\n`);
  }
  commit(MERGE - 1, 'side', 'from :1');
  modify('side.txt', 'side\n');
  commit(MERGE, 'main', `from :${MERGE - 2}`, `merge :${MERGE - 1}`);
  modify('side.txt', 'side\n');
  for (const plant of of(MERGE)) modify(plant.path, plant.content);
  commit(MERGE + 1, 'main', `from :${MERGE}`);
  for (const plant of of(MERGE)) add(`D ${plant.path}\n`);
  return Buffer.concat(parts);
}

function wide(text: string, kind: number): Buffer {
  const le = Buffer.from(text, 'utf16le');
  const bytes = kind < 2 ? le : Buffer.from(le).swap16();
  const mark = kind < 2 ? [0xff, 0xfe] : [0xfe, 0xff];
  return kind % 2 === 0 ? bytes : Buffer.concat([Buffer.from(mark), bytes]);
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
