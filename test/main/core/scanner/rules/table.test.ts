// Every rule against its own samples, and what all rules have to keep.
import { describe, expect, test } from 'vitest';
import { RULES } from '../../../../../main/core/scanner/rules/index.ts';
import { GENERIC_FALSE_ALARMS } from '../../../../../main/core/scanner/rules/table/generic.ts';
import { find } from './find.ts';

/** Where keys stand in real files. `{}` is the sample. */
const CONTEXTS: Record<string, string> = {
  alone: '{}',
  'double quotes': 'x = "{}"',
  'single quotes': "x = '{}';",
  backticks: 'x = `{}`',
  'URL query': 'https://host/path?key={}&page=2',
  JSON: '{"value":"{}","next":1}',
  YAML: 'value: {}\nnext: 1\n',
  'shell export': 'export VALUE={}; run',
  'HTML attribute': '<a data-value="{}">text</a>',
  'HTML text': '<td>{}</td>',
  comma: 'one,{},three',
  parenthesis: 'login({})',
  'escaped line break': '"first\\n{}\\nlast"',
  'escaped quotes': '"{\\"value\\":\\"{}\\"}"',
  'percent encoding': 'value%3D{}%26next',
  CRLF: 'VALUE={}\r\nNEXT=1\r\n',
  tabs: 'value\t{}\tnext',
  'end of file': '\n\nVALUE={}',
};

/** Rules whose secret ends at white space or a quote only. */
const OPEN_END = new Set([
  'ado-connection-string',
  'curl-user-password',
  'slack-session-cookie',
  'twitter-bearer-token',
  'password-hash',
]);

const place = (context: string, sample: string) => context.replace('{}', () => sample);

describe('the table', () => {
  test('has at least 200 rules', () => {
    expect(RULES.length).toBeGreaterThanOrEqual(200);
  });

  test('gives every rule an id of its own, in lower-case kebab', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
    for (const rule of RULES) expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('has one rule that is off by default: the generic one', () => {
    expect(RULES.filter((rule) => rule.enabled === false).map((rule) => rule.id)).toEqual([
      'generic-secret-assignment',
    ]);
  });

  test('says how often that one is wrong', () => {
    expect(GENERIC_FALSE_ALARMS.wrongShare).toBeGreaterThan(0);
    expect(GENERIC_FALSE_ALARMS.wrongShare).toBeLessThan(1);
  });

  test('knows the AI providers', () => {
    const providers = new Set(RULES.filter((rule) => rule.family === 'ai').map((rule) => rule.provider));
    for (const provider of [
      'Anthropic',
      'OpenAI',
      'Hugging Face',
      'Google',
      'Mistral',
      'Groq',
      'Cohere',
      'Replicate',
      'xAI',
      'DeepSeek',
      'OpenRouter',
      'Perplexity',
      'Together AI',
      'Fireworks AI',
      'ElevenLabs',
      'Azure OpenAI',
      'AWS',
      'Pinecone',
      'LangSmith',
      'Weights & Biases',
    ])
      expect(providers).toContain(provider);
  });
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test('is well formed', () => {
    expect(rule.provider).not.toBe('');
    expect(rule.description).toMatch(/^[A-Z][^\n]{15,110}\.$/);
    if (rule.revoke === null) expect(rule.family).toBe('private-key');
    else expect(rule.revoke).toMatch(/^https:\/\/[a-z0-9.-]+\.[a-z]+(\/|\?|$)/);
    expect(rule.anchors.length).toBeGreaterThan(0);
    for (const anchor of rule.anchors) {
      expect(anchor.length).toBeGreaterThanOrEqual(3);
      expect(anchor).toMatch(/^[\x20-\x7e]+$/);
      expect(anchor).toBe(anchor.toLowerCase());
    }
    expect(rule.pattern.flags).toBe('g');
    expect(rule.pattern.source.replace(/\\.|\[(\\.|[^\]])*\]/g, '')).not.toMatch(/[\^$]/);
    expect(''.match(new RegExp(rule.pattern, ''))).toBeNull();
  });

  test('finds its samples, once each, in every context', () => {
    expect(rule.samples.match.length).toBeGreaterThan(0);
    for (const sample of rule.samples.match)
      for (const [name, context] of Object.entries(CONTEXTS))
        expect(find(rule, place(context, sample)), `${name}: ${context}`).toHaveLength(1);
  });

  test('finds the same secret in every context', () => {
    for (const sample of rule.samples.match) {
      const [secret] = find(rule, sample);
      for (const [name, context] of Object.entries(CONTEXTS)) {
        const [found] = find(rule, place(context, sample));
        // A password has no alphabet: what follows it without a delimiter belongs to it.
        if (OPEN_END.has(rule.id)) expect(found?.startsWith(secret!), name).toBe(true);
        else expect(found, name).toBe(secret);
      }
    }
  });

  test('finds nothing in its counter-samples', () => {
    expect(rule.samples.miss.length).toBeGreaterThan(0);
    for (const text of rule.samples.miss) expect(find(rule, text), text.slice(0, 24)).toEqual([]);
  });
});
