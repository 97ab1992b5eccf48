import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathUri } from '../../../../../main/core/scanner/report/path-uri.ts';
import { toSarif } from '../../../../../main/core/scanner/report/to-sarif.ts';
import { everything, report, reported, repository, text } from './samples.ts';

/** The official schema; its pattern for languages is no valid expression with the flag that ajv uses. */
function officialSchema() {
  const file = new URL(
    '../../../../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
    import.meta.url,
  );
  const text = readFileSync(file, 'utf8').replaceAll(
    '^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$',
    '^[a-zA-Z]{2}',
  );
  const { $schema: _dialect, id: _id, ...schema } = JSON.parse(text);
  return schema;
}
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(officialSchema());

function valid(sarif: string) {
  const json = JSON.parse(sarif);
  validate(json);
  expect(validate.errors ?? []).toEqual([]);
  return json;
}

describe('against the official schema', () => {
  it('is valid with one of everything', () => {
    valid(text(toSarif(everything())));
  });

  it('is valid without findings, and without repositories', () => {
    valid(text(toSarif(report(repository([])))));
    valid(text(toSarif(report())));
  });

  it('the check is one that can fail', () => {
    const json = JSON.parse(text(toSarif(everything())));
    json.runs[0].results[0].level = 'fatal';
    expect(validate(json)).toBe(false);
    json.runs[0].results[0].level = 'error';
    json.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b';
    expect(validate(json)).toBe(false);
  });

  it('is valid whatever bytes stand in paths and names, and the path comes back', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(
        'a b',
        'ä/ö.ts',
        '%41',
        '"q"',
        'x\ny',
        "it's",
        '#?&=',
        'c:/x',
        '../up',
        '\\xff',
        '日本',
        '<b>',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, author, masked) => {
        const json = valid(text(toSarif(report(repository([reported(1, { path, author, masked })])))));
        const { uri } = json.runs[0].results[0].locations[0].physicalLocation.artifactLocation;
        expect(uri).toMatch(/^[A-Za-z0-9\-._~/%]*$/);
        // Lone surrogates are no text; a path from git never has them.
        if (!/\\x[89a-f][0-9a-f]/.test(path)) expect(decodeURIComponent(uri)).toBe(path.toWellFormed());
      }),
      { numRuns: 100 },
    );
  });
});

describe('what it says', () => {
  const [run, failed] = JSON.parse(text(toSarif(everything()))).runs;

  it('levels by severity, and rules with help and the link for revoking', () => {
    expect(run.results.slice(0, 3).map((one: { level: string }) => one.level)).toEqual([
      'error',
      'warning',
      'note',
    ]);
    const { rules } = run.tool.driver;
    for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex].id).toBe(ruleId);
    expect(rules[0]).toMatchObject({ helpUri: 'https://some.example/keys' });
    expect(rules[0].help.text).toContain('https://some.example/keys');
    expect(rules[1].helpUri).toBeUndefined();
  });

  it('places under the root of the repository, and objects without a path by name', () => {
    expect(run.originalUriBaseIds.SRCROOT.uri).toBe('file:///home/ada/web%20api/');
    expect(run.results[0].locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/file-1.ts', uriBaseId: 'SRCROOT' },
          region: { startLine: 2 },
        },
      },
    ]);
    expect(run.results[3].locations[0].logicalLocations[0].kind).toBe('message');
    expect(run.results[4].locations[0].logicalLocations[0].fullyQualifiedName).toBe('b'.repeat(40));
  });

  it('what is suppressed or marked, with its reason, and an empty list for all others', () => {
    const suppressions = run.results.map((one: { suppressions: { kind: string }[] }) =>
      one.suppressions.map(({ kind }) => kind),
    );
    expect(suppressions).toEqual([[], [], [], [], [], ['inSource'], ['external'], ['external'], []]);
    expect(run.results[7].suppressions[0].justification).toBe('Accepted: a "test", really yes');
  });

  it('fingerprints that do not depend on the place', () => {
    expect(run.results[0].partialFingerprints).toEqual({ 'keybench/v1': '1'.padStart(32, '0') });
  });

  it('what was not looked at, and which scan failed', () => {
    expect(run.invocations[0].executionSuccessful).toBe(true);
    expect(
      run.invocations[0].toolExecutionNotifications.map(
        (one: { level: string; descriptor: { id: string } }) => [one.level, one.descriptor.id],
      ),
    ).toEqual([
      ['warning', 'shallow'],
      ['note', 'submodules'],
    ]);
    expect(failed.invocations[0]).toMatchObject({ executionSuccessful: false });
    expect(failed.invocations[0].toolExecutionNotifications[0]).toMatchObject({ level: 'error' });
  });

  it('where the repository stood', () => {
    const json = JSON.parse(text(toSarif(report(repository([])))));
    expect(json.runs[0].versionControlProvenance).toEqual([
      {
        repositoryUri: 'file:///home/ada/web%20api/',
        revisionId: 'a'.repeat(40),
        branch: 'main',
        mappedTo: { uriBaseId: 'SRCROOT' },
      },
    ]);
    expect(run.versionControlProvenance).toBeUndefined();
  });
});

it('bytes that are not UTF-8 come back as they were', () => {
  expect(pathUri('caf\\xe9.txt')).toBe('caf%E9.txt');
  expect(pathUri('plain\\x41.txt')).toBe('plain%5Cx41.txt');
});
