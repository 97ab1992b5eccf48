// keybench history …: what was sent, newest first.
import type { HistoryPage } from '../../../preload/contract/history.ts';
import { UsageError } from '../arguments.ts';
import { type CommandContext, defineCommand } from './command.ts';
import { printable, shortTime } from './output.ts';

const list = defineCommand({
  name: 'history list',
  summary: 'Show the last requests',
  usage: 'Usage: keybench history list [--limit N] [--provider ID] [--json]',
  options: { limit: { type: 'string' }, provider: { type: 'string' } },
  run: async (context, { values }) => {
    await print(context, await read(context, '', values.limit, values.provider));
    return 0;
  },
});

const search = defineCommand({
  name: 'history search',
  summary: 'Find words in prompts and answers',
  usage: `Usage: keybench history search WORDS… [--limit N] [--provider ID] [--json]

Ends with 1 when nothing was found.`,
  options: { limit: { type: 'string' }, provider: { type: 'string' } },
  run: async (context, { values, positionals }) => {
    const q = positionals.join(' ').trim();
    if (q === '') throw new UsageError('history search needs a word to look for.');
    const page = await read(context, q, values.limit, values.provider);
    await print(context, page);
    return page.rows.length > 0 ? 0 : 1;
  },
});

const show = defineCommand({
  name: 'history show',
  summary: 'Print one request and its answer',
  usage: `Usage: keybench history show ID [--events] [--json]

  --events   every server-sent event with its time`,
  options: { events: { type: 'boolean' } },
  run: async ({ api, out, signal }, { values, positionals }) => {
    const [id] = positionals;
    if (id === undefined)
      throw new UsageError('history show takes the id of a request; see keybench history list.');
    const row = await api['history.get']({ id });
    if (!out.json) {
      await out.line(
        `${shortTime(row.at)}  ${row.provider}  ${row.model ?? ''}  ${row.state}  ${row.status ?? ''}`,
      );
      await out.line();
    }
    for await (const event of api['history.replay']({ id }, { signal })) {
      if (out.json) await out.value(event);
      else if (event.k === 'ev' && values.events === true)
        await out.line(`${event.t.toFixed(1).padStart(10)} ms  ${printable(event.e)}  ${printable(event.p)}`);
      else if (event.k === 'ev' && event.s !== undefined && event.l !== 'thinking') await out.write(event.s);
      else if (event.k === 'end' && event.error) out.note(`${event.state}: ${event.error.message}`);
    }
    if (!out.json) await out.line();
    return 0;
  },
});

const remove = defineCommand({
  name: 'history delete',
  summary: 'Delete one request, or all of them',
  usage: 'Usage: keybench history delete ID | --all --yes',
  options: { all: { type: 'boolean' }, yes: { type: 'boolean' } },
  run: async ({ api, out }, { values, positionals }) => {
    const [id] = positionals;
    if (values.all === true) {
      if (values.yes !== true)
        throw new UsageError('This deletes the whole history for good. Say --yes to do it.');
      const { deleted } = await api['history.deleteAll']({});
      await (out.json ? out.value({ deleted }) : out.line(`${deleted} requests were deleted.`));
      return 0;
    }
    if (id === undefined) throw new UsageError('history delete takes the id of a request, or --all --yes.');
    await api['history.delete']({ id });
    await (out.json ? out.value({ deleted: 1 }) : out.line('1 request was deleted.'));
    return 0;
  },
});

function read(
  { api, signal }: CommandContext,
  q: string,
  limit = '20',
  provider?: string,
): Promise<HistoryPage> {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > 200)
    throw new UsageError('--limit takes a number from 1 to 200.');
  return api['history.list'](
    { q, limit: count, filter: { provider: provider === undefined ? [] : [provider], state: [] } },
    { signal },
  );
}

async function print({ out }: CommandContext, page: HistoryPage): Promise<void> {
  if (out.json) {
    for (const row of page.rows) await out.value(row);
    return;
  }
  if (page.rows.length === 0) return out.line('Nothing was found.');
  await out.table([
    ['ID', 'SENT (UTC)', 'PROVIDER', 'MODEL', 'STATE', 'STATUS', 'PROMPT'],
    ...page.rows.map((row) => [
      row.id,
      shortTime(row.at),
      row.provider,
      row.model ?? '',
      row.state,
      String(row.status ?? ''),
      (row.snippet?.text ?? row.prompt).slice(0, 60),
    ]),
  ]);
}

export const historyCommands = [list, search, show, remove];
