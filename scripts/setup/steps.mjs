// Prints set-up steps: one line each, with elapsed time, on standard error
// (standard output belongs to the command: `keybench --json` must stay parseable).

/** @typedef {{ step<T>(label: string, work: () => Promise<T>, result?: (value: T) => string): Promise<T>, note(label: string, text: string): void }} Steps */

/**
 * @param {{ quiet?: boolean, out?: { write(text: string): unknown, isTTY?: boolean } }} [options]
 * @returns {Steps}
 */
export function createSteps({ quiet = false, out = process.stderr } = {}) {
  const line = (/** @type {string} */ label, /** @type {string} */ text) => {
    if (!quiet) out.write(`setup  ${label.padEnd(20)} ${text}\n`);
  };
  return {
    async step(label, work, result) {
      const start = performance.now();
      const live = out.isTTY && !quiet;
      if (live) out.write(`setup  ${label.padEnd(20)} …`);
      try {
        const value = await work();
        if (live) out.write('\r');
        const said = result?.(value) ?? '';
        line(label, `${elapsed(start)}${said && `  ${said}`}`);
        return value;
      } catch (error) {
        if (live) out.write('\n');
        throw error;
      }
    },
    note: line,
  };
}

/** @param {number} start value of performance.now() */
function elapsed(start) {
  return `${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`;
}
