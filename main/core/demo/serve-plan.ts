// From a checked request to its answer, the same for every format: limits, the behaviours that fail, pace, stream.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask } from './ask.ts';
import { type Exchange, replyJson, startStream } from './exchange.ts';
import { answerHeaders, DemoError, type Family } from './family.ts';
import type { LimitState } from './limiter.ts';
import { type Pace, type Step, sendPaced, wholeAnswerMs } from './pace.ts';
import { makePlan, type Plan } from './plan.ts';

/** How one format writes a plan. */
export interface Writing {
  /** Every event of the stream, in order, as text. */
  steps(plan: Plan, exchange: Exchange): Iterable<Step>;
  /** The answer in one piece. */
  whole(plan: Plan, exchange: Exchange): unknown;
  /** The event that reports an error in mid-stream. */
  errorStep(error: DemoError, plan: Plan, exchange: Exchange): string;
}

/** `demo-stall` gives up after this, should a client never leave. */
const LONGEST_STALL_MS = 10 * 60 * 1000;
const FLAKY_FAILURES = 2;
/** What `demo-rate-limited` always says. */
const USED_UP: LimitState = {
  requests: { limit: 60, remaining: 0 },
  inputTokens: { limit: 200_000, remaining: 150_000 },
  outputTokens: { limit: 200_000, remaining: 150_000 },
  windowMs: 60_000,
  resetMs: 2000,
  refused: 'requests',
};
const SLOW: Pace = { firstTokenMs: 3000, tokensPerSecond: 5 };

/** Answers, or throws the `DemoError` that the router turns into an error answer. */
export async function servePlan(
  ask: Ask,
  family: Family,
  writing: Writing,
  exchange: Exchange,
): Promise<void> {
  const { context, signal } = exchange;
  const plan = makePlan(ask);
  failAsAsked(plan, exchange);
  exchange.limits = context.limiter.charge(ask.model.id, {
    inputTokens: ask.inputTokens,
    outputTokens: plan.outputTokens,
  });
  if (exchange.limits.refused) throw new DemoError('rate_limit', limitSentence(exchange.limits.refused));
  const pace = ask.model.behaviour === 'slow' ? SLOW : context.pace();

  if (ask.stream) {
    await stream(plan, pace, family, writing, exchange);
    return;
  }
  await sleep(wholeAnswerMs(pace, plan.outputTokens), undefined, { signal });
  if (ask.model.behaviour === 'error-midstream')
    throw new DemoError('server', 'The Demo broke halfway, as asked.');
  if (interrupts(plan)) await breakWhole(plan, family, writing, exchange);
  else replyJson(exchange, 200, answerHeaders(family, exchange), writing.whole(plan, exchange));
}

async function stream(
  plan: Plan,
  pace: Pace,
  family: Family,
  writing: Writing,
  exchange: Exchange,
): Promise<void> {
  const { res, signal, context } = exchange;
  const write = startStream(exchange, answerHeaders(family, exchange));
  const steps = writing.steps(plan, exchange);
  const broken = interrupts(plan);
  await sendPaced(broken ? firstHalf(steps, plan) : steps, pace, write, context.clock, signal);
  if (broken === 'error-midstream') {
    await write(
      writing.errorStep(new DemoError('overloaded', 'Overloaded halfway, as asked.'), plan, exchange),
    );
  }
  if (broken === 'stall') await sleep(LONGEST_STALL_MS, undefined, { signal });
  if (broken === 'drop') res.destroy();
  else res.end();
}

const interrupts = ({ ask }: Plan): 'cut' | 'drop' | 'stall' | 'error-midstream' | null => {
  const { behaviour } = ask.model;
  return behaviour === 'cut' ||
    behaviour === 'drop' ||
    behaviour === 'stall' ||
    behaviour === 'error-midstream'
    ? behaviour
    : null;
};

function* firstHalf(steps: Iterable<Step>, plan: Plan): Iterable<Step> {
  let left = Math.max(1, Math.floor(plan.outputTokens / 2));
  for (const step of steps) {
    if (step.paced && left-- === 0) return;
    yield step;
  }
}

/** Half of a JSON body whose length was announced, and then nothing or a broken connection. */
async function breakWhole(plan: Plan, family: Family, writing: Writing, exchange: Exchange): Promise<void> {
  const { res, signal } = exchange;
  const text = Buffer.from(JSON.stringify(writing.whole(plan, exchange)));
  res.writeHead(200, {
    ...answerHeaders(family, exchange),
    'content-type': 'application/json',
    'content-length': String(text.length),
  });
  await new Promise<void>((resolve) => res.write(text.subarray(0, text.length / 2), () => resolve()));
  if (interrupts(plan) === 'stall') await sleep(LONGEST_STALL_MS, undefined, { signal });
  res.destroy();
}

function failAsAsked(plan: Plan, exchange: Exchange): void {
  const { context } = exchange;
  const { behaviour, id } = plan.ask.model;
  if (behaviour === 'rate-limited') {
    exchange.limits = USED_UP;
    throw new DemoError('rate_limit', 'The Demo is rate limited, as asked: wait 2 seconds.');
  }
  if (behaviour === 'overloaded') throw new DemoError('overloaded', `Model ${id} is overloaded, as asked.`);
  if (behaviour === 'unauthorized')
    throw new DemoError('unauthorized', 'The Demo takes this key for a wrong one, as asked.');
  if (behaviour !== 'flaky') return;
  const failed = context.failures.get(plan.seed) ?? 0;
  if (failed >= FLAKY_FAILURES) {
    context.failures.delete(plan.seed);
    return;
  }
  if (context.failures.size > 1000) context.failures.clear();
  context.failures.set(plan.seed, failed + 1);
  throw new DemoError(
    'overloaded',
    `Overloaded, failure ${failed + 1} of ${FLAKY_FAILURES}: the next try may work.`,
  );
}

const limitSentence = (used: 'requests' | 'inputTokens' | 'outputTokens') =>
  `The Demo's limit of ${{ requests: 'requests', inputTokens: 'input tokens', outputTokens: 'output tokens' }[used]} per window is used up; wait as long as retry-after says.`;
