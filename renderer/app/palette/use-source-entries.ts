import { useEffect, useState } from 'react';
import type { PaletteSource } from '../../ui/commands.ts';
import { messages } from '../messages.ts';
import { itemEntries, type PaletteEntry } from './palette-entries.ts';

const DEBOUNCE_MS = 80;
const NONE: readonly PaletteEntry[] = [];

/**
 * Asks the sources once typing has paused. Until the answers are there the former ones stay, so that the list neither
 * jumps nor flickers; `pending` says so.
 */
export function useSourceEntries(
  sources: readonly PaletteSource[],
  q: string,
): { entries: readonly PaletteEntry[]; failed: readonly string[]; pending: boolean } {
  const [answer, setAnswer] = useState<{
    for: string;
    entries: readonly PaletteEntry[];
    failed: readonly string[];
  }>({ for: '', entries: NONE, failed: [] });
  const ids = sources.map((source) => source.id).join();
  const question = ids === '' ? '' : `${ids}\n${q}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` stands for the sources and the text
  useEffect(() => {
    if (question === '') return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const found = await Promise.allSettled(sources.map((source) => source.search(q, abort.signal)));
      if (abort.signal.aborted) return;
      setAnswer({
        for: question,
        entries: found.flatMap((one, index) =>
          one.status === 'fulfilled' ? itemEntries(sources[index]!, one.value) : [],
        ),
        failed: found.flatMap((one, index) =>
          one.status === 'rejected' ? [messages.palette.failed(sources[index]!.group)] : [],
        ),
      });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [question]);

  if (question === '') return { entries: NONE, failed: [], pending: false };
  // Answers of another kind of question (other sources) are not kept: they would be wrong, not only old.
  const sameKind = answer.for.split('\n')[0] === ids;
  return {
    entries: sameKind ? answer.entries : NONE,
    failed: sameKind ? answer.failed : [],
    pending: answer.for !== question,
  };
}
