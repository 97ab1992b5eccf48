// keybench send: one request; the answer streams to standard output, what happens meanwhile to standard error.
import { AppError } from '../../../preload/contract/app-error.ts';
import type { ApiInfo, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft, SendEvent } from '../../../preload/contract/requests.ts';
import { UsageError } from '../arguments.ts';
import { type CommandContext, defineCommand, type ExitCode } from './command.ts';
import { findKey } from './find-key.ts';
import { readStdin } from './input.ts';

const MAX_PROMPT_BYTES = 800_000;

export const send = defineCommand({
  name: 'send',
  summary: 'Send a prompt and stream the answer',
  usage: `Usage: keybench send [options] [prompt…]

The prompt is what stands after the options, or standard input when nothing does.

  --key NAME         the key to use; its provider and base URL go with it
  --provider ID      anthropic, openai, huggingface, compatible or demo (default: the key's, else demo)
  --api ID           e.g. openai.responses (default: the provider's first)
  --model NAME       default: the model of the provider's example
  --base-url URL     for OpenAI-compatible servers without a key
  --system TEXT      system prompt
  --param NAME=JSON  set a field of the body, e.g. --param max_tokens=200; may repeat
  --header NAME=VAL  an extra header; may repeat
  --no-stream        ask for the answer in one piece
  --send-known-key   send a prompt although it holds one of your stored keys
  --thinking         also print thinking text, to standard error
  --json             print every event as a line of JSON

Examples:
  keybench send "Say hello"
  git diff | keybench send --key work-anthropic --system "Review this diff."`,
  options: {
    key: { type: 'string' },
    provider: { type: 'string' },
    api: { type: 'string' },
    model: { type: 'string' },
    'base-url': { type: 'string' },
    system: { type: 'string' },
    param: { type: 'string', multiple: true },
    header: { type: 'string', multiple: true },
    'no-stream': { type: 'boolean' },
    'send-known-key': { type: 'boolean' },
    thinking: { type: 'boolean' },
  },
  run: async (context, { values, positionals }) => {
    const prompt = positionals.length > 0 ? positionals.join(' ') : await readStdin(MAX_PROMPT_BYTES);
    if (prompt.trim() === '')
      throw new UsageError('There is no prompt. Give it as an argument or on standard input.');
    const key = values.key === undefined ? null : await findKey(context.api, values.key);
    const provider = await findProvider(context, values.provider ?? key?.provider ?? 'demo');
    if (key && key.provider !== provider.id)
      throw new UsageError(`The key "${key.name}" is for ${key.provider}, not for ${provider.id}.`);
    const api = findApi(provider, values.api);
    const body = buildBody(api, prompt, {
      ...(values.model === undefined ? {} : { model: values.model }),
      ...(values.system === undefined ? {} : { system: values.system }),
      stream: values['no-stream'] !== true,
      params: values.param ?? [],
    });
    const draft: Draft = {
      name: '',
      provider: provider.id,
      api: api.id,
      baseUrl: values['base-url'] ?? key?.baseUrl ?? provider.baseUrl,
      keyId: key?.id ?? null,
      method: api.method,
      url: '',
      query: [],
      headers: (values.header ?? []).map((pair) => split(pair, '--header')),
      body: JSON.stringify(body),
    };
    const sendKnownKeys = values['send-known-key'] === true;
    try {
      return await show(context, { draft, sendKnownKeys }, values.thinking === true);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'PROMPT_HOLDS_KEY') throw error;
      throw new UsageError(
        `${error.message} Nothing was sent. Take it out, or add --send-known-key to send it all the same.`,
      );
    }
  },
});

async function findProvider({ api }: CommandContext, id: string): Promise<ProviderInfo> {
  const all = await api['providers.list']({});
  const found = all.find((provider) => provider.id === id);
  if (!found)
    throw new UsageError(`There is no provider "${id}". Known: ${all.map((one) => one.id).join(', ')}.`);
  return found;
}

function findApi(provider: ProviderInfo, id: string | undefined): ApiInfo {
  const found = id === undefined ? provider.apis[0] : provider.apis.find((api) => api.id === id);
  if (found) return found;
  throw new UsageError(
    `${provider.name} has no API "${id}". Known: ${provider.apis.map((api) => api.id).join(', ')}.`,
  );
}

interface BodyOptions {
  model?: string;
  system?: string;
  stream: boolean;
  params: readonly string[];
}

/** The API's example body with the prompt in place of its messages; each API says in its form where things belong. */
export function buildBody(api: ApiInfo, prompt: string, options: BodyOptions): Record<string, unknown> {
  const body = JSON.parse(api.example) as Record<string, unknown>;
  const paths = new Set(api.params.map((param) => param.path));
  const messages: { role: string; content: string }[] = [{ role: 'user', content: prompt }];
  delete body.system;
  delete body.instructions;
  if (options.system !== undefined) {
    if (paths.has('system')) body.system = options.system;
    else if (paths.has('instructions')) body.instructions = options.system;
    else messages.unshift({ role: 'system', content: options.system });
  }
  if (paths.has('input')) body.input = prompt;
  else body.messages = messages;
  if (options.model !== undefined) body.model = options.model;
  body.stream = options.stream;
  if (!options.stream) delete body.stream_options;
  for (const pair of options.params) {
    const [name, text] = split(pair, '--param');
    body[name] = json(text);
  }
  return body;
}

function split(pair: string, option: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError(`${option} takes NAME=VALUE.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

// A value that is not JSON is a string: `--param stop=END` needs no quotes inside quotes.
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function show(
  { api, out, signal }: CommandContext,
  input: { draft: Draft; sendKnownKeys: boolean },
  thinking: boolean,
): Promise<ExitCode> {
  let end: Extract<SendEvent, { k: 'end' }> | undefined;
  let atLineStart = true;
  for await (const event of api['requests.send'](input, { signal })) {
    if (event.k === 'end') end = event;
    if (out.json) {
      await out.value(event);
    } else if (event.k === 'ev' && event.s !== undefined) {
      if (event.l === 'text' || event.l === 'refusal') {
        await out.write(event.s);
        atLineStart = event.s.endsWith('\n');
      } else if (event.l === 'thinking' && thinking) process.stderr.write(event.s);
    } else if (event.k === 'wait') {
      out.note(`waiting ${(event.ms / 1000).toFixed(1)} s: ${event.reason.because} (${event.reason.source})`);
    }
  }
  if (!end) return 1;
  if (!out.json) {
    if (!atLineStart) await out.line();
    report(out, end);
  }
  return end.state === 'complete' ? 0 : 1;
}

function report(out: CommandContext['out'], end: Extract<SendEvent, { k: 'end' }>) {
  if (end.error) {
    const { status, type, message, requestId, advice } = end.error;
    const about = [status, type, requestId && `request ${requestId}`].filter(Boolean).join(', ');
    out.note(`${end.state}: ${message} (${about})`);
    if (advice) out.note(advice);
  } else if (end.state !== 'complete') out.note(`${end.state}: the answer is not whole.`);
  if (!out.live) return;
  const { usage } = end;
  const tokens = usage ? `, ${usage.input ?? '?'} tokens in, ${usage.output ?? '?'} out` : '';
  const first = end.ttft === null ? '' : `, first token after ${Math.round(end.ttft)} ms`;
  out.note(`${end.state} in ${(end.t / 1000).toFixed(2)} s${first}${tokens}`);
}
