import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyInfo } from '../../../../preload/contract/keys.ts';
import { printBody, readPath, writePath } from '../../../../renderer/features/explorer/body-path.ts';
import { keyVariable, shellWord, toCurl } from '../../../../renderer/features/explorer/curl.ts';
import { draftTitle, EMPTY_DRAFT } from '../../../../renderer/features/explorer/drafts.ts';
import { exampleGroups } from '../../../../renderer/features/explorer/examples.ts';
import { toLines, toList } from '../../../../renderer/features/explorer/form/list-param.tsx';
import { contentText, withText } from '../../../../renderer/features/explorer/form/message-content.ts';
import { parseJson } from '../../../../renderer/features/explorer/json-problem.ts';
import { rawHttp } from '../../../../renderer/features/explorer/raw-http.ts';
import { readableBody } from '../../../../renderer/features/explorer/sse-json.ts';
import { keysFor, likelyKey, originOf } from '../../../../renderer/features/explorer/target.ts';
import { MODELS, PROVIDERS } from '../../../support/fake-core/providers.ts';

describe('parseJson', () => {
  it.each([
    ['{"a": 1,}', 1, 9, 'comma before }'],
    ['{"a": 1\n "b": 2}', 2, 2, 'comma or }'],
    ['{\n  a: 1}', 2, 3, 'name in double quotes'],
    ['[1, 2', 1, 6, 'ends too early'],
    ['', 1, 1, 'ends too early'],
    ['{"a": undefined}', 1, 7, 'A value is expected'],
    ['{"a": "open', 1, 7, 'not closed'],
    ['{} x', 1, 4, 'nothing may follow'],
    ['{"a" 1}', 1, 6, 'colon'],
    ['[01]', 1, 2, 'A value'],
  ])('places the problem of %j', (text, line, column, message) => {
    const parsed = parseJson(text);
    expect(parsed).toMatchObject({ ok: false, problem: { line, column } });
    if (!parsed.ok) expect(parsed.problem.message).toContain(message);
  });

  it('finds a place inside the text for anything that JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '}', ',', '"', 'x', '\\', '\n', '1'),
        (json, at, wrong) => {
          const cut = at % (json.length + 1);
          const text = json.slice(0, cut) + wrong + json.slice(cut + 1);
          const parsed = parseJson(text);
          if (parsed.ok) return;
          expect(parsed.problem.offset).toBeGreaterThanOrEqual(0);
          expect(parsed.problem.offset).toBeLessThanOrEqual(text.length);
          // All before the place can be part of some JSON: the problem is not later than where the engine sees it.
          expect(parsed.problem.line).toBe(text.slice(0, parsed.problem.offset).split('\n').length);
        },
      ),
    );
  });
});

describe('body paths', () => {
  it('writes and takes out nested values without touching the rest', () => {
    const body = { model: 'm', stream_options: { include_usage: true } };
    expect(writePath(body, 'reasoning.effort', 'low')).toEqual({ ...body, reasoning: { effort: 'low' } });
    expect(writePath(body, 'stream_options.include_usage', undefined)).toEqual({ model: 'm' });
    expect(body.stream_options.include_usage).toBe(true);
  });

  it('reads nothing from the prototype', () => {
    expect(readPath({}, 'constructor.name')).toBeUndefined();
  });

  it('reads back what was written, for any path', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z_]{1,8}$/), { minLength: 1, maxLength: 4 }),
        fc.jsonValue(),
        (names, value) => {
          const path = names.join('.');
          const written = writePath({}, path, value);
          expect(readPath(JSON.parse(printBody(written)), path)).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });
});

describe('message content', () => {
  it('edits a list of one text part as that text and keeps its form', () => {
    const content = [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }];
    expect(contentText(content)).toBe('a');
    expect(withText(content, 'b')).toEqual([{ ...content[0], text: 'b' }]);
    expect(withText('a', 'b')).toBe('b');
  });

  it('leaves content of several parts to the JSON editor', () => {
    expect(contentText([{ type: 'text', text: 'a' }, { type: 'image' }])).toBeNull();
  });
});

describe('lists of texts', () => {
  it('keep line breaks and backslashes through the field', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .string({ minLength: 1 })
            .map((text) => text.replaceAll('\r', ''))
            .filter(Boolean),
        ),
        (list) => {
          expect(toList(toLines(list))).toEqual(list);
        },
      ),
    );
  });
});

