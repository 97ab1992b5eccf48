// `npm test` on Node 24: build, checks, tests, and one last line with the count.
// With path filters the checks are left out, because they look at everything anyway.
import path from 'node:path';
import { runSteps } from '../check/run-steps.ts';
import { ROOT } from '../check/source-files.ts';
import { checkSteps, type Step } from '../check/steps.ts';
import { runCommand } from '../setup/run-command.mjs';
import { runVitest } from './run-vitest.ts';
import { finalLine, judgeSkips, noSkips, total } from './summary.ts';

const args = process.argv.slice(2);
const filtered = args.some((arg) => !arg.startsWith('-'));
const print = (text: string) => console.log(text);

const build: Step = {
  name: 'build',
  run: async () => {
    const script = path.join(ROOT, 'scripts/build.ts');
    const { ok, out } = await runCommand(process.execPath, [script], { cwd: ROOT, seconds: 300 });
    return { ok, output: out, seen: 1 };
  },
};

const checks = await runSteps('check', filtered ? [build] : [build, ...checkSteps()], print);
const tests = await runVitest(args);
const { summary, lines } = judgeSkips(total([{ ...checks, skipped: [] }, tests]), noSkips());
for (const line of lines) print(line);
print(finalLine(summary));
process.exitCode = summary.failed > 0 ? 1 : 0;
