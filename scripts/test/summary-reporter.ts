// A vitest reporter that writes what really happened to the file named by KEYBENCH_TEST_SUMMARY.
// vitest's own JSON has no reasons of skipped tests and does not count a file that could not be loaded.
import { writeFileSync } from 'node:fs';
import type { UserConsoleLog } from 'vitest';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import type { Summary } from './summary.ts';

export default class SummaryReporter implements Reporter {
  /** By test file: what it printed as `Skipped: WHAT, because WHY.`, the reason for all it skips with `skipIf`. */
  readonly #printed = new Map<string, string>();

  onUserConsoleLog({ content, taskId }: UserConsoleLog): void {
    const reason = /^Skipped: (.+)$/m.exec(content)?.[1];
    if (reason && taskId) this.#printed.set(taskId, reason);
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<SerializedError>): void {
    const file = process.env.KEYBENCH_TEST_SUMMARY;
    if (file) writeFileSync(file, JSON.stringify(this.#summarize(modules, unhandled.length)));
  }

  #summarize(modules: ReadonlyArray<TestModule>, unhandled: number): Summary {
    const summary: Summary = { passed: 0, failed: unhandled, skipped: [] };
    for (const module of modules) {
      const before = summary.failed;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') summary.passed++;
        else if (result.state === 'skipped')
          summary.skipped.push({
            test: `${module.relativeModuleId} > ${test.fullName}`,
            reason: result.note ?? this.#printed.get(module.id) ?? '',
          });
        else summary.failed++; // failed, or never finished
      }
      // A file that does not load, or a hook that throws, fails without failing any test.
      if (!module.ok() && summary.failed === before) summary.failed++;
    }
    return summary;
  }
}
