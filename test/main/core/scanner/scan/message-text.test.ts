import { expect, it } from 'vitest';
import { messageOf } from '../../../../../main/core/scanner/scan/message-text.ts';

const text = (object: string) => Buffer.from(messageOf(Buffer.from(object))).toString();

it.each([
  ['tree 1\nauthor a <a@b>\n\nsubject\n\nbody\n', 'subject\n\nbody\n'],
  ['tree 1\ngpgsig -----BEGIN\n \n x\n -----END\n\nsigned\n', 'signed\n'],
  ['tree 1\n\n', ''],
  ['tree 1\nauthor only', ''],
  ['', ''],
])('of %j is %j', (object, message) => expect(text(object)).toBe(message));
