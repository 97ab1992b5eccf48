// `npm run check` on Node 24: all check steps, then the architecture test.
import { runVitest } from '../test/run-vitest.ts';
import { finalLine, judgeSkips, noSkips, total } from '../test/summary.ts';
import { runSteps } from './run-steps.ts';
import { checkSteps } from './steps.ts';

const print = (text: string) => console.log(text);
const checks = await runSteps('check', checkSteps(), print);
const tests = await runVitest(['test/architecture.test.ts']);
const { summary, lines } = judgeSkips(total([{ ...checks, skipped: [] }, tests]), noSkips());
for (const line of lines) print(line);
print(finalLine(summary));
process.exitCode = summary.failed > 0 ? 1 : 0;
