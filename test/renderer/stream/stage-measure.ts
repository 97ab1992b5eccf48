// Frames, long tasks and key-to-paint of this page while something runs.

export interface Measured {
  ms: number;
  frames: number;
  fps: number;
  frameP95: number;
  longTasks: number;
  longTaskMs: number;
  keys: number;
  keyToPaintP95: number | null;
}

const p95 = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
const round = (n: number) => Math.round(n * 10) / 10;

export async function measureFor(ms: number): Promise<Measured> {
  const gaps: number[] = [];
  const tasks: number[] = [];
  const keys: number[] = [];
  const observer = new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map((one) => one.duration)),
  );
  observer.observe({ type: 'longtask' });
  // From the key event to the moment after the frame it led to was drawn.
  const onKey = (event: KeyboardEvent) => {
    const { timeStamp } = event;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => keys.push(performance.now() - timeStamp);
      port2.postMessage(null);
    });
  };
  document.addEventListener('keydown', onKey);
  const begun = performance.now();
  await new Promise<void>((resolve) => {
    let last = begun;
    const next = (now: number) => {
      gaps.push(now - last);
      last = now;
      if (now - begun < ms) requestAnimationFrame(next);
      else resolve();
    };
    requestAnimationFrame(next);
  });
  observer.disconnect();
  document.removeEventListener('keydown', onKey);
  const elapsed = performance.now() - begun;
  return {
    ms: Math.round(elapsed),
    frames: gaps.length,
    fps: round((gaps.length * 1000) / elapsed),
    frameP95: round(p95(gaps)),
    longTasks: tasks.length,
    longTaskMs: Math.round(tasks.reduce((sum, one) => sum + one, 0)),
    keys: keys.length,
    keyToPaintP95: keys.length > 0 ? round(p95(keys)) : null,
  };
}
