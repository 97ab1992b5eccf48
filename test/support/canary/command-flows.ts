// The command line, beside the running app and without it.
import { baseUrlOf } from './key-flows.ts';
import { asKey } from './place-flows.ts';
import type { CanaryRun } from './run.ts';

/** Every command there is, as text and as JSON; resolves with `command: code`. */
export async function everyCommand(run: CanaryRun): Promise<Record<string, number | null>> {
  const key = asKey(run, run.extra.cli);
  const codes: Record<string, number | null> = {};
  const keybench = async (name: string, args: readonly string[], stdin?: string) => {
    const { code } = await run.command(args, stdin);
    codes[name] = code;
  };
  const both = (args: readonly string[]) =>
    Promise.all([keybench(args.join(' '), args), keybench(`${args.join(' ')} --json`, [...args, '--json'])]);
  const add = ['keys', 'add', key.alias, '--provider', 'compatible', '--base-url', baseUrlOf(key)];

  await keybench('add, with a space', add, `${key.secret.slice(0, 20)} ${key.secret.slice(20)}\n`);
  await keybench('add', add, `${key.secret}\n`);
  await keybench('add again', [...add, '--json'], `${key.secret}\n`);
  await both(['keys', 'list']);
  await both(['doctor']);
  await keybench('check', ['keys', 'check', key.alias, '--json']);
  key.server.answerAll('echo-401');
  await keybench('check, refused', ['keys', 'check', key.alias]);
  key.server.answerAll(null);
  const send = (answer: string) => ['send', '--key', key.alias, '--base-url', baseUrlOf(key, answer)];
  await Promise.all([
    keybench('send', [...send('good'), '--model', 'demo-1'], 'Hello lagoon'),
    keybench('send, in pieces', [...send('echo-stream'), 'Hello']),
    keybench('send, in pieces --json', [...send('echo-stream'), '--json', 'Hello']),
    keybench('send, in one piece', [...send('echo-answer'), '--no-stream', 'Hello']),
    keybench('send, cut', [...send('reset'), 'Hello']),
    keybench('send, elsewhere', ['send', '--key', key.alias, '--base-url', run.elsewhere.origin, 'Hello']),
  ]);
  // What another program pipes in may hold a key, and this process has not used that key.
  const pasted = `zanzibar ${run.extra.pasted.secret}`;
  await keybench('send, pasted and refused', ['send', '--json'], pasted);
  await keybench('send, pasted', ['send', '--json', '--send-known-key'], pasted);
  await keybench('search', ['history', 'search', 'lagoon']);
  const { stdout } = await run.command(['history', 'list', '--json', '--limit', '8']);
  const ids = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);
  await Promise.all([
    keybench('show', ['history', 'show', ids[0]!, '--json']),
    ...ids.slice(1, 4).map((id) => keybench('show', ['history', 'show', id, '--events'])),
  ]);
  await keybench('delete', ['history', 'delete', ids[0]!]);
  await keybench('rename', ['keys', 'rename', key.alias, `${key.alias}-2`, '--json']);
  await keybench('remove', ['keys', 'remove', `${key.alias}-2`, '--yes']);
  return codes;
}
