import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnthropicInterpreter } from '../../../../../main/core/providers/interpret/anthropic-messages.ts';
import { createChatInterpreter } from '../../../../../main/core/providers/interpret/openai-chat.ts';
import { createResponsesInterpreter } from '../../../../../main/core/providers/interpret/openai-responses.ts';
import { createSniffingInterpreter } from '../../../../../main/core/providers/interpret/sniff.ts';
import type { Piece } from '../../../../../main/core/providers/provider.ts';
import { Usage } from '../../../../../preload/contract/requests.ts';

/** Names that matter to an interpreter, and names that every JavaScript object has. */
const WORDS =
  'type error message choices delta content text thinking usage input_tokens output_tokens prompt_tokens completion_tokens model index finish_reason stop_reason stop_details tool_calls function name arguments response status output item item_id summary detail code object content_block partial_json refusal reasoning content_index __proto__ constructor toString hasOwnProperty'.split(
    ' ',
  );
const VALUES =
  'message_start content_block_start content_block_delta content_block_stop message_delta message_stop error ping message tool_use text thinking text_delta input_json_delta response.completed response.failed response.output_text.delta response.output_text.done constructor.delta __proto__.done toString response chat.completion [DONE]'.split(
    ' ',
  );

const leaf = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    // Built as text, so that __proto__ is an own property as JSON.parse makes it.
    fc
      .array(fc.tuple(fc.constantFrom(...WORDS), tie('tree')), { maxLength: 6 })
      .map((entries) =>
        JSON.parse(
          `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
        ),
      ),
  ),
}));
const data = fc.oneof(
  tree.map((value) => JSON.stringify(value)),
  fc.string(),
  fc.constantFrom('', '[DONE]', '{', 'null', '{"type":'),
);
const events = fc.array(fc.tuple(fc.constantFrom('', ...VALUES), data), { maxLength: 12 });

function check(pieces: Piece[]): void {
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      expect(typeof piece.text).toBe('string');
      expect(['text', 'thinking', 'tool', 'refusal']).toContain(piece.lane);
    }
    if (piece.kind === 'usage') expect(() => Usage.parse(piece.usage)).not.toThrow();
    if (piece.kind === 'error') expect(piece.message).not.toBe('');
  }
}

describe.each([
  ['Anthropic', createAnthropicInterpreter],
  ['chat', createChatInterpreter],
  ['Responses', createResponsesInterpreter],
  ['sniffing', createSniffingInterpreter],
])('%s', (_name, create) => {
  test('never throws on events, whatever they hold', () => {
    fc.assert(
      fc.property(events, (list) => {
        const interpreter = create();
        for (const [name, text] of list) check(interpreter.event(name, text));
      }),
      { numRuns: 3000 },
    );
  });
  test('never throws on bodies, and always says something about an error status', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(200, 201, 400, 404, 429, 503), (body, status) => {
        const pieces = create().body(body, status);
        check(pieces);
        if (status >= 400) expect(pieces.some((piece) => piece.kind === 'error')).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
