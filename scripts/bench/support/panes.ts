// Panes of the window under load in Chromium, against the budgets: frames, long tasks, key to paint, CPU.
import { openStage } from '../../../test/renderer/stream/stage.ts';

export async function measurePanes(seconds: number): Promise<object[]> {
  const stage = await openStage();
  const lines: object[] = [];
  const run = async (panes: number, perSecond: number, view: 'text' | 'markdown', target: object) => {
    const measured = await stage.measure({ panes, perSecond, seconds, view, events: true });
    lines.push({ panes, perSecond, view, ...measured, target });
  };
  try {
    await run(1, 5000, 'text', {});
    await run(6, 1000, 'text', { cpu: 0.5, frameP95: 34, keyToPaintP95: 64 });
    await run(6, 1000, 'markdown', { cpu: 0.5, frameP95: 34, keyToPaintP95: 64 });
  } finally {
    await stage.close();
  }
  return lines;
}
