// What a person can have done: each says how it ended.
import type {
  FindingFilter,
  FindingRow,
  MarkKind,
  Repo,
  ScanProfile,
} from '../../../preload/contract/scanner.ts';
import { AppError, errorText, getApi } from '../../host/api.ts';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import { openDialog } from './scanner-view.ts';

const say = (error: unknown) => void toast({ title: errorText(error), tone: 'danger' });

/** Begins the scan of these. Repositories of another user are asked about first. */
export async function startScan(repos: readonly Repo[], profile: ScanProfile): Promise<void> {
  const there = repos.filter(({ state }) => state !== 'gone');
  const foreign = there.filter(({ state }) => state === 'foreign').map(({ id }) => id);
  if (foreign.length > 0) openDialog({ kind: 'trust', repoIds: foreign, profile });
  const own = there.filter(({ state }) => state === 'ok').map(({ id }) => id);
  if (own.length === 0) return;
  try {
    await getApi()['scanner.start']({ repoIds: own, profile });
  } catch (error) {
    if (error instanceof AppError && error.code === 'FOREIGN_REPOSITORY')
      openDialog({ kind: 'trust', repoIds: own, profile });
    else say(error);
  }
}

export async function stopScan(repoId: string): Promise<void> {
  try {
    await getApi()['scanner.stop']({ repoId });
  } catch (error) {
    say(error);
  }
}

/** Outside of the app. */
export async function openPage(url: string): Promise<void> {
  try {
    await getApi()['app.openLink']({ url });
  } catch (error) {
    say(error);
  }
}

export interface MarkChoice {
  kind: MarkKind;
  scope: 'repository' | 'everywhere';
  reason: string;
}

/** Rejects with core's error; the dialog shows it. */
export async function markFindings(findings: readonly FindingRow[], choice: MarkChoice): Promise<void> {
  const ids = findings.map(({ id }) => id);
  await getApi()['scanner.mark']({ ids, ...choice });
  const undo = () => void unmarkFindings(findings, choice.scope);
  toast({
    title: messages.mark.done(ids.length),
    action: { label: messages.mark.undo, run: undo },
  });
}

export async function unmarkFindings(
  findings: readonly FindingRow[],
  scope: 'repository' | 'everywhere',
): Promise<void> {
  try {
    await getApi()['scanner.mark']({ ids: findings.map(({ id }) => id), kind: null, scope });
    toast({ title: messages.mark.undone, timeout: 2500 });
  } catch (error) {
    say(error);
  }
}

const EXTENSION = { sarif: 'sarif', json: 'json', csv: 'csv' } as const;
const TYPE = { sarif: 'application/sarif+json', json: 'application/json', csv: 'text/csv' } as const;

/** Saves what the filter shows as a file of the person's choice. */
export async function exportFindings(
  format: keyof typeof EXTENSION,
  filter: FindingFilter,
  name: string,
): Promise<void> {
  try {
    const parts: string[] = [];
    for await (const { s } of getApi()['scanner.export']({ format, filter })) parts.push(s);
    const file = `keybench-${name.replace(/[^\w.-]+/g, '-')}.${EXTENSION[format]}`;
    const url = URL.createObjectURL(new Blob(parts, { type: TYPE[format] }));
    const link = document.createElement('a');
    link.href = url;
    link.download = file;
    link.click();
    // The download has its own hold on the data by the next turn; a minute is for slow dialogs.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    toast({ title: messages.export.done(file) });
  } catch (error) {
    toast({ title: messages.export.failed, description: errorText(error), tone: 'danger' });
  }
}
