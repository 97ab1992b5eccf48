// Paths of the Demo server and what answers them.
import { checkVersion, readAnthropicAsk } from './anthropic-request.ts';
import { ANTHROPIC_WRITING } from './anthropic-writing.ts';
import { readChatAsk } from './chat-request.ts';
import { type ChatStyle, createChatWriting } from './chat-writing.ts';
import { DEMO_MODELS, DEMO_MODELS_MADE, type DemoModel } from './demo-models.ts';
import { type Exchange, replyJson } from './exchange.ts';
import { ANTHROPIC, FAMILIES, HUGGING_FACE, OPENAI } from './families.ts';
import { answerHeaders, DemoError, type Family } from './family.ts';
import { readResponsesAsk } from './responses-request.ts';
import { createResponsesWriting } from './responses-writing.ts';
import { servePlan } from './serve-plan.ts';

type Handler = (exchange: Exchange) => Promise<void> | void;

interface Route {
  method: 'GET' | 'POST';
  path: string;
  family: Family;
  handle: Handler;
}

const versionOf = ({ req }: Exchange) => checkVersion(req.headers['anthropic-version']?.toString());

const OPENAI_STYLE: ChatStyle = { family: OPENAI, obfuscation: true, showsReasoning: false };
const HF_STYLE: ChatStyle = { family: HUGGING_FACE, obfuscation: false, showsReasoning: true };

const chat =
  (style: ChatStyle): Handler =>
  (exchange) =>
    servePlan(readChatAsk(exchange.body), style.family, createChatWriting(style, exchange.body), exchange);

const list =
  (family: Family, entry: (model: DemoModel) => object, rest: object): Handler =>
  (exchange) => {
    if (family === ANTHROPIC) versionOf(exchange);
    replyJson(exchange, 200, answerHeaders(family, exchange), { data: DEMO_MODELS.map(entry), ...rest });
  };

const openAiModel = ({ id, label }: DemoModel) => ({
  id,
  object: 'model',
  created: DEMO_MODELS_MADE,
  owned_by: 'keybench-demo',
  // Not OpenAI's field: what the model shows.
  display_name: label,
});

const anthropicModel = ({ id, label }: DemoModel) => ({
  type: 'model',
  id,
  display_name: label,
  created_at: new Date(DEMO_MODELS_MADE * 1000).toISOString().replace('.000', ''),
  lifecycle: 'active',
  line: null,
  capabilities: null,
  deprecated_at: null,
  retires_at: null,
  max_input_tokens: 200_000,
  max_tokens: 200_000,
});

const ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/anthropic/v1/messages',
    family: ANTHROPIC,
    handle: (exchange) =>
      servePlan(readAnthropicAsk(versionOf(exchange), exchange.body), ANTHROPIC, ANTHROPIC_WRITING, exchange),
  },
  {
    method: 'POST',
    path: '/anthropic/v1/messages/count_tokens',
    family: ANTHROPIC,
    handle: (exchange) => {
      // This endpoint takes no max_tokens, which a message needs.
      const body = typeof exchange.body === 'object' ? { ...exchange.body, max_tokens: 1 } : exchange.body;
      const { inputTokens } = readAnthropicAsk(versionOf(exchange), body);
      replyJson(exchange, 200, answerHeaders(ANTHROPIC, exchange), { input_tokens: inputTokens });
    },
  },
  {
    method: 'GET',
    path: '/anthropic/v1/models',
    family: ANTHROPIC,
    handle: list(ANTHROPIC, anthropicModel, {
      has_more: false,
      first_id: DEMO_MODELS[0]?.id ?? null,
      last_id: DEMO_MODELS.at(-1)?.id ?? null,
    }),
  },
  { method: 'POST', path: '/openai/v1/chat/completions', family: OPENAI, handle: chat(OPENAI_STYLE) },
  {
    method: 'POST',
    path: '/openai/v1/responses',
    family: OPENAI,
    handle: (exchange) =>
      servePlan(readResponsesAsk(exchange.body), OPENAI, createResponsesWriting(exchange.body), exchange),
  },
  {
    method: 'GET',
    path: '/openai/v1/models',
    family: OPENAI,
    handle: list(OPENAI, openAiModel, { object: 'list' }),
  },
  { method: 'POST', path: '/hf/v1/chat/completions', family: HUGGING_FACE, handle: chat(HF_STYLE) },
  {
    method: 'GET',
    path: '/hf/v1/models',
    family: HUGGING_FACE,
    handle: list(HUGGING_FACE, openAiModel, { object: 'list' }),
  },
];

export interface Found {
  family: Family;
  handle: Handler;
}

/** The route for a request; a missing one is a handler that throws, so that it gets the family's error shape too. */
export function findRoute(method: string, path: string): Found {
  const family = FAMILIES.find((known) => path.startsWith(known.prefix)) ?? OPENAI;
  const same = ROUTES.filter((route) => route.path === path);
  const found = same.find((route) => route.method === method);
  if (found) return found;
  const offered = same.map((route) => route.method).join(', ');
  return {
    family,
    handle: () => {
      throw offered
        ? new DemoError('method', `Not allowed to ${method} on ${path}; use ${offered}.`)
        : new DemoError(
            'not_found',
            `Invalid URL (${method} ${path.slice(0, 200)}). The Demo has: ${ROUTES.map((route) => route.path).join(', ')}.`,
          );
    },
  };
}
