import { expect, test } from 'vitest';
import { boundOrigin, shortOrigin } from '../../../../renderer/features/keys/bound-origin.ts';

test('is scheme, host and port, without path, query or user', () => {
  expect(boundOrigin('https://api.anthropic.com')).toBe('https://api.anthropic.com');
  expect(boundOrigin(' http://localhost:11434/v1?x=1 ')).toBe('http://localhost:11434');
  expect(boundOrigin('https://user:pass@host.test:443/v1')).toBe('https://host.test');
});

test('is nothing while the text is not an http address', () => {
  for (const text of ['', 'api.openai.com', 'https://', 'file:///etc/passwd', 'javascript:alert(1)'])
    expect(boundOrigin(text)).toBeNull();
});

test('is shown without https, never without http', () => {
  expect(shortOrigin('https://api.openai.com')).toBe('api.openai.com');
  expect(shortOrigin('http://localhost:1234')).toBe('http://localhost:1234');
});