describe('cURL', () => {
  it('quotes any text so that a shell gives it back unchanged, the key from its variable', () => {
    const printable = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(printable, { minLength: 1, maxLength: 5 }), (texts) => {
        const words = texts.map((text) => shellWord(`${text}[key:prod-oncall]${text}`, 'API_KEY'));
        const out = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${words.join(' ')}`], {
          env: { API_KEY: 'k$`"\'\\' },
        });
        expect(out.toString().split('\0').slice(0, -1)).toEqual(
          texts.map((text) => `${text}k$\`"'\\${text}`),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('holds a variable in place of the key and leaves out what curl does itself', () => {
    const text = toCurl(
      {
        method: 'POST',
        url: 'https://api.anthropic.com/v1/messages',
        headers: [
          ['authorization', 'Bearer [key:prod]'],
          ['content-length', '2'],
          ['x-stainless-lang', 'js'],
          ['x-empty', ''],
        ],
        body: `{"a":"it's"}`,
      },
      'anthropic',
    );
    expect(text).toContain(`--header 'authorization: Bearer '"$ANTHROPIC_API_KEY"`);
    expect(text).toContain(`--header 'x-empty;'`);
    expect(text).toContain(`--data-raw '{"a":"it'\\''s"}'`);
    expect(text).not.toMatch(/\[key:|content-length|stainless|--request/);
    expect(keyVariable('compatible')).toBe('API_KEY');
  });
});

describe('where a request goes', () => {
  const key = (over: Partial<KeyInfo>): KeyInfo => ({
    id: 'a',
    name: 'k',
    provider: 'openai',
    origin: 'https://api.openai.com',
    baseUrl: 'https://api.openai.com/v1',
    last4: 'abcd',
    backend: 'keychain',
    createdAt: 1,
    lastUsedAt: null,
    uses: 0,
    lastCheck: null,
    state: 'active',
    stateText: '',
    ...over,
  });

  it('offers keys of that origin alone', () => {
    const keys = [
      key({ id: 'a' }),
      key({ id: 'b', origin: 'https://evil.test' }),
      key({ id: 'c', origin: 'http://api.openai.com' }),
    ];
    expect(keysFor(keys, 'https://api.openai.com/v1/responses').map(({ id }) => id)).toEqual(['a']);
    expect(keysFor(keys, 'https://api.openai.com.evil.test/')).toEqual([]);
    expect(keysFor(keys, 'not an address')).toEqual([]);
    expect(originOf('file:///etc/passwd')).toBeNull();
  });

  it('begins with the key used last that works', () => {
    const keys = [
      key({ id: 'old', lastUsedAt: 5 }),
      key({ id: 'new', lastUsedAt: 9 }),
      key({ id: 'locked', lastUsedAt: 99, state: 'locked' }),
    ];
    expect(likelyKey(keys, 'https://api.openai.com/v1')).toBe('new');
  });
});

describe('drafts', () => {
  it('are called by their name, else by what is asked', () => {
    expect(draftTitle({ ...EMPTY_DRAFT, name: 'Named' })).toBe('Named');
    expect(draftTitle({ ...EMPTY_DRAFT, body: printBody({ input: 'Ask  me' }) })).toContain('Ask');
    expect(draftTitle({ ...EMPTY_DRAFT, body: '{' })).toBe('New request');
  });
});

describe('examples', () => {
  it('give one per API of each provider and one per behaviour of the Demo, all valid JSON', () => {
    const demo = PROVIDERS.find((one) => one.demo)!;
    const groups = exampleGroups(PROVIDERS, MODELS[demo.id] ?? []);
    expect(groups[0]?.provider.demo).toBe(true);
    for (const { provider, examples } of groups) {
      expect(examples.length).toBeGreaterThanOrEqual(provider.apis.length);
      for (const { draft } of examples) expect(parseJson(draft.body).ok).toBe(true);
    }
    expect(groups[0]?.examples.length).toBe(demo.apis.length + (MODELS[demo.id]?.length ?? 1) - 1);
  });
});

describe('readable bodies', () => {
  it('indents JSON, lists events, leaves the rest', () => {
    expect(readableBody('{"a":1}')).toEqual({ text: '{\n  "a": 1\n}', json: true, events: false });
    const stream = readableBody(
      'event: ping\r\ndata: {"a":\r\ndata: 1}\r\n\r\n: comment\n\ndata: [DONE]\n\n',
    );
    expect(JSON.parse(stream.text)).toEqual([{ event: 'ping', data: { a: 1 } }, { data: '[DONE]' }]);
    expect(readableBody('<html>no</html>').json).toBe(false);
  });
});

describe('rawHttp', () => {
  it('writes the request as on the wire', () => {
    const text = rawHttp({
      method: 'POST',
      url: 'https://x.test/v1?a=b',
      headers: [['content-type', 'application/json']],
      body: '{}',
    });
    expect(text).toBe('POST /v1?a=b HTTP/1.1\nhost: x.test\ncontent-type: application/json\n\n{}');
  });
});
